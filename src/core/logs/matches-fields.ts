import type { LogFilter } from '../../shared/contract/logs.ts'
import type { LogLine } from '../../shared/domain/log-line.ts'

/** Whether a line fits all of a filter but its text. */
export function matchesFields(filter: Omit<LogFilter, 'text'>, line: LogLine): boolean {
  const { serverIds, sources, levels, sinceAt, untilAt } = filter
  return (
    (serverIds === null || serverIds.includes(line.serverId)) &&
    (sources === null || sources.includes(line.source)) &&
    (levels === null || levels.includes(line.level)) &&
    (sinceAt === null || line.at >= sinceAt) &&
    (untilAt === null || line.at < untilAt)
  )
}
