import type { ImportedServer, ImportKey } from '../../../shared/contract/clients.ts'
import { hasWarning, isImportable, keyOf } from './import-files.ts'

/** Which servers are listed. */
export const serverFilters = ['all', 'secrets', 'warnings'] as const
export type ServerFilter = (typeof serverFilters)[number]

/** What a person chose on the screen. What is not named is taken. */
export interface ImportChoice {
  /** Servers that are not to be imported, by `keyOf`. */
  readonly left: ReadonlySet<string>
  /** Secrets that are not to be moved to the vault, by name. */
  readonly leaveOut: ReadonlySet<string>
}

/** Everything is imported, every secret moved. */
export const everything: ImportChoice = { left: new Set(), leaveOut: new Set() }

/** The servers that an import would take, with what to call it with. Pure. */
export function chosenOf(
  servers: readonly ImportedServer[],
  { left }: ImportChoice,
): readonly ImportedServer[] {
  return servers.filter((server) => isImportable(server) && !left.has(keyOf(server)))
}

/** What names a server in the call. Pure. */
export function importKeyOf({ name, scope, project }: ImportedServer): ImportKey {
  return { name, scope, project }
}

/** The secrets of some servers, each once. Pure. */
export function secretNamesOf(servers: readonly ImportedServer[]): readonly string[] {
  return [...new Set(servers.flatMap(({ secrets }) => secrets.map(({ name }) => name)))]
}

/** Whether a server is listed under a filter. Pure. */
export function passesFilter(server: ImportedServer, filter: ServerFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'secrets':
      return server.secrets.length > 0
    case 'warnings':
      return hasWarning(server)
  }
}

/** The set with some members put in or taken out. Pure. */
export function withMembers<T>(
  set: ReadonlySet<T>,
  members: readonly T[],
  isIn: boolean,
): ReadonlySet<T> {
  const next = new Set(set)
  for (const member of members) {
    if (isIn) next.add(member)
    else next.delete(member)
  }
  return next
}

/** How many of some are taken: a checkbox for all of them is checked, partly checked or empty. Pure. */
export function checkOf(
  all: number,
  taken: number,
): { readonly checked: boolean; readonly indeterminate: boolean } {
  return { checked: all > 0 && taken === all, indeterminate: taken > 0 && taken < all }
}
