import type { JSONRPCMessage } from '@modelcontextprotocol/client'
import { isRecord } from '../../shared/lib/json.ts'

/**
 * The messages of one line: one, or several where a server of revision 2025-03-26 sends a batch. Undefined when the line
 * is not JSON-RPC 2.0.
 */
export function parseMessages(text: string): readonly JSONRPCMessage[] | undefined {
  const first = text.charCodeAt(0)
  // '{' or '[': anything else cannot be a message, and a parser's exception per line of noise is dear.
  if (first !== 0x7b && first !== 0x5b) return undefined
  return messagesOf(parseOrUndefined(text))
}

/** The messages of a line whose value is known; undefined for no message. */
export function messagesOf(value: unknown): readonly JSONRPCMessage[] | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  return items.length > 0 && items.every(isMessage) ? items : undefined
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON is an answer here, not a fault: the caller reports what it cannot use.
    return undefined
  }
}

function isMessage(value: unknown): value is JSONRPCMessage {
  if (!isRecord(value) || value['jsonrpc'] !== '2.0') return false
  const id = value['id']
  const hasId = typeof id === 'string' || typeof id === 'number'
  if (typeof value['method'] === 'string') return id === undefined || hasId
  return (hasId || id === null) && ('result' in value || isRecord(value['error']))
}

/** The outermost object is a request or a notification. */
const startsWithMethod =
  /^\s*\{\s*(?:"(?:jsonrpc|id)"\s*:\s*(?:"(?:[^"\\]|\\.)*"|-?\d+)\s*,\s*)*"method"\s*:/

/**
 * The id of the response of which only the head and the tail are known, if one of them shows it as a member of the outermost
 * object. Undefined where the head shows a method: a request of the server has an id too, and answers nothing.
 */
export function findResponseId(head: string, tail: string): string | number | undefined {
  if (startsWithMethod.test(head)) return undefined
  const match =
    /^\s*\{\s*(?:"jsonrpc"\s*:\s*"2\.0"\s*,\s*)?"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)/.exec(head) ??
    /,\s*"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)\s*(?:,\s*"jsonrpc"\s*:\s*"2\.0"\s*)?\}\s*$/.exec(tail)
  if (match?.[1] === undefined) return undefined
  const id = parseOrUndefined(match[1])
  return typeof id === 'string' || typeof id === 'number' ? id : undefined
}
