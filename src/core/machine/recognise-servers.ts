import type { ServerId } from '../../shared/domain/ids.ts'
import { parseOwnerMark } from '../processes/marks.ts'
import type { ProcessEntry } from '../processes/process-entry.ts'
import { isLauncher, isPlainHelper } from './launchers.ts'
import { DefinitionIndex, type KnownDefinition } from './match-definition.ts'
import type { DetailsByPid, ProcessDetails } from './process-details.ts'
import { ProcessForest } from './process-forest.ts'
import { traitsOf } from './process-traits.ts'
import type { Program } from './programs-of.ts'

/** What is known of the machine at one moment. */
export interface MachineFacts {
  readonly entries: readonly ProcessEntry[]
  readonly details: DetailsByPid
  readonly definitions: readonly KnownDefinition[]
  /** The first processes of this host's servers. */
  readonly ownLeaders: ReadonlyMap<number, ServerId>
  /** This process, and the mark that its servers carry. */
  readonly hostPid: number
  readonly hostMark: string
  /** Children of clients that were seen before, by `PID START`; with the client's name. */
  readonly remembered: ReadonlyMap<string, string>
}

/** A process of this program: who runs it. */
export type OwnRun = 'here' | 'elsewhere' | 'leftover'

/** What speaks for one process. */
interface Signs {
  readonly programs: readonly Program[]
  readonly definitions: readonly KnownDefinition[]
  readonly own: { readonly run: OwnRun; readonly serverId: ServerId | null } | null
  readonly packageName: string | null
}

/** A tree of processes that is taken for one MCP server. */
export interface RecognisedServer {
  readonly root: ProcessEntry
  readonly tree: readonly { readonly entry: ProcessEntry; readonly depth: number }[]
  /** Of the process that says most of what it is. */
  readonly signs: Signs
  /** The client that it is a child of, where that is evidence; also one that has ended since. */
  readonly childOf: { readonly client: string; readonly isAlive: boolean } | null
  /** The nearest client above it. */
  readonly client: { readonly name: string; readonly pid: number } | null
  /** Its tree holds this program, or a client. */
  readonly holdsClient: boolean
}

/**
 * Finds the MCP servers among all processes. This program, its ancestors and the clients themselves are none; a server's
 * launchers (`npx`, `sh -c`) and all that it started belong to it. Pure.
 */
export function recogniseServers(facts: MachineFacts): readonly RecognisedServer[] {
  const forest = new ProcessForest(facts.entries)
  const definitions = new DefinitionIndex(facts.definitions)
  const untouchable = new Set([facts.hostPid, ...forest.ancestors(facts.hostPid)])
  const clients = new Map<number, string>()
  for (const { pid } of facts.entries) {
    const details = facts.details.get(pid)
    const name = details === undefined ? null : traitsOf(details).client
    if (name !== null) clients.set(pid, name)
  }
  const isBarred = (pid: number) => pid <= 1 || untouchable.has(pid) || clients.has(pid)
  const signs = new Map<number, Signs>()
  const childOf = new Map<number, RecognisedServer['childOf']>()
  for (const entry of facts.entries) {
    const details = facts.details.get(entry.pid)
    if (details === undefined || isBarred(entry.pid)) continue
    const own = signsOf(entry, details, facts, { forest, definitions })
    const client = childOfClient(entry, details, facts, { forest, clients })
    const isChild = client !== null && (own.packageName !== null || speaksByPipes(details, own))
    if (isChild || own.own !== null || own.packageName !== null || own.definitions.length > 0) {
      signs.set(entry.pid, own)
    }
    if (client !== null) childOf.set(entry.pid, client)
  }
  const climb = (from: ProcessEntry): ProcessEntry => {
    let top = from
    for (;;) {
      const parent = forest.parent(top)
      if (parent === null || isBarred(parent.pid)) return top
      const details = facts.details.get(parent.pid)
      const leadsHere =
        details !== undefined &&
        isLauncher(details.args) &&
        forest.children(parent.pid).length === 1
      if (!signs.has(parent.pid) && !leadsHere) return top
      top = parent
    }
  }
  const roots = new Map<number, ProcessEntry>()
  for (const pid of signs.keys()) {
    const entry = forest.get(pid)
    if (entry !== null) {
      const top = climb(entry)
      roots.set(top.pid, top)
    }
  }
  const isBelowAnother = (root: ProcessEntry): boolean => {
    for (const pid of forest.ancestors(root.pid)) {
      if (clients.has(pid)) return false
      if (roots.has(pid)) return true
    }
    return false
  }
  return [...roots.values()].flatMap((root) => {
    if (isBelowAnother(root)) return []
    const tree = forest.tree(root)
    const members = tree.map(({ entry }) => entry.pid)
    const said = members.flatMap((pid) => signs.get(pid) ?? [])
    const best = said.toSorted((a, b) => weight(b) - weight(a))[0]
    if (best === undefined) return []
    const nearest = forest.ancestors(root.pid).find((pid) => clients.has(pid))
    return [
      {
        root,
        tree,
        signs: best,
        childOf: childOf.get(root.pid) ?? null,
        client: nearest === undefined ? null : { pid: nearest, name: clients.get(nearest) ?? '' },
        holdsClient: members.some((pid) => clients.has(pid) || untouchable.has(pid)),
      },
    ]
  })
}

