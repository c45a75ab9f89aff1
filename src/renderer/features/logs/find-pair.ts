import type { HostClient } from '../../../shared/contract/contract.ts'
import type { LogFilter } from '../../../shared/contract/logs.ts'
import type { LogLine } from '../../../shared/domain/log-line.ts'
import { isGap, type LineBuffer } from './line-buffer.ts'

/** Whether two lines are a request and its response. Pure. */
export function arePair(request: LogLine, response: LogLine): boolean {
  const asked = request.protocol
  const answered = response.protocol
  return (
    asked !== null &&
    answered !== null &&
    request.serverId === response.serverId &&
    request.seq < response.seq &&
    asked.kind === 'request' &&
    (answered.kind === 'response' || answered.kind === 'error') &&
    asked.direction !== answered.direction &&
    asked.id === answered.id
  )
}

/** The nearest line that makes a pair with the one at `id`, from what the page holds up to `endId`; null where there is none. */
export function findHeldPair(
  lines: LineBuffer,
  id: number,
  line: LogLine,
  endId: number,
): LogLine | null {
  const isRequest = line.protocol?.kind === 'request'
  const step = isRequest ? 1 : -1
  for (let at = id + step; at >= lines.firstId && at < endId; at += step) {
    const row = lines.get(at)
    if (row === undefined || isGap(row)) continue
    if (isRequest ? arePair(line, row) : arePair(row, line)) return row
    // A server that was started again counts its ids from the beginning: the same request once more ends the search.
    if (isRequest && isSameRequest(line, row)) return null
  }
  return null
}

/** How many messages are looked through at the host. */
const askedLines = 200

/** The same from the host's store: the page may not show protocol messages, or not those of that time. */
export async function findStoredPair(client: HostClient, line: LogLine): Promise<LogLine | null> {
  const { protocol, serverId, seq, at } = line
  if (protocol === null || protocol.id === null) return null
  const isRequest = protocol.kind === 'request'
  const id = JSON.stringify(protocol.id).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  const filter: LogFilter = {
    serverIds: [serverId],
    sources: ['protocol'],
    levels: null,
    sinceAt: isRequest ? at : null,
    untilAt: null,
    text: { pattern: `"id"\\s*:\\s*${id}\\s*[,}]`, regex: true, matchCase: true },
  }
  const found = await client.logs.query({
    ...filter,
    before: isRequest ? null : { serverId, seq },
    limit: askedLines,
  })
  return isRequest
    ? (found.find((one) => arePair(line, one)) ?? null)
    : (found.findLast((one) => arePair(one, line)) ?? null)
}

function isSameRequest(a: LogLine, b: LogLine): boolean {
  return (
    a.serverId === b.serverId &&
    b.protocol?.kind === 'request' &&
    b.protocol.direction === a.protocol?.direction &&
    b.protocol.id === a.protocol.id
  )
}
