import { isDeepStrictEqual } from 'node:util'
import type { FoundServer } from '../../../shared/domain/import.ts'
import { mapTransportTexts } from '../../secrets/map-transport-texts.ts'
import type { FoundLiteral } from './found-literal.ts'
import { rewriteText } from './rewrite-text.ts'

/**
 * Whether a file, edited, has the very servers that it had, with references in place of literals and nothing else changed.
 * @param references by the ids of the literals that they replace.
 * @param after what is read of the edited file.
 */
export function readsAs(
  before: { readonly servers: readonly FoundServer[] },
  references: ReadonlyMap<string, string>,
  literals: readonly FoundLiteral[],
  after: readonly FoundServer[],
): boolean {
  const expected = before.servers.map((server) => {
    const own = literals.filter(
      ({ section, key }) => section === server.source.section && key === server.source.key,
    )
    return {
      ...shape(server),
      transport: mapTransportTexts(server.transport, (place, text) => {
        const here = own.filter((one) => JSON.stringify(one.place) === JSON.stringify(place))
        const changed = here.some(({ id }) => references.has(id))
        return changed ? rewriteText(here, ({ id, value }) => references.get(id) ?? value) : text
      }),
    }
  })
  return isDeepStrictEqual(after.map(shape), expected)
}

function shape({ name, scope, project, transport, timeouts, tools, source }: FoundServer) {
  return { name, scope, project, transport, timeouts, tools, source }
}
