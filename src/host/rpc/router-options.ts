import type { Core } from '../../core/create-core.ts'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import type { OnBug } from './implementer.ts'
import type { StreamSender } from './stream-sender.ts'

/** What the router needs beside the core. */
export interface RouterOptions {
  readonly core: Core
  /** Every open stream of the host. */
  readonly streams: StreamSender
  /** Whether the switch acts at once. False for a command that runs without a host: it only changes what is stored. */
  readonly followsSwitch: boolean
  /** Begins the shutdown of the host; resolves when it has begun. */
  readonly shutdown: () => void
  /** The door's address; null where there is none. */
  readonly endpoint: string | null
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number
  readonly onBug: OnBug
  readonly hostNotices: readonly ErrorInfo[]
}
