import type { ProcessEntry } from '../processes/process-entry.ts'

/** No tree of a machine is deeper; a table that was read while it changed may hold a circle. */
const maxDepth = 64

/** Who started whom, of all processes at one moment. */
export class ProcessForest {
  readonly #byPid: ReadonlyMap<number, ProcessEntry>
  readonly #children = new Map<number, ProcessEntry[]>()

  constructor(entries: readonly ProcessEntry[]) {
    this.#byPid = new Map(entries.map((entry) => [entry.pid, entry]))
    for (const entry of entries) {
      const parent = this.parent(entry)
      if (parent === null) continue
      const siblings = this.#children.get(parent.pid)
      if (siblings === undefined) this.#children.set(parent.pid, [entry])
      else siblings.push(entry)
    }
  }

  get(pid: number): ProcessEntry | null {
    return this.#byPid.get(pid) ?? null
  }

  /** Null where it is gone. A process that began later than its child is another one of that number (Windows keeps the number of a parent that ended). */
  parent(entry: ProcessEntry): ProcessEntry | null {
    const parent = this.#byPid.get(entry.parentPid)
    if (parent === undefined || parent.pid === entry.pid) return null
    return startOrder(parent.startMark) > startOrder(entry.startMark) ? null : parent
  }

  children(pid: number): readonly ProcessEntry[] {
    return this.#children.get(pid) ?? []
  }

  /** The numbers of its ancestors, the parent first. */
  ancestors(pid: number): readonly number[] {
    const found: number[] = []
    let at = this.get(pid)
    while (at !== null && found.length < maxDepth) {
      at = this.parent(at)
      if (at !== null) found.push(at.pid)
    }
    return found
  }

  /** A process and all below it, each right after its parent. */
  tree(root: ProcessEntry): readonly { readonly entry: ProcessEntry; readonly depth: number }[] {
    const found: { entry: ProcessEntry; depth: number }[] = []
    const add = (entry: ProcessEntry, depth: number) => {
      found.push({ entry, depth })
      if (depth >= maxDepth) return
      for (const child of this.children(entry.pid)) add(child, depth + 1)
    }
    add(root, 0)
    return found
  }
}

/** A number by which start marks of one system are in order: ticks or, on macOS, a date. */
export function startOrder(startMark: string): number {
  const order = /^\d+$/.test(startMark) ? Number(startMark) : Date.parse(startMark)
  return Number.isNaN(order) ? 0 : order
}
