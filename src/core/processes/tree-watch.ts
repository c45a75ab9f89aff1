import type { ChildProcess } from 'node:child_process'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { Adoption } from './adoption/adoption.ts'
import { LookSchedule } from './look-schedule.ts'
import { readVariable, runIdVariable } from './marks.ts'
import type { JobObjects } from './native/job-objects.ts'
import type { ProcessEntry, ProcessReading } from './process-entry.ts'
import { groupsOf, isBefore, membersOf, remember, type TreeMemory } from './process-tree.ts'
import type { TreeMembers } from './tree-members.ts'

/** One run of a server: the process that was spawned for it and all that comes from that one. */
export interface ServerTree {
  readonly serverId: ServerId
  readonly serverName: string
  readonly runId: string
  readonly leaderPid: number
}

/** A run and the processes that it had at a look. */
export interface SeenTree extends ServerTree {
  readonly members: readonly ProcessEntry[]
}

/** One look at the table of processes. */
export interface TreeLook {
  /** In milliseconds of `performance.now()`. */
  readonly at: number
  /** Every live process of the machine that can be seen. */
  readonly table: readonly ProcessEntry[]
  /** The runs that are watched. */
  readonly trees: readonly SeenTree[]
}

/** A tree that is watched, for who stops it. */
export interface WatchedTree {
  /** Looks now, into environments too, and answers what lives of the tree; nothing when it is gone. */
  readonly find: () => Promise<TreeMembers>
  /** Ends all of it that the system holds together, where it does. */
  readonly terminate: () => void
  /** The tree is gone, or given up: it is watched no longer. */
  readonly release: () => void
}

/** Who keeps a record of the trees. Told at once. */
export interface TreeObserver {
  readonly onAdd: (tree: ServerTree, leaderStart: string | null) => void
  readonly onSeen: (runId: string, memory: TreeMemory) => void
  readonly onRelease: (runId: string) => void
}

/** What a watch works with. */
export interface TreeWatchOptions {
  readonly read: () => Promise<ProcessReading>
  /** Between two looks while servers run, in milliseconds. */
  readonly beatMs: number
  /** The start of a process that was just spawned, where it can be had at once. */
  readonly startOf: (pid: number) => string | null
  readonly observer: TreeObserver
  /** Called before a process is spawned. Never rejects. */
  readonly prepare: () => Promise<void>
  /** Where orphans become children of this process. */
  readonly adoption: Adoption | null
  /** Where the system holds the processes of a tree together. */
  readonly jobs: () => JobObjects | null
  /** Told what went wrong at a look that nobody waits for; once for the same words. */
  readonly onFault: (text: string) => void
}

interface Watched {
  readonly tree: ServerTree
  readonly hasLeaderEnded: () => boolean
  memory: TreeMemory
}

/**
 * The one reader of the table of processes while servers run. It looks on a slow beat, after each spawn and when it is
 * asked, and remembers for each run what was seen in its tree, by number and start: whatever a process does later, it
 * stays the server's.
 */
export class TreeWatch {
  readonly #options: TreeWatchOptions
  readonly #watched = new Map<string, Watched>()
  readonly #listeners = new Set<(look: TreeLook) => void>()
  readonly #schedule: LookSchedule
  readonly #runIds = new WeakMap<TreeLook, Promise<ReadonlyMap<number, string>>>()
  #endChildChange: (() => void) | null = null
  #lastFault = ''
  #current: Promise<TreeLook> | null = null
  #next: Promise<TreeLook> | null = null

