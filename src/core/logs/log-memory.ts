import type { LogFilter, LogPosition } from '../../shared/contract/logs.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { LogLine } from '../../shared/domain/log-line.ts'
import { LogRing, type OrderedLine } from './log-ring.ts'
import { matchesFields } from './matches-fields.ts'

/** How much all servers together keep in memory, in bytes or so: a heap of 1 GB must hold it, whatever they print. */
const memoryBytes = 256 * 1024 * 1024

/** The newest lines of every server, in the order in which they were appended over all of them. */
export class LogMemory {
  readonly #rings = new Map<ServerId, LogRing>()
  readonly #maxBytes: number
  #appended = 0
  #bytes = 0

  /** @param maxBytes bound of what all servers together keep. */
  constructor(maxBytes = memoryBytes) {
    this.#maxBytes = maxBytes
  }

  /** How many lines were ever appended. */
  get appended(): number {
    return this.#appended
  }

  /**
   * Keeps a line; the oldest ones of its server go when there is no room (see LogRing), or those of the server that keeps most
   * when all together keep too much: who prints little loses nothing to who prints much.
   */
  push(line: LogLine): void {
    let ring = this.#rings.get(line.serverId)
    if (ring === undefined) {
      ring = new LogRing()
      this.#rings.set(line.serverId, ring)
    }
    this.#appended += 1
    const before = ring.bytes
    ring.push({ order: this.#appended, line })
    this.#bytes += ring.bytes - before
    while (this.#bytes > this.#maxBytes) {
      const largest = [...this.#rings.values()].reduce((one, other) =>
        other.bytes > one.bytes ? other : one,
      )
      this.#bytes -= largest.bytes
      largest.dropOldest()
      this.#bytes += largest.bytes
    }
  }

  /** The newest `last` lines of one server or (null) of all, oldest first. */
  tail(serverId: ServerId | null, last: number): LogLine[] {
    const rings = serverId === null ? [...this.#rings.values()] : this.#ringsOf([serverId])
    const lines = inOrder(rings.flatMap((ring) => ring.toArray(last)))
    return lines.slice(Math.max(0, lines.length - last))
  }

  /** The lines of one server with a sequence number above `seq`, oldest first. */
  since(serverId: ServerId, seq: number): LogLine[] {
    return inOrder(this.#rings.get(serverId)?.after(seq) ?? [])
  }

  /** The lines that fit all of the filter but its text, oldest first: only those appended before `before`; none where that is no longer here. */
  select(filter: LogFilter, before: LogPosition | null): LogLine[] {
    const end = before === null ? Number.POSITIVE_INFINITY : this.#orderOf(before)
    const rings =
      filter.serverIds === null ? [...this.#rings.values()] : this.#ringsOf(filter.serverIds)
    const found = rings.flatMap((ring) =>
      ring.toArray().filter(({ order, line }) => order < end && matchesFields(filter, line)),
    )
    return inOrder(found)
  }

  #ringsOf(serverIds: readonly ServerId[]): LogRing[] {
    return [...new Set(serverIds)].flatMap((id) => this.#rings.get(id) ?? [])
  }

  /** 0, below every line's, where the line is not here. */
  #orderOf({ serverId, seq }: LogPosition): number {
    const found = this.#rings.get(serverId)?.after(seq - 1)[0]
    return found?.line.seq === seq ? found.order : 0
  }
}

function inOrder(items: readonly OrderedLine[]): LogLine[] {
  return items.toSorted((a, b) => a.order - b.order).map((item) => item.line)
}
