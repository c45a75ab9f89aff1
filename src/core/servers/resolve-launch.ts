import { stat } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { AppError } from '../../shared/domain/errors.ts'
import { type SecretName, secretNameSchema } from '../../shared/domain/ids.ts'
import type {
  RemoteTransport,
  ServerDefinition,
  StdioTransport,
} from '../../shared/domain/server-definition.ts'
import { wholeCommandLine } from '../clients/command-line.ts'
import { expandReferences, pathOfReference } from '../config/variables/expand-references.ts'
import { findReferences, parseSegments } from '../config/variables/parse-references.ts'
import { inputSecretName } from '../secrets/input-secret-name.ts'
import type { RemoteSpec } from './connect-remote.ts'
import { diskFinder } from './disk-finder.ts'
import { registerHelperValues, runHeadersHelper } from './headers-helper.ts'
import type { BaseEnvironment, Environment } from './login-shell-env.ts'
import { ownerVariable } from './orphan-reaper.ts'
import { readSmallFile } from './read-small-file.ts'
import { resolveCommand } from './resolve-command.ts'
import type { SpawnSpec } from './server-process.ts'

/** Turns a definition into what is really run: references filled in, command found, directory checked. */
export interface LaunchResolver {
  /** Throws `command_not_found`, `directory_not_found`, `permission_denied`, `variable_unset`, `secret_missing`, or the vault's errors. */
  resolveStdio(definition: ServerDefinition, transport: StdioTransport): Promise<SpawnSpec>
  /**
   * Throws `config_invalid` for a URL that is none or is neither http nor https, else as `resolveStdio`.
   * @param signal ends a `headersHelper` that runs.
   */
  resolveRemote(
    definition: ServerDefinition,
    transport: RemoteTransport,
    signal: AbortSignal,
  ): Promise<RemoteSpec>
}

/** Where the values come from. */
export interface ResolverServices {
  readonly homeDir: string
  /** Tells in each server's environment whose it is (`OrphanReaper.mark`). */
  readonly ownerMark: string
  readonly baseEnvironment: () => Promise<BaseEnvironment>
  readonly readSecret: (name: SecretName) => Promise<string | null>
  /** Told of each secret that a launch uses, so that it is redacted in all that the server prints. */
  readonly onSecret: (name: SecretName, value: string) => void
  /** Told what a person should know of a launch that goes on all the same. */
  readonly onWarning: (definition: ServerDefinition, text: string) => void
}

/** Resolves launches with this machine's files and commands. */
export function createLaunchResolver(services: ResolverServices): LaunchResolver {
  return {
    resolveStdio: async (definition, transport) => {
      const base = await services.baseEnvironment()
      const texts = [
        transport.command,
        ...transport.args,
        ...Object.values(transport.env),
        ...optional(transport.cwd),
        ...optional(transport.envFile),
      ]
      const fill = await createFiller(definition, texts, base.env, services)
      const command = fill(transport.command)
      const args = transport.args.map(fill)
      const ownEnv = mapValues(transport.env, fill)
      const cwd = resolve(
        defaultDirectory(definition, services.homeDir),
        transport.cwd === null ? '.' : fill(transport.cwd),
      )
      const envFile = transport.envFile === null ? null : resolve(cwd, fill(transport.envFile))
      fill.assertComplete()
      await assertDirectory(cwd)
      const env: Record<string, string> = {
        ...base.env,
        ...projectVariables(definition, services.homeDir),
        ...(envFile === null ? {} : await readEnvFile(envFile)),
        ...ownEnv,
        [ownerVariable]: services.ownerMark,
      }
      return { ...findCommand(command, args, env, cwd), env, cwd }
    },

    resolveRemote: async (definition, transport, signal) => {
      const base = await services.baseEnvironment()
      const texts = [
        transport.url,
        ...Object.values(transport.headers),
        ...optional(transport.headersHelper),
      ]
      const fill = await createFiller(definition, texts, base.env, services)
      const url = parseHttpUrl(fill(transport.url))
      const headers = mapValues(transport.headers, fill)
      const helper = transport.headersHelper === null ? null : fill(transport.headersHelper)
      fill.assertComplete()
      const cwd = defaultDirectory(definition, services.homeDir)
      const more =
        helper === null ? {} : await runHeadersHelper(helper, base.env, cwd, definition, signal)
      registerHelperValues(definition, more, services.onSecret)
      return { type: transport.type, url, headers: { ...headers, ...more } }
    },
  }
}

/** A command that holds a whole line, as some files have it, is taken apart where no program has that name. */
function findCommand(command: string, args: readonly string[], env: Environment, cwd: string) {
  try {
    return resolveCommand(command, args, env, cwd, diskFinder)
  } catch (error) {
    const line = wholeCommandLine(command)
    if (line === null || !(error instanceof AppError)) throw error
    return resolveCommand(line.command, [...line.args, ...args], env, cwd, diskFinder)
  }
}

/** Where a server runs that names no directory: its project's folder, else the home directory. */
export function defaultDirectory(definition: ServerDefinition, homeDir: string): string {
  return definition.project ?? homeDir
}

