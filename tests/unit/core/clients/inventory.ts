import type { ParsedClientFile } from '../../../../src/core/clients/parse-client-file.ts'
import type { FoundServer } from '../../../../src/shared/domain/import.ts'

/** What a file was found to hold, in the shape of tests/fixtures/clients/inventory.json: what is empty or usual is not written out. */
export interface Inventory {
  readonly servers: Record<string, unknown>[]
  readonly problems: Record<string, unknown>[]
}

/** The inventory of a parsed file. */
export function inventoryOf({ servers, problems }: ParsedClientFile): Inventory {
  return {
    servers: servers.map(serverInventory),
    problems: problems.map(({ line, column, message }) => ({ line, column, message })),
  }
}

function serverInventory(server: FoundServer): Record<string, unknown> {
  const { source, transport } = server
  return {
    name: server.name,
    scope: server.scope,
    ...(server.project === null ? {} : { project: server.project }),
    section: source.section,
    ...(source.key === server.name ? {} : { key: source.key }),
    dialect: server.dialect,
    rawType: server.rawType,
    transport: Object.fromEntries(Object.entries(transport).filter(([, value]) => !isUsual(value))),
    ...(source.disabled ? { disabled: true } : {}),
    ...written(
      'inputs',
      server.inputs.map(({ options, ...input }) => ({ ...input, ...written('options', options) })),
    ),
    ...written('envNames', server.envNames),
    ...written('timeouts', withoutNulls(server.timeouts)),
    ...written('tools', withoutNulls(server.tools)),
    ...written('extra', source.extra),
  }
}

function withoutNulls(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => !isUsual(item)))
}

function written(key: string, value: unknown): Record<string, unknown> {
  return isUsual(value) ? {} : { [key]: value }
}

function isUsual(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}
