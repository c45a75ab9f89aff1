import { isDeepStrictEqual } from 'node:util'
import { AppError } from '../../../shared/domain/errors.ts'
import type { SecretName } from '../../../shared/domain/ids.ts'
import type { ServerDefinition, Transport } from '../../../shared/domain/server-definition.ts'
import { credentialPlaceText } from '../../secrets/credential-place-text.ts'
import { extractBesideReferences } from '../../secrets/extract-beside-references.ts'
import type { ExtractedSecret } from '../../secrets/extract-credentials.ts'
import { mapTransportTexts } from '../../secrets/map-transport-texts.ts'
import type { ServerRegistry } from '../../servers/server-registry.ts'
import { type FoundLiteral, literalId } from './found-literal.ts'
import type { LiteralPick, LiteralSource } from './literal-source.ts'
import { locateTexts } from './located-text.ts'
import { maskedDiff } from './masked-diff.ts'
import { hintOf } from './rewrite-text.ts'

/** What was found in one definition. */
interface FoundInServer {
  readonly server: ServerDefinition
  /** With references in place of all literals. */
  readonly emptied: Transport
  readonly secrets: readonly { readonly literal: FoundLiteral; readonly name: SecretName }[]
}

/** The definitions of this program as something that holds literal credentials: few do, for every door takes them out. */
export function definitionsSource(
  file: string,
  registry: Pick<ServerRegistry, 'list' | 'change' | 'get'>,
): LiteralSource {
  const found = registry.list().map(findInServer)
  return {
    file,
    client: null,
    literals: found.flatMap(({ secrets }) => secrets.map(({ literal }) => literal)),
    missed: null,
    fateOf: () => ({ resolver: 'vault', kept: null }),
    plan: (picks) => {
      const isPicked = ({ secrets }: FoundInServer) =>
        secrets.some(({ literal }) => picks.some((pick) => pick.literal.id === literal.id))
      const changes = found
        .filter(isPicked)
        .map((one) => ({ ...one, after: filled(one, picks, ({ value }) => value) }))
      const servers = changes.map(({ server, after }) => ({
        id: server.id,
        before: server.transport,
        after,
      }))
      const names = [...new Set(picks.map(({ name }) => name))]
      return {
        lines: maskedDiff(...shownChange(changes, picks)),
        needs: names.map((name) => ({ name, resolver: 'vault', key: null })),
        values: new Map(picks.map(({ literal, name }) => [name, literal.value])),
        change: JSON.stringify(servers),
        backup: { kind: 'definitions', servers },
        commit: async () => {
          for (const { id, before, after } of servers) {
            await registry.change(id, (server) => withTransport(server, before, after, file))
          }
        },
        settle: async () => undefined,
      }
    },
  }
}

/** The definition with another transport. Throws `file_changed` where it is not the expected one any more. */
export function withTransport(
  server: ServerDefinition,
  expected: Transport,
  transport: Transport,
  file: string,
): ServerDefinition {
  if (isDeepStrictEqual(server.transport, expected)) return { ...server, transport }
  throw new AppError('file_changed', { file, places: [server.name] })
}

function findInServer(server: ServerDefinition): FoundInServer {
  const { transport, secrets } = extractBesideReferences(server.name, server.transport, {
    isTaken: () => false,
    chosen: [],
  })
  const literalOf = ({ value, site }: ExtractedSecret): FoundLiteral => ({
    id: literalId([server.id, site.place, site.start]),
    server: server.name,
    section: 'servers',
    key: server.id,
    place: site.place,
    placeText: credentialPlaceText(site.place),
    text: value,
    start: 0,
    end: value.length,
    value,
    reason: site.reason,
    base: site.base,
  })
  return {
    server,
    emptied: transport,
    secrets: secrets.map((secret) => ({ literal: literalOf(secret), name: secret.name })),
  }
}

/** The transport with the references that were picked, and with something else in place of the other literals. */
function filled(
  { emptied, secrets }: FoundInServer,
  picks: readonly LiteralPick[],
  other: (literal: FoundLiteral) => string,
): Transport {
  const byName = new Map<string, string>(
    secrets.map(({ literal, name }) => {
      const pick = picks.find((one) => one.literal.id === literal.id)
      return [name, pick === undefined ? other(literal) : `secret://${pick.name}`]
    }),
  )
  return mapTransportTexts(emptied, (_place, text) =>
    text.replace(
      /secret:\/\/([a-z0-9][a-z0-9._-]*)/g,
      (whole, name: string) => byName.get(name) ?? whole,
    ),
  )
}

/** The text of what changes, and its splices. Both texts have the same shape, so that their values stand in the same order. */
function shownChange(
  changes: readonly (FoundInServer & { readonly after: Transport })[],
  picks: readonly LiteralPick[],
): Parameters<typeof maskedDiff> {
  const textOf = (transportOf: (one: (typeof changes)[number]) => Transport) =>
    JSON.stringify(
      changes.map((one) => ({ name: one.server.name, transport: transportOf(one) })),
      null,
      2,
    )
  const text = textOf((one) => filled(one, [], hintOf))
  const after = textOf((one) => filled(one, picks, hintOf))
  const next = locateTexts('jsonc', after)
  const splices = locateTexts('jsonc', text).flatMap(({ start, end, value }, index) => {
    const located = next[index]
    if (located === undefined || located.value === value) return []
    const shownAfter = after.slice(located.start, located.end)
    return { start, end, insert: shownAfter, shownBefore: text.slice(start, end), shownAfter }
  })
  return [text, splices]
}
