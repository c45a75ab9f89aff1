import { followLog } from '../../../core/logs/follow-log.ts'
import type { LogLine } from '../../../shared/domain/log-line.ts'
import { type Implementer, type Routes, withErrors } from '../implementer.ts'
import type { RouterOptions } from '../router-options.ts'
import { DroppingQueue } from '../stream-queue.ts'

/** Lines that wait for a slow reader of a log at most. */
const logQueueLines = 20_000

/** What servers print, and what was done with them. */
export function logsRoutes(os: Implementer, options: RouterOptions): Routes<'logs'> {
  const { core, streams } = options
  return {
    query: os.logs.query.handler(async ({ input }) => await core.logs.query(input)),
    volume: os.logs.volume.handler(async ({ input }) => await core.logs.volume(input)),
    follow: os.logs.follow.handler(({ input, signal, errors }) =>
      withErrors(
        streams.open<LogLine>(
          (sink) => followLog(core.logs, input, sink),
          new DroppingQueue(logQueueLines),
          signal,
        ),
        options.onBug,
        (data) => errors.APP_ERROR({ data }),
      ),
    ),
  }
}
