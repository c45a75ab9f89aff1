import type { LogLine } from '../../../shared/domain/log-line.ts'
import type { LogFeed } from './log-feed.ts'
import type { HitRange } from './mark-spans.ts'

/** What the details of a row take. */
export interface RowDetailProps {
  readonly feed: LogFeed
  readonly id: number
  readonly line: LogLine
  readonly serverName: string
  readonly ranges: readonly HitRange[]
  /** The literal text that is searched for; empty: none. */
  readonly search: string
  readonly onClose: () => void
  /** How high it has become, in px. */
  readonly onHeight: (id: number, height: number) => void
}
