import { formatMomentToken } from '../logs/parse-moment.ts'
import { logsQueryOf } from '../servers/logs-query.ts'

/** How much of the log is shown before and after a moment, in milliseconds. */
const aroundMs = 15_000

/** The query of the Logs page for what a server wrote around a moment. Pure. */
export function logsQueryAt(name: string, at: number, now: number): string {
  const moment = (of: number) => formatMomentToken(Math.round(of / 1_000) * 1_000, now)
  return `${logsQueryOf(name)} since:${moment(at - aroundMs)} before:${moment(at + aroundMs)}`
}
