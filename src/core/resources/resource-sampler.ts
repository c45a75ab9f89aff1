import type { ResourcesEvent } from '../../shared/contract/resources.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { ResourceSample } from '../../shared/domain/resources.ts'
import type { ProcessEntry } from '../processes/process-table.ts'
import { ResourceHistory } from './resource-history.ts'
import { cpuMsBetween, memoryOf } from './tree-usage.ts'

/** When the processes are looked at. All times in milliseconds. */
export interface LookTiming {
  /** Between two looks while somebody watches. Never less: processor time is counted in steps of 10 ms. */
  readonly watchedMs: number
  /** Between two looks otherwise: for the history and for limits. */
  readonly restMs: number
}

/** One look at the processes of this program: those of each server that has any, and its own. */
export interface TreeLook {
  readonly trees: ReadonlyMap<ServerId, readonly ProcessEntry[]>
  readonly own: readonly ProcessEntry[]
}

/** What is measured: a server's whole tree, or this program itself (null). */
type Subject = ServerId | null

/** What the sampler needs of its surroundings. */
export interface SamplerServices {
  readonly look: () => Promise<TreeLook>
  readonly timing: LookTiming
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Told when a look fails, once until one succeeds again. */
  readonly onFault: (error: unknown) => void
}

/**
 * Measures what each server's tree of processes and this program take. It looks more often while somebody watches, and not
 * at all while no server has a process and nobody watches.
 */
export class ResourceSampler {
  readonly #services: SamplerServices
  readonly #listeners = new Set<(event: ResourcesEvent) => void>()
  readonly #histories = new Map<Subject, ResourceHistory>()
  readonly #latest = new Map<Subject, ResourceSample>()
  #watchers = 0
  #hasServers = false
  #isClosed = false
  #isLooking = false
  #hasFailed = false
  #timer: NodeJS.Timeout | undefined
  /** The look before; null where the time since then would mean nothing. By `performance.now()`. */
  #last: {
    readonly at: number
    readonly members: ReadonlyMap<Subject, readonly ProcessEntry[]>
  } | null = null

  constructor(services: SamplerServices) {
    this.#services = services
  }

  /** Says whether any server has processes now. The first one is looked at as it begins. */
  setHasServers(hasServers: boolean): void {
    if (hasServers === this.#hasServers) return
    this.#hasServers = hasServers
    if (hasServers) this.#lookAgain(0)
  }

  /** The newest sample of each server that runs. */
  latest(): readonly { readonly serverId: ServerId; readonly sample: ResourceSample }[] {
    return [...this.#latest].flatMap(([serverId, sample]) =>
      serverId === null ? [] : [{ serverId, sample }],
    )
  }

  /** Told of each sample, without making them come more often. The answer ends it. */
  onDidSample(listener: (event: ResourcesEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The histories and the newest samples, then each later one, often. The answer ends it. */
  watch(listener: (event: ResourcesEvent) => void): () => void {
    for (const [serverId, { points }] of this.#histories) {
      listener({ type: 'history', serverId, points: [...points] })
    }
    for (const [serverId, sample] of this.#latest) {
      const point = this.#histories.get(serverId)?.points.at(-1)
      if (point !== undefined) listener({ type: 'sample', serverId, sample, point })
    }
    listener({ type: 'ready' })
    const stop = this.onDidSample(listener)
    this.#watchers += 1
    if (this.#watchers === 1) this.#lookAgain(this.#restOf(this.#services.timing.watchedMs))
    return () => {
      stop()
      this.#watchers -= 1
    }
  }

  /** Forgets a server that was removed. */
  forget(serverId: ServerId): void {
    this.#histories.delete(serverId)
    this.#latest.delete(serverId)
  }

  /** Ends the measuring. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#listeners.clear()
  }

  #lookAgain(inMs: number): void {
    // A look under way plans the next one itself.
    if (this.#isClosed || this.#isLooking) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#look(), inMs)
    // A host that ends does not wait for it.
    this.#timer.unref()
  }

  async #look(): Promise<void> {
    this.#isLooking = true
    try {
      const look = await this.#services.look()
      if (!this.#isClosed) this.#take(look, performance.now())
      this.#hasFailed = false
    } catch (error) {
      if (!this.#hasFailed) this.#services.onFault(error)
      this.#hasFailed = true
    } finally {
      this.#isLooking = false
    }
    const isNeeded = this.#hasServers || this.#watchers > 0
    const { watchedMs, restMs } = this.#services.timing
    if (isNeeded) this.#lookAgain(this.#watchers > 0 ? watchedMs : restMs)
    else this.#last = null
  }

  /** What is left of a time that began with the last look; none where there was no look. */
  #restOf(ms: number): number {
    return this.#last === null ? 0 : Math.max(0, this.#last.at + ms - performance.now())
  }

  #take({ trees, own }: TreeLook, at: number): void {
    const members = new Map<Subject, readonly ProcessEntry[]>([...trees, [null, own]])
    const last = this.#last
    this.#last = { at, members }
    for (const serverId of this.#latest.keys()) {
      if (members.has(serverId)) continue
      this.#latest.delete(serverId)
      this.#tell({ type: 'ended', serverId })
    }
    if (last === null || at <= last.at) return
    for (const [serverId, entries] of members) {
      const cpuMs = cpuMsBetween(last.members.get(serverId) ?? [], entries)
      const sample = {
        at: this.#services.now(),
        cpuPercent: (100 * cpuMs) / (at - last.at),
        memoryBytes: memoryOf(entries),
        processes: entries.length,
      }
      const history = this.#histories.get(serverId) ?? new ResourceHistory()
      this.#histories.set(serverId, history)
      this.#latest.set(serverId, sample)
      this.#tell({ type: 'sample', serverId, sample, point: history.add(sample) })
    }
  }

  #tell(event: ResourcesEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
