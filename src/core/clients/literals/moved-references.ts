import type { FoundServer } from '../../../shared/domain/import.ts'
import type { Move, ReferenceNeed } from '../../../shared/domain/literals.ts'
import type { ClientFormat } from '../../../shared/domain/server-definition.ts'
import { mapTransportTexts } from '../../secrets/map-transport-texts.ts'
import { meantReference } from '../../secrets/meant-reference.ts'
import { transportTexts } from '../../secrets/secret-references.ts'
import { referenceFormOf } from './reference-form.ts'

/** Reads the servers of a file with the secrets that were moved out of it. */
export type WithMoved = (file: string, servers: readonly FoundServer[]) => FoundServer[]

/** What a name goes on with. */
const nameCharacter = /^[a-z0-9._-]/

/**
 * What was read of a file, with the secrets of earlier moves in place of what its client fills in for them: the server runs here
 * with the very values that it had. Only in the servers that the move was made in; who writes such a reference elsewhere
 * in the file gets no secret by it.
 * @param moves of that file.
 */
export function withMovedSecrets(server: FoundServer, moves: readonly Move[]): FoundServer {
  const { section, key, client } = server.source
  const needs = moves
    .filter((move) => move.client === client)
    .flatMap((move) =>
      move.needs.filter(({ name }) =>
        move.servers.some((one) => one.name === name && one.section === section && one.key === key),
      ),
    )
  if (needs.length === 0) return server
  const written = needs.flatMap((need) =>
    textsOf(client, need).map((text) => ({ text, secret: meantReference(need.name) })),
  )
  const transport = mapTransportTexts(server.transport, (_place, text) =>
    written.reduce((result, one) => replaced(result, one.text, one.secret), text),
  )
  const left = transportTexts(transport)
  const isLeft = (text: string) => left.some((one) => one.includes(text))
  // Codex's entry is literal but for the keys that name variables.
  const isLiteral = client === 'codex' && !isLeft('${')
  return {
    ...server,
    transport,
    dialect: isLiteral ? 'literal' : server.dialect,
    inputs: server.inputs.filter(
      ({ id }) =>
        isLeft(`\${input:${id}}`) ||
        !needs.some((need) => need.resolver === 'prompt' && need.key === id),
    ),
  }
}

/** How a reference stands in the client's file, as it is read. */
function textsOf(client: ClientFormat, { key }: ReferenceNeed): string[] {
  if (key === null) return []
  // formats/codex.ts reads its keys so.
  if (client === 'codex') return [`\${${key}:-}`, `\${${key}}`]
  const form = referenceFormOf(client)
  return form === null ? [] : [form.write(key)]
}

/** A secret's name would run on into some texts: what stands before those stays. */
function replaced(text: string, reference: string, secret: string): string {
  const parts = text.split(reference)
  return parts.reduce(
    (result, part) => `${result}${nameCharacter.test(part) ? reference : secret}${part}`,
  )
}
