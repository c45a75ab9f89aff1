import type { LogText } from '../../../shared/contract/logs.ts'

/** What the page asks its matcher: to find a pattern in rows, whose ids count up from `firstId`. Both ends are one build, so it is not checked. */
export interface MatchRequest {
  readonly search: LogText
  readonly firstId: number
  readonly texts: readonly string[]
}

/** What it answers: the rows that were hit, with where, as start and end in the text as it is shown. Null once, when it is ready. */
export type MatchReply = {
  readonly row: number
  readonly ranges: (readonly [start: number, end: number])[]
}[]
