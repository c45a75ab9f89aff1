import type { LogLine } from '../../../shared/domain/log-line.ts'
import { plainText } from '../../../shared/lib/plain-text.ts'

/** A line as plain text, as it is copied and exported: time with its zone, level, server, kind, text. Pure. */
export function lineText(line: LogLine, serverName: string): string {
  const mark =
    line.protocol === null ? line.source : line.protocol.direction === 'sent' ? '->' : '<-'
  return `${new Date(line.at).toISOString()} ${line.level.padEnd(5)} ${serverName} ${mark} ${plainText(line.text)}`
}
