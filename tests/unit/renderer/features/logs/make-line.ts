import { serverIdSchema } from '../../../../../src/shared/domain/ids.ts'
import type { LogLine } from '../../../../../src/shared/domain/log-line.ts'

/** A server's id for tests. */
export const serverId = serverIdSchema.parse('srv_0000000000000001')

/** A line for tests: what is not given is ordinary. */
export function makeLine(given: Partial<LogLine>): LogLine {
  return {
    serverId,
    seq: 1,
    at: 1_000,
    source: 'stderr',
    level: 'info',
    text: 'text',
    protocol: null,
    ...given,
  }
}
