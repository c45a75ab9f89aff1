import { isAbsolute } from 'node:path'
import { AppError } from '../../shared/domain/errors.ts'
import { type SecretName, secretNameSchema } from '../../shared/domain/ids.ts'
import type { ServerDefinition, ServerInput } from '../../shared/domain/server-definition.ts'
import { expandReferences, pathOfReference } from '../config/variables/expand-references.ts'
import { findReferences, parseInner } from '../config/variables/parse-references.ts'
import { findInText } from '../secrets/find-in-text.ts'
import { isOwnSecretName } from '../secrets/own-secret-name.ts'
import type { ResolveExternal } from '../secrets/references/resolve-external.ts'
import { isSecretInput } from '../secrets/secret-variable.ts'
import type { Environment } from './login-shell-env.ts'
import { readSmallFile } from './read-small-file.ts'

/** Where the values of references come from, beside the environment. */
export interface FillerServices {
  readonly homeDir: string
  readonly readSecret: (name: SecretName) => Promise<string | null>
  /** Fetches the value of a reference to elsewhere. */
  readonly resolveExternal: ResolveExternal
  /** The content of a file that a reference names, null where it cannot be read; by default the file itself. */
  readonly readFile?: (path: string) => Promise<string | null>
  /** Told of each secret that a launch uses, so that it is redacted in all that the server prints. */
  readonly onSecret: (name: string, value: string) => void
  /** Told what a person should know of a launch that goes on all the same. */
  readonly onWarning: (definition: ServerDefinition, text: string) => void
}

/** Fills in the references of one text at a time. */
export interface Filler {
  (value: string): string
  /** The same, but what is or may be a secret stays a reference: for what is kept or shown. */
  readonly shown: (value: string) => string
  /** Throws if a reference that cannot stay open had no value. */
  readonly assertComplete: () => void
}

/**
 * Reads the secrets that the texts use, then fills in their references one text at a time. Throws `secret_missing`, the
 * vault's errors, or those of references to elsewhere (`ResolveExternal`).
 */
export async function createFiller(
  definition: ServerDefinition,
  texts: readonly string[],
  env: Environment,
  services: FillerServices,
): Promise<Filler> {
  const secrets = new Map<string, string | null>()
  const inputs = new Map<string, string | null>()
  const files = new Map<string, string | null>()
  const external = new Map<string, string>()
  const read = async (name: string) => {
    const parsed = secretNameSchema.safeParse(name)
    if (secrets.has(name)) return
    const isReadable = parsed.success && !isOwnSecretName(name)
    const value = isReadable ? await services.readSecret(parsed.data) : null
    secrets.set(name, value)
    if (parsed.success && value !== null) services.onSecret(parsed.data, value)
  }
  for (const text of texts) {
    for (const reference of findReferences(definition.dialect, text)) {
      if (reference.kind === 'secret') await read(reference.name)
      if (reference.kind === 'input' && !inputs.has(reference.id)) {
        const readFilled = async (name: string) => {
          await read(name)
          return secrets.get(name) ?? null
        }
        inputs.set(reference.id, await readInput(definition, reference.id, services, readFilled))
      }
      if (reference.kind === 'file') {
        const path = pathOfReference(reference.path, services.homeDir)
        if (files.has(path)) continue
        const content = await (services.readFile ?? readTextOrNull)(path)
        files.set(path, content)
        // Such files hold keys as a rule.
        if (content !== null) services.onSecret(reference.text, content.trim())
      }
      if (reference.kind === 'env') {
        const value = Object.hasOwn(env, reference.name) ? env[reference.name] : undefined
        if (value !== undefined && findInText(value, reference.name).length > 0) {
          services.onSecret(reference.name, value)
        }
      }
      if (reference.kind === 'external' && !external.has(reference.text)) {
        const value = await services.resolveExternal(reference.source, {
          definition,
          env,
          onWarning: (warning) => services.onWarning(definition, warning),
        })
        external.set(reference.text, value)
        services.onSecret(reference.text, value)
      }
    }
  }

  const unset = new Set<string>()
  const place = {
    platform: process.platform,
    homeDir: services.homeDir,
    workspaceFolder: definition.project,
  }
  const fill = (value: string): string => {
    const expansion = expandReferences(definition.dialect, value, {
      ...place,
      env,
      readFile: (path) => files.get(path) ?? null,
      input: (id) => inputs.get(id) ?? null,
      secret: (name) => secrets.get(name) ?? null,
      external: (text) => external.get(text) ?? null,
    })
    for (const name of expansion.unset) unset.add(name)
    return expansion.value
  }
  const shown = (value: string): string =>
    expandReferences(definition.dialect, value, {
      ...place,
      env: Object.fromEntries(
        Object.entries(env).filter(([name, held]) => findInText(held, name).length === 0),
      ),
      readFile: () => null,
      input: () => null,
      secret: () => null,
      external: () => null,
    }).value
  const assertComplete = () => {
    const names = [...unset]
    const missing = names.filter((name) => name.startsWith('secret://'))
    if (missing.length > 0) throw new AppError('secret_missing', { names: missing })
    const unanswered = names.filter((name) => name.startsWith('input:'))
    if (unanswered.length > 0) {
      throw new AppError('input_missing', {
        name: definition.name,
        inputs: unanswered.map((name) => name.slice('input:'.length)),
      })
    }
    const open = names.filter((name) => /^file:|^workspaceFolder$/.test(name))
    if (open.length > 0) throw new AppError('variable_unset', { names: open })
    // A plain variable is left as its client leaves it: as it stands, or empty.
    if (names.length > 0) {
      services.onWarning(definition, `These variables are not set: ${names.join(', ')}.`)
    }
  }
  return Object.assign(fill, { shown, assertComplete })
}

/** The value of an input; null where there is none. */
async function readInput(
  definition: ServerDefinition,
  id: string,
  services: FillerServices,
  read: (name: string) => Promise<string | null>,
): Promise<string | null> {
  const input = definition.inputs.find((one) => one.id === id)
  if (input === undefined) return null
  const stored = await readStored(input, services)
  if (stored !== null || input.default === null) return stored
  // Of a default, the import took out what was secret; other references in it mean nothing.
  let filled = ''
  for (const segment of parseInner('literal', input.default)) {
    if (segment.kind !== 'secret') {
      filled += segment.text
      continue
    }
    const value = await read(segment.name)
    if (value === null) throw new AppError('secret_missing', { names: [segment.text] })
    filled += value
  }
  return filled
}

/** A vault that cannot be read matters only where there is no default to go on with. */
async function readStored(input: ServerInput, services: FillerServices): Promise<string | null> {
  try {
    const value = await services.readSecret(input.secret)
    // The choice of a region or of a model is no secret, and a log without its word would be hard to read.
    if (value !== null && isSecretInput(input, value)) {
      services.onSecret(input.secret, value)
    }
    return value
  } catch (error) {
    if (input.default !== null && error instanceof AppError) return null
    throw error
  }
}

/** The text of a small file without its last line end, or null where it cannot be read. */
export async function readTextOrNull(path: string): Promise<string | null> {
  try {
    return isAbsolute(path) ? (await readSmallFile(path)).replace(/\r?\n$/, '') : null
  } catch {
    // Reported as a reference without a value.
    return null
  }
}
