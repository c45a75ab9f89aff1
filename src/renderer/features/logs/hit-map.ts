import type { HitRange } from './mark-spans.ts'

/** The rows that a search hit, by id; a new one after each change. */
export interface HitMap {
  /** Where it hit in a row's text, in order; empty where it did not. */
  readonly rangesOf: (id: number) => readonly HitRange[]
  /** How many rows. */
  readonly count: number
  /** Which hit a row is, from 0; the first one after it where it is none. */
  readonly indexOf: (id: number) => number
  /** The row of a hit. */
  readonly at: (index: number) => number | undefined
}
