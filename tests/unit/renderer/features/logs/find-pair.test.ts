import { describe, expect, test } from 'vitest'
import { describeMessage } from '../../../../../src/renderer/features/logs/describe-message.ts'
import { findHeldPair } from '../../../../../src/renderer/features/logs/find-pair.ts'
import { LineBuffer } from '../../../../../src/renderer/features/logs/line-buffer.ts'
import type { LogLine } from '../../../../../src/shared/domain/log-line.ts'
import { makeLine } from './make-line.ts'

function message(
  seq: number,
  kind: 'request' | 'response' | 'error',
  direction: 'sent' | 'received',
  json: Record<string, unknown>,
): LogLine {
  return makeLine({
    seq,
    source: 'protocol',
    text: JSON.stringify(json),
    protocol: {
      kind,
      direction,
      method: kind === 'request' ? 'tools/call' : null,
      id: 41,
      durationMs: kind === 'request' ? null : 843,
      bytes: 18_400,
    },
  })
}
const asked = { id: 41, params: { name: 'query' } }

describe('findHeldPair', () => {
  test('a request and its response find each other, past others with the same id the other way', () => {
    const request = message(1, 'request', 'sent', asked)
    const response = message(4, 'response', 'received', {})
    const buffer = new LineBuffer(10)
    for (const line of [
      request,
      message(2, 'request', 'received', asked),
      message(3, 'response', 'sent', {}),
      response,
    ]) {
      buffer.append(line)
    }
    expect(findHeldPair(buffer, 0, request, buffer.endId)).toBe(response)
    expect(findHeldPair(buffer, 3, response, buffer.endId)).toBe(request)
    expect(findHeldPair(buffer, 0, request, 3)).toBeNull()
  })

  test('the response of a later launch is not taken for one of an earlier', () => {
    const first = message(1, 'request', 'sent', asked)
    const buffer = new LineBuffer(10)
    buffer.append(first)
    buffer.append(message(2, 'request', 'sent', asked))
    buffer.append(message(3, 'response', 'received', {}))
    expect(findHeldPair(buffer, 0, first, buffer.endId)).toBeNull()
  })
})

test('messages are said in one line', () => {
  expect(describeMessage(message(1, 'request', 'sent', asked))).toBe('→ tools/call query · id 41')
  expect(describeMessage(message(1, 'response', 'received', {}))).toBe(
    '← result · id 41 · 843 ms · 18.4 kB',
  )
  const error = { error: { code: -32_001, message: 'Request timed out' } }
  expect(describeMessage(message(1, 'error', 'received', error))).toBe(
    '← error -32001 · id 41 · 843 ms · Request timed out',
  )

  const logged = (params: object) =>
    describeMessage(
      makeLine({
        source: 'protocol',
        text: JSON.stringify({ method: 'notifications/message', params }),
        protocol: {
          kind: 'notification',
          direction: 'received',
          method: 'notifications/message',
          id: null,
          durationMs: null,
          bytes: 90,
        },
      }),
    )
  expect(logged({ level: 'warning', logger: 'disk', data: 'Nearly full' })).toBe(
    '← notifications/message warning · disk · Nearly full',
  )
  expect(logged({ level: 'info', data: { used: 3 } })).toBe(
    '← notifications/message info · {"used":3}',
  )
})
