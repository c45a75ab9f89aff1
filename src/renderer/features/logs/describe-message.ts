import type { LogLine } from '../../../shared/domain/log-line.ts'
import { isRecord } from '../../../shared/lib/json.ts'
import { formatBytes, formatDuration } from '../../ui/format.ts'

/** A protocol message in one line: `→ tools/call search_code · id 88`, `← error -32001 · id 41 · 30 s · Request timed out`. Pure. */
export function describeMessage(line: LogLine): string {
  const { protocol, text } = line
  if (protocol === null) return text
  const { direction, kind, method, id, durationMs, bytes } = protocol
  const message = kind === 'response' ? null : readMessage(text)
  const error = kind === 'error' ? message?.['error'] : null
  const head =
    kind === 'error'
      ? `error ${isRecord(error) && typeof error['code'] === 'number' ? error['code'] : ''}`.trim()
      : kind === 'response'
        ? 'result'
        : [method ?? '', nameIn(message)].filter((part) => part !== '').join(' ')
  return [
    `${direction === 'sent' ? '→' : '←'} ${head}`,
    ...(id === null ? [] : [`id ${id}`]),
    ...(durationMs === null ? [] : [formatDuration(durationMs)]),
    ...(kind === 'response' ? [formatBytes(bytes)] : []),
    ...(isRecord(error) && typeof error['message'] === 'string' ? [error['message']] : []),
    ...(method === 'notifications/message' ? loggedIn(message) : []),
  ].join(' · ')
}

/** What a request is about: the tool's or prompt's name, the resource's address, the level of a message. */
function nameIn(message: Record<string, unknown> | null): string {
  const params = message?.['params']
  if (!isRecord(params)) return ''
  const name = params['name'] ?? params['uri'] ?? params['level']
  return typeof name === 'string' ? name : ''
}

/** What a server logs by a notification: its logger, and its data, of which most are a text. */
function loggedIn(message: Record<string, unknown> | null): readonly string[] {
  const params = message?.['params']
  if (!isRecord(params)) return []
  const { logger, data } = params
  return [
    ...(typeof logger === 'string' && logger !== '' ? [logger] : []),
    ...(data === undefined ? [] : [typeof data === 'string' ? data : JSON.stringify(data)]),
  ]
}

function readMessage(text: string): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(text)
    return isRecord(json) ? json : null
  } catch {
    // A message longer than the log keeps is cut and no longer JSON.
    return null
  }
}