function weight({ own, definitions, packageName }: Signs): number {
  if (own !== null) return own.serverId === null ? 3 : 4
  return definitions.length > 0 ? 2 : packageName === null ? 0 : 1
}

function signsOf(
  entry: ProcessEntry,
  details: ProcessDetails,
  facts: MachineFacts,
  {
    forest,
    definitions,
  }: { readonly forest: ProcessForest; readonly definitions: DefinitionIndex },
): Signs {
  const { programs, packageName } = traitsOf(details)
  return {
    programs,
    definitions: definitions.find(programs),
    own: ownRunOf(entry, details, facts, forest),
    packageName,
  }
}

function ownRunOf(
  { pid }: ProcessEntry,
  { ownerMark }: ProcessDetails,
  { ownLeaders, hostMark }: MachineFacts,
  forest: ProcessForest,
): Signs['own'] {
  const serverId = ownLeaders.get(pid)
  if (serverId !== undefined) return { run: 'here', serverId }
  if (ownerMark === null) return null
  if (ownerMark === hostMark) return { run: 'here', serverId: null }
  const owner = parseOwnerMark(ownerMark)
  if (owner === undefined) return null
  // In a container the owner's number means another process, or none, and the server would pass for a leftover.
  const isHere = owner.directory === parseOwnerMark(hostMark)?.directory
  const living = forest.get(owner.pid)
  const isSame = owner.startMark === '' || living?.startMark === owner.startMark
  // Another mark of this very process is of another core in it.
  const isAlive = living !== null && isSame
  return { run: isAlive || !isHere ? 'elsewhere' : 'leftover', serverId: null }
}

/** The client that a process is a direct child of, or was one when it was last looked at. */
function childOfClient(
  entry: ProcessEntry,
  details: ProcessDetails,
  facts: MachineFacts,
  at: { readonly forest: ProcessForest; readonly clients: ReadonlyMap<number, string> },
): RecognisedServer['childOf'] {
  if (details.isPiped === false) return null
  const parent = at.forest.parent(entry)
  const client = parent === null ? undefined : at.clients.get(parent.pid)
  if (client !== undefined) return { client, isAlive: true }
  const before = facts.remembered.get(processKey(entry))
  return before === undefined ? null : { client: before, isAlive: false }
}

/** Whether a client's child that nothing else speaks for talks to it by pipes, and is none of the tools that clients run so. */
function speaksByPipes(details: ProcessDetails, { programs }: Signs): boolean {
  return details.isPiped === true && !isPlainHelper(details.args, programs)
}

/** Names a process among all that ever were. */
export function processKey({
  pid,
  startMark,
}: {
  readonly pid: number
  readonly startMark: string
}): string {
  return `${pid} ${startMark}`
}
