import type { ResourcesEvent } from '../../shared/contract/resources.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { ResourceSample } from '../../shared/domain/resources.ts'
import type { ProcessEntry } from '../processes/process-entry.ts'
import { ResourceHistory } from './resource-history.ts'
import { cpuMsBetween, memoryOf } from './tree-usage.ts'

/** The longest time between two looks of which something is told, as parts of the beat: more is a sleep, or nothing ran. */
const longestGap = 8
/** The shortest one: processor time is counted in steps of 10 ms, and looks come in bursts when servers start and stop. */
const shortestGap = 0.75

/** The processes of this program at one look. */
export interface MemberLook {
  /** In milliseconds of `performance.now()`. */
  readonly at: number
  readonly ofServers: ReadonlyMap<ServerId, readonly ProcessEntry[]>
  /** Of this program itself. */
  readonly own: readonly ProcessEntry[]
}

/** What is measured: a server's whole tree, or this program itself (null). */
type Subject = ServerId | null

/** What the sampler needs of its surroundings. */
export interface SamplerServices {
  /** Asks for a look, which comes back as `take`; a failure is told elsewhere. */
  readonly look: () => void
  /** Between two looks, in milliseconds. */
  readonly beatMs: number
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/**
 * Measures what each server's tree of processes and this program take, at looks that somebody else makes while servers run.
 * It asks for looks itself only where somebody watches and none comes.
 */
export class ResourceSampler {
  readonly #services: SamplerServices
  readonly #listeners = new Set<(event: ResourcesEvent) => void>()
  readonly #histories = new Map<Subject, ResourceHistory>()
  readonly #latest = new Map<Subject, ResourceSample>()
  #watchers = 0
  #timer: NodeJS.Timeout | undefined
  #last: { readonly at: number; readonly members: Members } | null = null

  constructor(services: SamplerServices) {
    this.#services = services
  }

  /** The newest sample of each server that runs. */
  latest(): readonly { readonly serverId: ServerId; readonly sample: ResourceSample }[] {
    return [...this.#latest].flatMap(([serverId, sample]) =>
      serverId === null ? [] : [{ serverId, sample }],
    )
  }

  /** Told of each sample and each end. The answer ends it. */
  onDidSample(listener: (event: ResourcesEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The histories and the newest samples, then each later one, also while no server runs. The answer ends it. */
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
    this.#timer ??= setInterval(() => this.#lookIfNoneCame(), this.#services.beatMs).unref()
    this.#lookIfNoneCame()
    return () => {
      stop()
      this.#watchers -= 1
      if (this.#watchers > 0) return
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }

  /** Takes a look in. One that comes too soon after the last one is left out. */
  take({ at, ofServers, own }: MemberLook): void {
    const { beatMs, now } = this.#services
    const last = this.#last
    if (last !== null && at - last.at < shortestGap * beatMs) return
    const members: Members = new Map([...ofServers, [null, own]])
    this.#last = { at, members }
    for (const serverId of this.#latest.keys()) {
      if (members.has(serverId)) continue
      this.#latest.delete(serverId)
      this.#tell({ type: 'ended', serverId })
    }
    if (last === null || at - last.at > longestGap * beatMs) return
    for (const [serverId, entries] of members) {
      const cpuMs = cpuMsBetween(last.members.get(serverId) ?? [], entries)
      const sample = {
        at: now(),
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

  /** Forgets a server that was removed. */
  forget(serverId: ServerId): void {
    this.#histories.delete(serverId)
    if (this.#latest.delete(serverId)) this.#tell({ type: 'ended', serverId })
  }

  /** Tells nobody any more. */
  close(): void {
    clearInterval(this.#timer)
    this.#listeners.clear()
  }

  #lookIfNoneCame(): void {
    const { look, beatMs } = this.#services
    if (this.#last === null || performance.now() - this.#last.at >= beatMs) look()
  }

  #tell(event: ResourcesEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}

type Members = ReadonlyMap<Subject, readonly ProcessEntry[]>
