import type {
  MachineServer,
  MachineSnapshot,
  ReapResult,
  ReapTarget,
} from '../../shared/domain/machine.ts'
import { readProcessTable } from '../processes/process-table.ts'
import { type EndMeans, endShown } from './end-shown.ts'
import type { MachineReader } from './machine-reader.ts'

/** How often the machine is looked at while somebody watches, in milliseconds. */
const lookEveryMs = 3_000

const systemMeans: EndMeans = {
  read: readProcessTable,
  // Windows has no SIGTERM: a server without a window would not notice, and the wait would be for nothing.
  termMs: process.platform === 'win32' ? 0 : 3_000,
  killMs: 5_000,
}

/** One who watches the machine. */
export interface MachineWatcher {
  readonly push: (snapshot: MachineSnapshot) => void
  /** Told once where a look fails; nothing more comes then. */
  readonly end: (error: unknown) => void
}

/** The MCP servers of this machine, whoever started them: shown, and ended where a person asks for it. */
export class MachineView {
  readonly #reader: Pick<MachineReader, 'look'>
  readonly #watchers = new Set<MachineWatcher>()
  readonly #log: (text: string, data: object) => void
  readonly #means: EndMeans
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<MachineSnapshot> | null = null

  /** @param log told of each process that a person had ended. */
  constructor(
    reader: Pick<MachineReader, 'look'>,
    log: (text: string, data: object) => void,
    means: EndMeans = systemMeans,
  ) {
    this.#reader = reader
    this.#log = log
    this.#means = means
  }

  /** One look; several that ask at once share it. */
  async list(): Promise<MachineSnapshot> {
    this.#looking ??= this.#reader.look().finally(() => {
      this.#looking = null
    })
    return await this.#looking
  }

  /** A look now and every 3 s, until the answer is called. Nobody watches: nothing is looked at. */
  watch(watcher: MachineWatcher): () => void {
    this.#watchers.add(watcher)
    // One who comes later starts the rhythm anew, and so has something at once.
    this.#lookAgainIn(0)
    return () => {
      this.#watchers.delete(watcher)
      if (this.#watchers.size === 0) clearTimeout(this.#timer)
    }
  }

  /**
   * Ends servers with all their processes. Each has to be what was seen, by number, start, command line and evidence; of
   * several at once those are refused whose only evidence is a name, and always those that must not be ended from here.
   */
  async reap(targets: readonly ReapTarget[]): Promise<ReapResult[]> {
    // Nothing that was seen before now counts.
    await this.#looking
    const { servers } = await this.list()
    const alive = new Set(
      (await this.#means.read()).map(({ pid, startMark }) => `${pid} ${startMark}`),
    )
    const unique = targets.filter(
      (target, at) => targets.findIndex((one) => one.pid === target.pid) === at,
    )
    const means = { ...this.#means, read: readTogether(this.#means.read) }
    const results = await Promise.all(
      unique.map(async (target) => {
        const server = servers.find(
          (one) => one.pid === target.pid && one.startMark === target.startMark,
        )
        const isAlive = alive.has(`${target.pid} ${target.startMark}`)
        return await this.#end(target, isAlive, server, unique.length === 1, means)
      }),
    )
    // Whoever watches sees at once what became of it.
    if (this.#watchers.size > 0) this.#lookAgainIn(0)
    return results
  }

  async #end(
    { pid, startMark, seen }: ReapTarget,
    isAlive: boolean,
    server: MachineServer | undefined,
    isAlone: boolean,
    means: EndMeans,
  ): Promise<ReapResult> {
    const nothing = { pid, startMark, ended: 0, memoryBytes: 0 }
    if (!isAlive) return { ...nothing, outcome: 'gone' }
    if (server === undefined || server.seen !== seen) return { ...nothing, outcome: 'changed' }
    if (server.reap === 'never' || (server.reap === 'single' && !isAlone)) {
      return { ...nothing, outcome: 'refused' }
    }
    const { outcome, ended } = await endShown(server.tree, means)
    const pids = server.tree.map((one) => one.pid)
    const evidence = server.evidence.map(({ kind }) => kind)
    this.#log('A person had processes ended.', { pids, evidence, outcome })
    const isDone = outcome === 'ended' || outcome === 'killed'
    return { pid, startMark, outcome, ended, memoryBytes: isDone ? server.memoryBytes : 0 }
  }

  #lookAgainIn(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#lookForWatchers(), ms)
  }

  async #lookForWatchers(): Promise<void> {
    try {
      const snapshot = await this.list()
      for (const { push } of this.#watchers) push(snapshot)
    } catch (error) {
      for (const { end } of this.#watchers) end(error)
      this.#watchers.clear()
      return
    }
    // A look that took long has left; one that a watcher began meanwhile has its own.
    if (this.#watchers.size > 0) this.#lookAgainIn(lookEveryMs)
  }
}

/** Those who ask in the same turn share one reading, which begins after they asked: many are ended by one look for each round. */
function readTogether(read: EndMeans['read']): EndMeans['read'] {
  let next: ReturnType<typeof read> | null = null
  return () => {
    next ??= new Promise<void>((resolve) => void setImmediate(resolve)).then(() => {
      next = null
      return read()
    })
    return next
  }
}
