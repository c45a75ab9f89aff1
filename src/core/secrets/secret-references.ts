import { type SecretName, secretNameSchema } from '../../shared/domain/ids.ts'
import type {
  InputVariable,
  ServerDefinition,
  ServerInput,
  Transport,
} from '../../shared/domain/server-definition.ts'
import { isRecord, type JsonValue } from '../../shared/lib/json.ts'
import { mapTransportTexts } from './map-transport-texts.ts'

/** The grammar of a reference at launch. A longer name is cut there, and so it is here. */
const reference = /secret:\/\/([a-z0-9][a-z0-9._-]{0,127})/g

/**
 * The secrets that a definition refers to or keeps, those of its inputs too, each once: in values only, for no launch reads a
 * reference in a name.
 */
export function secretNamesIn({
  transport,
  inputs,
  sources,
  oauth,
}: {
  readonly transport: Transport
  readonly inputs: readonly (InputVariable & Partial<Pick<ServerInput, 'secret'>>)[]
  readonly sources: readonly Pick<ServerDefinition['sources'][number], 'extra'>[]
  readonly oauth?: ServerDefinition['oauth']
}): readonly SecretName[] {
  const names = namesInTexts([
    ...transportTexts(transport),
    ...inputs.flatMap((input) => input.default ?? []),
    ...sources.flatMap((source) => textsIn(source.extra)),
    ...(oauth?.clientSecret ? [oauth.clientSecret] : []),
  ])
  return [...new Set([...names, ...inputs.flatMap(({ secret }) => secret ?? [])])]
}

/** The secrets that a transport refers to, each once. */
export function secretNamesInTransport(transport: Transport): readonly SecretName[] {
  return namesInTexts(transportTexts(transport))
}

/** The secrets that a text refers to, each once. */
export function secretNamesInText(text: string): readonly SecretName[] {
  return namesInTexts([text])
}

/** The secrets in what says what is run, each once: everything but `env` and headers, and the defaults of inputs. */
export function secretNamesInLaunch({
  transport,
  inputs,
}: Pick<ServerDefinition, 'transport' | 'inputs'>): readonly SecretName[] {
  const texts: string[] = inputs.flatMap((input) => input.default ?? [])
  mapTransportTexts(transport, (place, text) => {
    if (place.kind !== 'env' && place.kind !== 'header') texts.push(text)
    return text
  })
  return namesInTexts(texts)
}

/** The value with each `secret://name` in its texts cut to `secret://`: what a secret is called says nothing of what is run. */
export function withoutSecretNames(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.replace(reference, 'secret://')
  if (Array.isArray(value)) return value.map((item: JsonValue) => withoutSecretNames(item))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withoutSecretNames(item)]),
  )
}

/** The text with each `secret://name` that has a new name under that one. */
function renameSecrets(text: string, names: ReadonlyMap<SecretName, SecretName>): string {
  return text.replace(reference, (whole, name: string) => {
    const next = names.get(secretNameSchema.parse(name))
    return next === undefined ? whole : `secret://${next}`
  })
}

/** The definition with each `secret://name` that has a new name under that one, wherever `secretNamesIn` finds one. */
export function renameSecretsInServer(
  server: ServerDefinition,
  names: ReadonlyMap<SecretName, SecretName>,
): ServerDefinition {
  const rename = (text: string) => renameSecrets(text, names)
  return {
    ...server,
    transport: mapTransportTexts(server.transport, (_place, text) => rename(text)),
    inputs: server.inputs.map((input) => ({
      ...input,
      secret: names.get(input.secret) ?? input.secret,
      default: input.default === null ? null : rename(input.default),
    })),
    sources: server.sources.map((source) => ({
      ...source,
      extra: mapRecord(source.extra, (value) => renameInJson(value, rename)),
    })),
    ...(server.oauth?.clientSecret && {
      oauth: { ...server.oauth, clientSecret: rename(server.oauth.clientSecret) },
    }),
  }
}

function renameInJson(value: JsonValue, rename: (text: string) => string): JsonValue {
  if (typeof value === 'string') return rename(value)
  if (Array.isArray(value)) return value.map((item: JsonValue) => renameInJson(item, rename))
  return isRecord(value) ? mapRecord(value, (item) => renameInJson(item, rename)) : value
}

/** By entries, so that a key called `__proto__` stays a key. */
function mapRecord(
  record: Readonly<Record<string, JsonValue>>,
  change: (value: JsonValue) => JsonValue,
): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}

function namesInTexts(texts: readonly string[]): readonly SecretName[] {
  const names = texts.flatMap((text) => [...text.matchAll(reference)].map((match) => match[1]))
  return [...new Set(names.map((name) => secretNameSchema.parse(name)))]
}

/** Every value of a transport in which a launch reads references, in order. */
export function transportTexts(transport: Transport): readonly string[] {
  const texts: string[] = []
  mapTransportTexts(transport, (_place, text) => {
    texts.push(text)
    return text
  })
  return texts
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap((item: JsonValue) => textsIn(item))
  return isRecord(value) ? Object.values(value).flatMap((item) => textsIn(item)) : []
}
