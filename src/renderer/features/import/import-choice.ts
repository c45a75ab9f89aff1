import type { ChosenServer, ImportedServer, ImportKey } from '../../../shared/contract/clients.ts'
import { isFromDamaged } from '../../../shared/domain/damaged-files.ts'
import { hasWarning, isImportable, keyOf } from './import-files.ts'

/** Which servers are listed. */
export const serverFilters = ['all', 'secrets', 'warnings'] as const
export type ServerFilter = (typeof serverFilters)[number]

/** What a person chose on the screen. What is not named is taken, but for servers of damaged files. */
export interface ImportChoice {
  /** Servers that are not to be imported, by `keyOf`. */
  readonly left: ReadonlySet<string>
  /** Servers of damaged files that are imported all the same, by `keyOf`. */
  readonly taken: ReadonlySet<string>
  /** Secrets that are not to be moved to the vault, by name. */
  readonly leaveOut: ReadonlySet<string>
}

/** Everything sound is imported, every secret moved. */
export const everything: ImportChoice = { left: new Set(), taken: new Set(), leaveOut: new Set() }

/** Whether a server is to be imported. One out of a damaged file is only where a person took it. Pure. */
export function isTaken(
  server: ImportedServer,
  { left, taken }: ImportChoice,
  damaged: ReadonlySet<string>,
): boolean {
  const key = keyOf(server)
  return !left.has(key) && (taken.has(key) || !isFromDamaged(server, damaged))
}

/** The choice with some servers taken or left. Pure. */
export function choose(
  choice: ImportChoice,
  servers: readonly ImportKey[],
  isIn: boolean,
): ImportChoice {
  const keys = servers.map(keyOf)
  return {
    ...choice,
    left: withMembers(choice.left, keys, !isIn),
    taken: withMembers(choice.taken, keys, isIn),
  }
}

/** The servers that an import would take, with what to call it with. Pure. */
export function chosenOf(
  servers: readonly ImportedServer[],
  choice: ImportChoice,
  damaged: ReadonlySet<string>,
): readonly ImportedServer[] {
  return servers.filter((server) => isImportable(server) && isTaken(server, choice, damaged))
}

/** What names a server in the call, and how it was shown. Pure. */
export function orderOf({ name, scope, project, digest }: ImportedServer): ChosenServer {
  return { name, scope, project, digest }
}

/** The secrets of some servers, each once. Pure. */
export function secretNamesOf(servers: readonly ImportedServer[]): readonly string[] {
  return [...new Set(servers.flatMap(({ secrets }) => secrets.map(({ name }) => name)))]
}

/** Whether a server's row warns of something. Pure. */
export function warns(server: ImportedServer, { leaveOut, canMove, damaged }: RowFacts): boolean {
  return (
    hasWarning(server) || isFromDamaged(server, damaged) || lacksSecret(server, leaveOut, canMove)
  )
}

/** Whether a secret of a server would be left out, so that it cannot run. Pure. */
export function lacksSecret(
  server: ImportedServer,
  leaveOut: ReadonlySet<string>,
  canMove: boolean,
): boolean {
  // What is imported already was decided then.
  return isImportable(server) && server.secrets.some(({ name }) => leaveOut.has(name) || !canMove)
}

/** What beside the server decides on what its row warns of. */
export interface RowFacts {
  readonly leaveOut: ReadonlySet<string>
  /** False: no vault can take secrets now. */
  readonly canMove: boolean
  /** The damaged files. */
  readonly damaged: ReadonlySet<string>
}

/** Whether a server is listed under a filter. Pure. */
export function passesFilter(
  server: ImportedServer,
  filter: ServerFilter,
  facts: RowFacts,
): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'secrets':
      return server.secrets.length > 0
    case 'warnings':
      return warns(server, facts)
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
