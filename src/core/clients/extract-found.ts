import { createHash } from 'node:crypto'
import type { SecretName } from '../../shared/domain/ids.ts'
import { secretNameSchema } from '../../shared/domain/ids.ts'
import { hintOfName } from '../../shared/domain/secret-looking-name.ts'
import type { InputVariable, ServerDefinition } from '../../shared/domain/server-definition.ts'
import { isRecord, type JsonValue } from '../../shared/lib/json.ts'
import { credentialPlaceText as placeText } from '../secrets/credential-place-text.ts'
import { extractCredentials } from '../secrets/extract-credentials.ts'
import { slugOf } from '../secrets/find-credentials.ts'
import { findInText } from '../secrets/find-in-text.ts'
import { mapTransportTexts } from '../secrets/map-transport-texts.ts'
import { withMeantReferences } from '../secrets/meant-reference.ts'
import { replaceParts } from '../secrets/replace-credentials.ts'
import { withoutSecretNames } from '../secrets/secret-references.ts'
import type { MergedServer } from './merge-found.ts'

/** One value on its way to the vault. */
export interface FoundSecret {
  readonly name: SecretName
  readonly value: string
  /** Where it stands, for a person: a variable's or header's name, or for example `argument 3`. */
  readonly place: string
  /** The files that hold it in plain text. */
  readonly sources: MergedServer['sources']
}

/** A server without literal credentials, ready to be stored, and what was taken out of it. */
export interface ExtractedServer {
  readonly server: MergedServer
  readonly secrets: readonly FoundSecret[]
  /** Names that the client keeps the value of, out of our reach: they are references without a value until a person gives it. */
  readonly withoutValue: readonly SecretName[]
  /** Secrets that a person does not want in the vault. */
  readonly leftOut: readonly FoundSecret[]
}

/**
 * Takes every literal credential out of what was found: out of the transport, out of the defaults of inputs, and out of
 * the keys that are only kept. A name of the client's own keychain becomes a reference too.
 * @param taken names that other servers use.
 */
export function extractFound(
  server: MergedServer,
  taken: (name: SecretName) => boolean,
): ExtractedServer {
  const extraction = extractCredentials(server.name, server.transport, taken)
  // Servers of several files are one only where all their values are the same.
  const secrets: FoundSecret[] = extraction.secrets.map(({ name, value, site }) => ({
    name,
    value,
    place: placeText(site.place),
    sources: server.sources,
  }))
  const isTaken = (name: SecretName) => taken(name) || secrets.some((one) => one.name === name)
  const nameFor = (value: string, key: string, at: Omit<FoundSecret, 'name' | 'value'>) => {
    const known = secrets.find((secret) => secret.value === value)
    const name = known?.name ?? freeName(server.name, key, isTaken)
    if (known === undefined) secrets.push({ name, value, ...at })
    return name
  }
  const keepIn =
    (source: MergedServer['sources'][number]) =>
    (text: string, key: string): string =>
      findInText(text, key).length === 0
        ? text
        : `secret://${nameFor(text, key, { place: key, sources: [source] })}`
  // A default can stand in an argument, so it stays as readable as one.
  const keepParts = (text: string, key: string): string => {
    const at = { place: `default of the input ${key}`, sources: server.sources }
    return replaceParts(text, findInText(text, key), (value) => nameFor(value, key, at))
  }

  const withoutValue: SecretName[] = []
  const env: Record<string, string> = {}
  for (const variable of server.envNames) {
    const name = freeName(server.name, variable, isTaken)
    withoutValue.push(name)
    env[variable] = `secret://${name}`
  }
  const transport = mapTransportTexts(extraction.transport, (_place, text) =>
    withMeantReferences(text),
  )
  return {
    secrets,
    withoutValue,
    leftOut: [],
    server: {
      ...server,
      transport:
        transport.type === 'stdio'
          ? { ...transport, env: { ...env, ...transport.env } }
          : transport,
      inputs: server.inputs.map((input) => keepInput(input, keepParts)),
      sources: server.sources.map((source) => ({
        ...source,
        extra: mapTexts(source.extra, '', keepIn(source)),
      })),
    },
  }
}

/**
 * A digest of what a definition runs and how, with each secret's name left out: two reads of an unchanged file agree
 * whatever the names became, and no digest of a secret is ever stored.
 */
export function fingerprintOf(
  server: Pick<ServerDefinition, 'transport' | 'dialect' | 'timeouts' | 'tools'> & {
    readonly inputs: readonly InputVariable[]
  },
): string {
  const { transport, dialect, timeouts, tools, inputs } = server
  const shown = inputs.map(({ options, ...input }) =>
    options.length === 0 ? input : { ...input, options },
  )
  const parts: JsonValue = [transport, dialect, timeouts, tools, shown]
  return createHash('sha256')
    .update(JSON.stringify(withoutSecretNames(parts)))
    .digest('base64url')
}

function keepInput(
  input: InputVariable,
  keep: (text: string, key: string) => string,
): InputVariable {
  return {
    ...input,
    default: input.default === null ? null : keep(input.default, input.id),
    // Credentials to choose from stay in the file: a person gives the one that is meant.
    options: input.options.some(({ value, label }) => isCredential(value) || isCredential(label))
      ? []
      : input.options,
  }

  function isCredential(text: string): boolean {
    return findInText(text, input.id).length > 0
  }
}

function mapTexts<T extends JsonValue | Readonly<Record<string, JsonValue>>>(
  value: T,
  key: string,
  change: (text: string, key: string) => string,
): T
function mapTexts(
  value: JsonValue,
  key: string,
  change: (text: string, key: string) => string,
): JsonValue {
  if (typeof value === 'string') return change(value, key)
  // A PIN or a numeric password; what has fewer digits is a setting.
  if (typeof value === 'number' && Math.abs(value) >= 1000 && hintOfName(key) === 'strong') {
    const kept = change(String(value), key)
    return kept === String(value) ? value : kept
  }
  if (Array.isArray(value)) return value.map((item: JsonValue) => mapTexts(item, key, change))
  if (!isRecord(value)) return value
  // By entries, so that a key called `__proto__` stays a key.
  return Object.fromEntries(
    Object.entries(value as Record<string, JsonValue>).map(([name, item]) => [
      name,
      mapTexts(item, name, change),
    ]),
  )
}

function freeName(
  serverName: string,
  key: string,
  isTaken: (name: SecretName) => boolean,
): SecretName {
  const base = `${slugOf(serverName).slice(0, 60) || 'server'}.${slugOf(key).slice(0, 50) || 'value'}`
  for (let count = 1; ; count += 1) {
    const name = secretNameSchema.parse(count === 1 ? base : `${base}-${count}`)
    if (!isTaken(name)) return name
  }
}