  constructor(options: TreeWatchOptions) {
    this.#options = options
    this.#schedule = new LookSchedule(
      options.beatMs,
      () => void this.lookAlone(),
      () => this.#watched.size > 0,
    )
  }

  /** Told of each look. The answer ends it. */
  onDidLook(listener: (look: TreeLook) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Makes all ready to own the tree of a process; before each spawn. Never rejects. */
  async prepare(): Promise<void> {
    await this.#options.prepare()
    const { adoption } = this.#options
    this.#endChildChange ??= adoption?.onChildChange(() => this.#schedule.onChildChange()) ?? null
  }

  /** Spawns the first process of a tree, by `start`, whose error it passes on. */
  spawn(start: () => ChildProcess): ChildProcess {
    return this.#options.adoption?.spawn(start) ?? start()
  }

  /**
   * Watches the tree of a process that was just spawned.
   * @param hasLeaderEnded whether the spawned process itself is known to have ended.
   */
  add(tree: ServerTree, hasLeaderEnded: () => boolean): WatchedTree {
    const { leaderPid, runId } = tree
    const leaderStart = this.#options.startOf(leaderPid)
    const memory = { leaderPid, leaderStart, hasLeaderEnded: false, seen: new Map() }
    const watched: Watched = { tree, hasLeaderEnded, memory }
    this.#watched.set(runId, watched)
    this.#options.jobs()?.contain(runId, leaderPid)
    this.#options.observer.onAdd(tree, leaderStart)
    this.#schedule.onSpawn()
    return {
      find: async () => await this.#find(watched),
      terminate: () => this.#options.jobs()?.terminate(runId),
      release: () => {
        if (!this.#watched.delete(runId)) return
        this.#options.jobs()?.release(runId)
        this.#options.observer.onRelease(runId)
      },
    }
  }

  /** Looks; one that began before the call does not count. Rejects where the table cannot be read. */
  look(): Promise<TreeLook> {
    if (this.#current === null) return this.#begin()
    this.#next ??= this.#current.then(
      () => this.#begin(),
      () => this.#begin(),
    )
    return this.#next
  }

  /** A look that nobody waits for: it comes to the listeners, and a failure is told. Never rejects. */
  async lookAlone(): Promise<void> {
    try {
      await this.look()
    } catch (error) {
      const text = `The processes of servers could not be looked at: ${String(error)}`
      if (text !== this.#lastFault) this.#options.onFault(text)
      this.#lastFault = text
    }
  }

  /** Looks no more by itself, after a last look at what has ended. Never rejects. */
  async close(): Promise<void> {
    this.#endChildChange?.()
    this.#schedule.close()
    if (this.#endChildChange !== null) await this.lookAlone()
    this.#watched.clear()
  }

  #begin(): Promise<TreeLook> {
    this.#next = null
    this.#current = this.#take().finally(() => {
      this.#current = null
    })
    return this.#current
  }

  async #take(): Promise<TreeLook> {
    // A tree that is added during the reading may be missing in it, which says nothing of its processes.
    const known = [...this.#watched]
    const reading = await this.#options.read()
    const { live } = reading
    const at = performance.now()
    this.#options.adoption?.collect(reading)
    const members = new Map<string, readonly ProcessEntry[]>()
    for (const [runId, watched] of known) {
      if (this.#watched.has(runId)) members.set(runId, this.#learn(watched, live))
    }
    for (const runId of await this.#adopt(reading, members)) {
      const watched = this.#watched.get(runId)
      if (watched !== undefined) members.set(runId, this.#learn(watched, live))
    }
    const trees = [...this.#watched.values()].flatMap(({ tree }) => {
      const seen = members.get(tree.runId)
      return seen === undefined ? [] : [{ ...tree, members: seen }]
    })
    const look = { at, table: live, trees }
    for (const listener of this.#listeners) listener(look)
    return look
  }

  /** Adds adopted processes to the trees that they come from. Answers which trees have more now. */
  async #adopt(
    reading: ProcessReading,
    members: ReadonlyMap<string, readonly ProcessEntry[]>,
  ): Promise<ReadonlySet<string>> {
    const { adoption } = this.#options
    if (adoption === null) return new Set()
    const inTrees = new Set([...members.values()].flat())
    const runs = [...this.#watched].map(([runId, { memory }]) => ({ runId, ...memory }))
    const claims = await adoption.claim(reading, (entry) => inTrees.has(entry), runs)
    for (const [entry, runId] of claims) {
      const watched = this.#watched.get(runId)
      if (watched !== undefined) watched.memory = remember(watched.memory, [entry], reading.live)
    }
    return new Set(claims.values())
  }

  async #find(watched: Watched): Promise<TreeMembers> {
    const look = await this.look()
    const { table } = look
    const runIds = await this.#runIdsOf(look)
    const carriers = table.filter(({ pid }) => runIds.get(pid) === watched.tree.runId)
    watched.memory = remember(watched.memory, carriers, table)
    const members = this.#learn(watched, table)
    return { members, groups: groupsOf(members, table) }
  }

  /** The run ids in the environments of those that are in no tree yet, read once for each look. */
  #runIdsOf(look: TreeLook): Promise<ReadonlyMap<number, string>> {
    const read = this.#runIds.get(look) ?? this.#readRunIds(look.table)
    this.#runIds.set(look, read)
    return read
  }

  async #readRunIds(table: readonly ProcessEntry[]): Promise<ReadonlyMap<number, string>> {
    const memories = [...this.#watched.values()].map(({ memory }) => memory)
    const unknown = table.filter((entry) =>
      memories.every(({ seen }) => seen.get(entry.pid) !== entry.startMark),
    )
    // Only what began after a leader can be of its tree.
    const possible = unknown.filter((entry) =>
      memories.some(({ leaderStart }) => !isBefore(entry, leaderStart)),
    )
    return await readVariable(runIdVariable, possible)
  }

  /** The members of the tree, which it remembers from now on. */
  #learn(watched: Watched, table: readonly ProcessEntry[]): readonly ProcessEntry[] {
    const inJob = new Set(this.#options.jobs()?.pidsOf(watched.tree.runId))
    const contained = table.filter(({ pid }) => inJob.has(pid))
    const memory = {
      ...remember(watched.memory, contained, table),
      hasLeaderEnded: watched.hasLeaderEnded(),
    }
    const members = membersOf(memory, table)
    watched.memory = remember(memory, members, table)
    this.#options.observer.onSeen(watched.tree.runId, watched.memory)
    return members
  }
}
