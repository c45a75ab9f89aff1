import type { LogLine } from '../../../shared/domain/log-line.ts'
import { isGap, type LineBuffer } from './line-buffer.ts'

/** What tells a line from every other one. With the time, because a host that was killed may give a number again. */
export function lineKey({ serverId, seq, at }: LogLine): string {
  return `${serverId} ${seq} ${at}`
}

/** The keys of the newest `count` rows that are lines. */
export function newestKeys(buffer: LineBuffer, count: number): Set<string> {
  const keys = new Set<string>()
  for (let id = Math.max(buffer.firstId, buffer.endId - count); id < buffer.endId; id += 1) {
    const row = buffer.get(id)
    if (row !== undefined && !isGap(row)) keys.add(lineKey(row))
  }
  return keys
}
