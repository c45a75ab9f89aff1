import { defaultSupervision, type Supervision } from '../../shared/domain/supervision.ts'

const restarts = {
  always: 'whenever it ends',
  'on-failure': 'when it failed',
  never: 'never',
} as const satisfies Record<Supervision['restart'], string>

/** How a server is kept up, name and text, as far as it differs from what all servers have in common. */
export function supervisionPairs({
  restart,
  start,
  idleStopMs,
  stopGrace,
  limits,
}: Supervision): readonly [string, string][] {
  const pairs: [string, string][] = []
  if (start !== defaultSupervision.start) pairs.push(['Starts', 'at its first use'])
  if (restart !== defaultSupervision.restart) pairs.push(['Restarts', restarts[restart]])
  if (idleStopMs !== null) pairs.push(['Stops', `when unused for ${idleStopMs / 1_000} s`])
  if (stopGrace.stdinMs !== null || stopGrace.termMs !== null) {
    pairs.push(['Time to end', `${seconds(stopGrace.stdinMs)}, then ${seconds(stopGrace.termMs)}`])
  }
  const then = limits.onExceeded === 'restart' ? ', then restarted' : ''
  if (limits.memoryBytes !== null) {
    pairs.push(['Ceiling', `${limits.memoryBytes / 1e6} MB of memory${then}`])
  }
  if (limits.cpuPercent !== null) {
    pairs.push(['Ceiling', `${limits.cpuPercent} % of a core${then}`])
  }
  return pairs
}

function seconds(ms: number | null): string {
  return ms === null ? 'the default' : `${ms / 1_000} s`
}
