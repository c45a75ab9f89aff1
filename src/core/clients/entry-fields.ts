import { maxTimeoutMs } from '../../shared/domain/server-definition.ts'
import type { JsonValue } from '../../shared/lib/json.ts'
import {
  effectiveEntries,
  isNull,
  type Position,
  type SyntaxEntry,
  type SyntaxNode,
  type SyntaxObject,
  toJson,
} from './syntax/syntax-tree.ts'

/** The fields of one server's entry. Remembers which were used, so that the others can be kept as they are. */
export class EntryFields {
  readonly at: Position | null
  readonly #entries: Map<string, SyntaxEntry>
  readonly #used = new Set<string>()

  constructor(node: SyntaxObject) {
    this.at = node.at
    this.#entries = new Map(effectiveEntries(node).map((entry) => [entry.key, entry]))
  }

  /** The value of a field without using it; undefined when it is missing or null. */
  peek(key: string): SyntaxNode | undefined {
    const value = this.#entries.get(key)?.value
    return isNull(value) ? undefined : value
  }

  /** Where a field stands. */
  positionOf(key: string): Position | null {
    return this.#entries.get(key)?.at ?? this.at
  }

  /** Marks a field as used: it will not be among the rest. */
  use(key: string): void {
    this.#used.add(key)
  }

  /** The text of a field that holds a string, which is then used; undefined otherwise. */
  takeString(key: string): string | undefined {
    const value = this.peek(key)
    if (value?.kind !== 'scalar' || typeof value.value !== 'string') return undefined
    this.use(key)
    return value.value
  }

  /** The value of a field that holds a boolean, which is then used; undefined otherwise. */
  takeBoolean(key: string): boolean | undefined {
    const value = this.peek(key)
    if (value?.kind !== 'scalar' || typeof value.value !== 'boolean') return undefined
    this.use(key)
    return value.value
  }

  /** The strings of a field that holds a list of nothing else, which is then used; undefined otherwise. */
  takeStrings(key: string): string[] | undefined {
    const value = this.peek(key)
    if (value?.kind !== 'array') return undefined
    const strings = value.items.flatMap((item) =>
      item.kind === 'scalar' && typeof item.value === 'string' ? item.value : [],
    )
    if (strings.length !== value.items.length) return undefined
    this.use(key)
    return strings
  }

  /**
   * A duration in milliseconds from a field that counts in units of `unitMs`; undefined, and unused, unless it is a number
   * that comes to at least one millisecond. What is longer than a timer can wait becomes the longest that it can.
   */
  takeDurationMs(key: string, unitMs: number): number | undefined {
    const value = this.peek(key)
    if (value?.kind !== 'scalar' || typeof value.value !== 'number') return undefined
    const durationMs = Math.round(value.value * unitMs)
    if (!Number.isSafeInteger(durationMs) || durationMs < 1) return undefined
    this.use(key)
    return Math.min(durationMs, maxTimeoutMs)
  }

  /** The fields that were not used. */
  unused(): SyntaxEntry[] {
    return [...this.#entries.values()].filter(({ key }) => !this.#used.has(key))
  }

  /** What was not used, as JSON. A null stays a null. */
  rest(): Record<string, JsonValue> {
    return Object.fromEntries(this.unused().map(({ key, value }) => [key, toJson(value)]))
  }
}