/** Claude Code tells its servers the folder it works in. */
function projectVariables(definition: ServerDefinition, homeDir: string): Environment {
  return definition.dialect === 'claude-code'
    ? { CLAUDE_PROJECT_DIR: defaultDirectory(definition, homeDir) }
    : {}
}

interface Filler {
  (value: string): string
  /** Throws if a reference that cannot stay open had no value. */
  readonly assertComplete: () => void
}

/** Reads the secrets that the texts use, then fills in their references one text at a time. */
async function createFiller(
  definition: ServerDefinition,
  texts: readonly string[],
  env: Environment,
  services: ResolverServices,
): Promise<Filler> {
  const secrets = new Map<string, string | null>()
  const files = new Map<string, string | null>()
  const read = async (name: string) => {
    const parsed = secretNameSchema.safeParse(name)
    if (secrets.has(name)) return
    const value = parsed.success ? await services.readSecret(parsed.data) : null
    secrets.set(name, value)
    if (parsed.success && value !== null) services.onSecret(parsed.data, value)
  }
  for (const text of texts) {
    for (const reference of findReferences(definition.dialect, text)) {
      if (reference.kind === 'secret') await read(reference.name)
      if (reference.kind === 'input') {
        await readInput(definition, reference.id, services, { values: secrets, read })
      }
      if (reference.kind === 'file') {
        const path = pathOfReference(reference.path, services.homeDir)
        if (!files.has(path)) files.set(path, await readTextOrNull(path))
      }
    }
  }

  const unset = new Set<string>()
  const fill = (value: string): string => {
    const expansion = expandReferences(definition.dialect, value, {
      env,
      platform: process.platform,
      homeDir: services.homeDir,
      workspaceFolder: definition.project,
      readFile: (path) => files.get(path) ?? null,
      input: (id) => secrets.get(inputSecretName(definition, id)) ?? null,
      secret: (name) => secrets.get(name) ?? null,
    })
    for (const name of expansion.unset) unset.add(name)
    return expansion.value
  }
  const assertComplete = () => {
    const names = [...unset]
    const missing = names.filter((name) => name.startsWith('secret://'))
    if (missing.length > 0) throw new AppError('secret_missing', { names: missing })
    const inputs = names.filter((name) => name.startsWith('input:'))
    if (inputs.length > 0) {
      const references = inputs.map((name) => `\${${name}}`).join(', ')
      throw new AppError('config_invalid', {
        reason: `It asks for a value that its client would ask you for: ${references}. Give it with: mcp-manager edit ${definition.name} --input ID=-`,
      })
    }
    const open = names.filter((name) => /^file:|^workspaceFolder$/.test(name))
    if (open.length > 0) throw new AppError('variable_unset', { names: open })
    // A plain variable is left as its client leaves it: as it stands, or empty.
    if (names.length > 0) {
      services.onWarning(definition, `These variables are not set: ${names.join(', ')}.`)
    }
  }
  return Object.assign(fill, { assertComplete })
}

async function readInput(
  definition: ServerDefinition,
  id: string,
  services: ResolverServices,
  { values, read }: { values: Map<string, string | null>; read: (name: string) => Promise<void> },
): Promise<void> {
  const key = inputSecretName(definition, id)
  const fallback = definition.inputs.find((input) => input.id === id)?.default ?? null
  const stored = await readStored(key, fallback, services)
  if (stored !== null || fallback === null) {
    values.set(key, stored)
    return
  }
  // Of a default, the import took out what was secret; other references in it mean nothing.
  let filled = ''
  for (const segment of parseSegments('literal', fallback)) {
    if (segment.kind !== 'secret') {
      filled += segment.text
      continue
    }
    await read(segment.name)
    const value = values.get(segment.name) ?? null
    if (value === null) throw new AppError('secret_missing', { names: [segment.text] })
    filled += value
  }
  values.set(key, filled)
}

/** A vault that cannot be read matters only where there is no default to go on with. */
async function readStored(
  name: SecretName,
  fallback: string | null,
  services: ResolverServices,
): Promise<string | null> {
  try {
    const value = await services.readSecret(name)
    if (value !== null) services.onSecret(name, value)
    return value
  } catch (error) {
    if (fallback !== null && error instanceof AppError) return null
    throw error
  }
}

function parseHttpUrl(text: string): URL {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new AppError('config_invalid', { reason: 'Its URL is not an http or https address.' })
  }
  return url
}

async function assertDirectory(path: string): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) return
  } catch (error) {
    throw new AppError('directory_not_found', { cwd: path }, { cause: error })
  }
  throw new AppError('directory_not_found', { cwd: path })
}

async function readEnvFile(path: string): Promise<Environment> {
  try {
    const values: Record<string, string> = {}
    for (const [name, value] of Object.entries(parseEnv(await readSmallFile(path)))) {
      if (value !== undefined) values[name] = value
    }
    return values
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('file_unreadable', { file: path, reason }, { cause: error })
  }
}

async function readTextOrNull(path: string): Promise<string | null> {
  try {
    return isAbsolute(path) ? (await readSmallFile(path)).replace(/\r?\n$/, '') : null
  } catch {
    // Reported as a reference without a value.
    return null
  }
}

function mapValues(
  record: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}

function optional(value: string | null): string[] {
  return value === null ? [] : [value]
}
