import { isRecord } from '../../shared/lib/json.ts'

/** One line of a JSON value as it is shown. */
export type JsonRow = {
  /** Where it is in the value, as a JSON Pointer (RFC 6901); unique together with `kind`. */
  readonly path: string
  /** 0 for the outermost. */
  readonly depth: number
  /** The name of the member it is the value of, with quotes; none in an array and outermost. */
  readonly name: string | null
} & (
  | {
      /** A string, number, boolean or null. */
      readonly kind: 'value'
      readonly type: 'string' | 'number' | 'word'
      readonly text: string
      /** Characters left out at the end of a long string; opening its path shows them. */
      readonly hidden: number
      readonly comma: boolean
    }
  | { readonly kind: 'open'; readonly bracket: '{' | '['; readonly size: number }
  | {
      /** A container that is closed, or empty (size 0). */
      readonly kind: 'closed'
      readonly bracket: '{' | '['
      readonly size: number
      readonly comma: boolean
    }
  | { readonly kind: 'end'; readonly bracket: '}' | ']'; readonly comma: boolean }
  | {
      /** Members that are not listed yet. */
      readonly kind: 'more'
      readonly hidden: number
    }
)

/** What is open and how much of it is listed. */
export interface JsonRowsOptions {
  /** Whether the container or long string at a path is open. */
  readonly isOpen: (path: string, depth: number) => boolean
  /** How many members of the container at a path are listed. */
  readonly shown: (path: string) => number
}

/** How much of a long string is shown before it is opened. */
const longString = 2_000

/** The lines of a JSON value that are to be shown now. What is closed is not walked, so a large value costs what one sees of it. */
export function jsonRows(value: unknown, options: JsonRowsOptions): JsonRow[] {
  const rows: JsonRow[] = []
  add(rows, value, { path: '', depth: 0, name: null, comma: false }, options)
  return rows
}

interface Place {
  readonly path: string
  readonly depth: number
  readonly name: string | null
  readonly comma: boolean
}

function add(rows: JsonRow[], value: unknown, place: Place, options: JsonRowsOptions): void {
  const list: readonly unknown[] | null = Array.isArray(value) ? value : null
  if (list === null && !isRecord(value)) {
    rows.push({ kind: 'value', ...place, ...textOf(value, place, options) })
    return
  }
  const { path, depth, name, comma } = place
  const members = list ?? Object.values(isRecord(value) ? value : {})
  const keys = list === null && isRecord(value) ? Object.keys(value) : null
  const size = members.length
  const bracket = keys === null ? '[' : '{'
  if (size === 0 || !options.isOpen(path, depth)) {
    rows.push({ kind: 'closed', path, depth, name, bracket, size, comma })
    return
  }
  rows.push({ kind: 'open', path, depth, name, bracket, size })
  const shown = Math.min(size, Math.max(1, options.shown(path)))
  for (let index = 0; index < shown; index += 1) {
    const key = keys === null ? String(index) : (keys[index] ?? '')
    add(
      rows,
      members[index],
      {
        path: `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        depth: depth + 1,
        name: keys === null ? null : JSON.stringify(key),
        comma: index < size - 1,
      },
      options,
    )
  }
  if (shown < size)
    rows.push({ kind: 'more', path, depth: depth + 1, name: null, hidden: size - shown })
  rows.push({ kind: 'end', path, depth, name: null, bracket: keys === null ? ']' : '}', comma })
}

function textOf(
  value: unknown,
  place: Place,
  options: JsonRowsOptions,
): { type: 'string' | 'number' | 'word'; text: string; hidden: number } {
  if (typeof value === 'string') {
    const isLong = value.length > longString
    if (isLong && !options.isOpen(place.path, Number.POSITIVE_INFINITY)) {
      const head = value.slice(0, longString)
      return { type: 'string', text: JSON.stringify(head), hidden: value.length - head.length }
    }
    return { type: 'string', text: JSON.stringify(value), hidden: 0 }
  }
  // What JSON cannot carry (undefined) is shown as null, as JSON.stringify does in an array.
  const text = JSON.stringify(value) ?? 'null'
  return { type: typeof value === 'number' ? 'number' : 'word', text, hidden: 0 }
}
