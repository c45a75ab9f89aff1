import type { JSONRPCMessage } from '@modelcontextprotocol/client'
import type { LogLevel } from '../../shared/domain/log-line.ts'
import { isRecord } from '../../shared/lib/json.ts'

/**
 * How grave a protocol message is: what a server logs by `notifications/message` is as grave as the server says, an error is
 * a warning, all else is for debugging. Pure.
 * @param asked the method that a response answers; null where it is no response, or its request is not known.
 */
export function levelOfMessage(
  message: JSONRPCMessage,
  direction: 'sent' | 'received',
  asked: string | null,
): LogLevel {
  if ('error' in message) {
    // An older server does not know the probe for the era, and says so: that is what the probe is for.
    return direction === 'received' && asked === 'server/discover' ? 'debug' : 'warn'
  }
  if (
    direction === 'received' &&
    'method' in message &&
    message.method === 'notifications/message'
  ) {
    return levelOfLogging(isRecord(message.params) ? message.params['level'] : undefined)
  }
  return 'debug'
}

/** The levels of RFC 5424 that MCP uses (specification 2025-11-25, "Logging", Log Levels). */
function levelOfLogging(level: unknown): LogLevel {
  switch (level) {
    case 'emergency':
    case 'alert':
    case 'critical':
    case 'error':
      return 'error'
    case 'warning':
      return 'warn'
    case 'notice':
    case 'info':
      return 'info'
    default:
      return 'debug'
  }
}
