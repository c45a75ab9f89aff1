import { createHash } from 'node:crypto'
import type { FoundServer } from '../../../shared/domain/import.ts'
import type { CredentialReason } from '../../../shared/domain/literals.ts'
import type { InputVariable } from '../../../shared/domain/server-definition.ts'
import { isRecord, type JsonValue } from '../../../shared/lib/json.ts'
import type { CredentialPlace } from '../../secrets/credential-place.ts'
import { credentialPlaceText } from '../../secrets/credential-place-text.ts'
import { findCredentials } from '../../secrets/find-credentials.ts'
import { findInText } from '../../secrets/find-in-text.ts'
import { mapTransportTexts } from '../../secrets/map-transport-texts.ts'
import { isPlaceholder } from './is-placeholder.ts'

/** A literal credential in one file. Holds its value: never to leave the core. */
export interface FoundLiteral {
  readonly id: string
  /** The server's entry. */
  readonly server: string
  readonly section: string
  readonly key: string
  /** Null: under a key that only its client knows. */
  readonly place: CredentialPlace | null
  readonly placeText: string
  /** The whole text that it stands in, and its part of that. */
  readonly text: string
  readonly start: number
  readonly end: number
  readonly value: string
  readonly reason: CredentialReason
  /** What its secret could be called, after the server's name. */
  readonly base: string
}

/**
 * The literal credentials of one server's entry, in order. A text that only reads like a reference of ours is none, nor is one that
 * asks a person for a credential.
 */
export function literalsOf({ name, transport, source, inputs }: FoundServer): FoundLiteral[] {
  const texts = new Map<string, string>()
  mapTransportTexts(transport, (place, text) => {
    texts.set(JSON.stringify(place), text)
    return text
  })
  const at = { server: name, section: source.section, key: source.key }
  const inTransport = findCredentials(transport)
    .filter(({ reason }) => reason !== 'foreign_reference')
    .map(({ place, text: value, start, end, reason, base }): FoundLiteral => {
      const placeText = credentialPlaceText(place)
      const text = texts.get(JSON.stringify(place)) ?? value
      const id = literalId([at.section, at.key, place, start])
      return { ...at, id, place, placeText, text, start, end, value, reason, base }
    })
  const others = [...textsUnder(source.extra, [], null), ...inputs.flatMap(defaultOf)]
  const elsewhere = others.flatMap(({ path, name: key, text }) =>
    findInText(text, key)
      .filter(({ reason }) => reason !== 'foreign_reference')
      .map(({ start, end, reason }): FoundLiteral => {
        const id = literalId([at.section, at.key, path, start])
        const value = text.slice(start, end)
        const placeText = path.join('.')
        return { ...at, id, place: null, placeText, text, start, end, value, reason, base: 'value' }
      }),
  )
  return [...inTransport, ...elsewhere].filter(({ value }) => !isPlaceholder(value))
}

/** An id of a place, which tells nothing of the value there. */
export function literalId(place: unknown): string {
  return createHash('sha256').update(JSON.stringify(place)).digest('base64url').slice(0, 22)
}

/** A text that is part of no transport, with the key that it stands under. */
interface OtherText {
  readonly path: readonly string[]
  readonly name: string | null
  readonly text: string
}

function textsUnder(value: JsonValue, path: readonly string[], name: string | null): OtherText[] {
  if (typeof value === 'string') return [{ path, name, text: value }]
  if (Array.isArray(value)) {
    return value.flatMap((item: JsonValue, index) =>
      textsUnder(item, [...path, String(index + 1)], name),
    )
  }
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, item]) => textsUnder(item, [...path, key], key))
}

function defaultOf({ id, default: text }: InputVariable): OtherText[] {
  return text === null ? [] : [{ path: [`default of the input ${id}`], name: id, text }]
}
