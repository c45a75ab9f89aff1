import type { ChildProcess } from 'node:child_process'
import { readVariable, runIdVariable } from '../marks.ts'
import type { ProcessEntry, ProcessReading, Zombie } from '../process-entry.ts'
import { sendSignal } from '../send-signal.ts'
import { originsOf, type PossibleOrigin } from './claim-stray.ts'
import { addDescentTag, dropOwnDescentTag, hasDescentTag } from './descent-tag.ts'
import { keyOf, openSubreaper, type Subreaper } from './subreaper.ts'

const isElectron = process.versions['electron'] !== undefined

/**
 * Makes this process the parent of what its servers orphan, finds out whose each of these is, and collects it when it has
 * ended. Children that Node or Chromium started are never touched. Linux only.
 */
export class Adoption {
  readonly #onFault: (text: string) => void
  /** Null until it is open, and where the system does not let this process adopt any. */
  #subreaper: Subreaper | null = null
  /** Adopted for certain. */
  #adopted: ReadonlySet<string> = new Set()
  /** What had another parent at the last look. */
  #elsewhere: ReadonlySet<string> = new Set()
  /** Of each child that no tree has: the runs of which one must be its origin, or null for none of them. */
  #origins: ReadonlyMap<string, readonly string[] | null> = new Map()

  /** @param onFault told where orphans cannot be adopted; all else works on. */
  constructor(onFault: (text: string) => void) {
    this.#onFault = onFault
  }

  /** Begins to adopt; before the first server is spawned. Never rejects. */
  async open(): Promise<void> {
    if (this.#subreaper !== null) return
    try {
      this.#subreaper = await openSubreaper()
    } catch (error) {
      this.#onFault(`Orphans of servers cannot be adopted: ${String(error)}`)
    }
  }

  /** Calls back when a child has ended or stopped. The answer ends it. */
  onChildChange(listener: () => void): () => void {
    process.on('SIGCHLD', listener)
    return () => void process.off('SIGCHLD', listener)
  }

  /**
   * Spawns a server's process so that whatever comes from it can be told from what comes from elsewhere. The tag is this
   * process's own for as long as the spawn takes. Chromium may start something from another thread just then, so in Electron
   * the child gets it right after its start, and what it forked before that does not have it.
   */
  spawn(start: () => ChildProcess): ChildProcess {
    if (isElectron) {
      const child = start()
      if (child.pid !== undefined) addDescentTag(child.pid)
      return child
    }
    addDescentTag('self')
    try {
      return start()
    } finally {
      dropOwnDescentTag()
    }
  }

  /**
   * Finds the adopted processes of a reading that no tree has yet.
   * @returns the run of each process that is known by now to belong to one.
   */
  async claim(
    { live }: ProcessReading,
    isMember: (entry: ProcessEntry) => boolean,
    runs: readonly PossibleOrigin[],
  ): Promise<ReadonlyMap<ProcessEntry, string>> {
    const children = live.filter((entry) => this.#mayBeAdopted(entry))
    this.#noteParents(live, children)
    const strays = children.filter((entry) => !isMember(entry))
    const fresh = strays.filter((entry) => !this.#origins.has(keyOf(entry)))
    const runIds = await readVariable(runIdVariable, fresh)
    const judged = fresh.map((entry): [string, readonly string[] | null] => {
      const evidence = { runId: runIds.get(entry.pid), hasTag: hasDescentTag(entry.pid) }
      return [keyOf(entry), originsOf(entry, evidence, runs)]
    })
    const all = new Map([...this.#origins, ...judged])
    this.#origins = new Map(strays.map((entry) => [keyOf(entry), all.get(keyOf(entry)) ?? null]))
    return this.#settle(strays, runs)
  }

  /** Collects the adopted among those that have ended. */
  collect({ zombies }: ProcessReading): void {
    for (const zombie of zombies) {
      if (this.#mayBeAdopted(zombie) && this.#isAdopted(zombie)) this.#subreaper?.collect(zombie)
    }
  }

  #mayBeAdopted(child: Zombie): boolean {
    return child.parentPid === process.pid && this.#subreaper?.isAwaited(child) === false
  }

  /** Plain Node has no other children than those that it started; in Electron only who had another parent was adopted. */
  #isAdopted(child: Zombie): boolean {
    return !isElectron || this.#adopted.has(keyOf(child))
  }

  #noteParents(live: readonly ProcessEntry[], children: readonly ProcessEntry[]): void {
    const keys = children.map(keyOf)
    const isAdopted = (key: string) =>
      this.#adopted.has(key) ||
      this.#elsewhere.has(key) ||
      (this.#origins.get(key) ?? null) !== null
    this.#adopted = new Set(keys.filter(isAdopted))
    this.#elsewhere = new Set(live.filter(({ parentPid }) => parentPid !== process.pid).map(keyOf))
  }

  /** Gives each that can only be one run's to that one, and ends those whose runs are over. */
  #settle(
    strays: readonly ProcessEntry[],
    runs: readonly PossibleOrigin[],
  ): ReadonlyMap<ProcessEntry, string> {
    const claims = new Map<ProcessEntry, string>()
    for (const entry of strays) {
      const origins = this.#origins.get(keyOf(entry)) ?? null
      if (origins === null) continue
      const [first, ...others] = runs.filter(({ runId }) => origins.includes(runId))
      if (first === undefined) sendSignal(entry.pid, 'SIGKILL')
      else if (others.length === 0) claims.set(entry, first.runId)
    }
    return claims
  }
}
