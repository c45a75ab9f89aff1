import { createHash } from 'node:crypto'
import { isAbsolute } from 'node:path'
import { type SecretName, secretNameSchema } from '../../shared/domain/ids.ts'
import type {
  InputVariable,
  ServerDefinition,
  ServerInput,
} from '../../shared/domain/server-definition.ts'
import { findReferences } from '../config/variables/parse-references.ts'
import { transportTexts } from './secret-references.ts'

/** Under which name the vault keeps the value of an input (`${input:id}`) of a server; null: it has no such input. */
export function inputSecretName(
  { inputs }: Pick<ServerDefinition, 'inputs'>,
  inputId: string,
): SecretName | null {
  return inputs.find(({ id }) => id === inputId)?.secret ?? null
}

/** A name for the value of an input that one server has for itself. Two ids never share one. */
export function ownInputSecret(server: Pick<ServerDefinition, 'id'>, inputId: string): SecretName {
  // An id may hold any character, a secret's name may not.
  return secretNameSchema.parse(`input.${server.id.toLowerCase()}.${digestOf(inputId)}`)
}

/**
 * The inputs of a server, each with the name under which the vault keeps its value: those that are declared, and one for every
 * other `${input:id}` in its transport, which is taken for a password. A declared one that has a name keeps it; else the servers
 * of one file share one, as in VS Code. Pure.
 * @param paste tells the texts apart that were pasted; null where none was.
 */
export function inputsOf(
  server: Pick<ServerDefinition, 'id' | 'dialect' | 'transport' | 'sources'>,
  declared: readonly (InputVariable & Partial<Pick<ServerInput, 'secret'>>)[],
  paste: string | null,
): ServerInput[] {
  const known = new Set(declared.map(({ id }) => id))
  const undeclared = [...usedInputs(server)].filter((id) => !known.has(id))
  return [...declared, ...undeclared.map(undeclaredInput)].map((input) => ({
    ...input,
    secret: input.secret ?? secretFor(server, input.id, paste),
  }))
}

function secretFor(
  server: Pick<ServerDefinition, 'id' | 'sources'>,
  inputId: string,
  paste: string | null,
): SecretName {
  const file = server.sources.find(({ client }) => client === 'vscode')?.file
  if (file === undefined) return ownInputSecret(server, inputId)
  if (isAbsolute(file)) return sharedSecret(['file', file, inputId])
  // The label of a pasted text is that of many others, whose answers are none of its business.
  return paste === null
    ? ownInputSecret(server, inputId)
    : sharedSecret(['paste', paste, file, inputId])
}

function sharedSecret(parts: readonly string[]): SecretName {
  return secretNameSchema.parse(`input.${digestOf(JSON.stringify(parts))}`)
}

function usedInputs({
  dialect,
  transport,
}: Pick<ServerDefinition, 'dialect' | 'transport'>): ReadonlySet<string> {
  const references = transportTexts(transport).flatMap((text) => findReferences(dialect, text))
  return new Set(
    references.flatMap((reference) => (reference.kind === 'input' ? reference.id : [])),
  )
}

function undeclaredInput(id: string): InputVariable & Partial<Pick<ServerInput, 'secret'>> {
  return {
    id,
    type: 'promptString',
    description: null,
    default: null,
    password: true,
    options: [],
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
