import type { JSONRPCMessage } from '@modelcontextprotocol/client'
import { expect, test } from 'vitest'
import { maxLineBytes } from '../../../../src/core/logs/bounded-text.ts'
import { createRedactor } from '../../../../src/core/secrets/redaction.ts'
import { ServerLog } from '../../../../src/core/servers/server-log.ts'
import { serverIdSchema } from '../../../../src/shared/domain/ids.ts'
import type { LogEntry } from '../../../../src/shared/domain/log-line.ts'

function openLog(redact = (text: string) => text) {
  const written: LogEntry[] = []
  let now = 1_000
  const log = new ServerLog(serverIdSchema.parse('srv_000000000000log1'), {
    append: (entry) => written.push(entry),
    redact,
    now: () => (now += 1),
  })
  const send = (message: JSONRPCMessage) => log.onSent(message, JSON.stringify(message))
  const receive = (message: JSONRPCMessage) => {
    const text = JSON.stringify(message)
    log.onReceived(message, text, Buffer.byteLength(text))
  }
  return { log, written, send, receive }
}

const request = (id: number, method: string) => ({ jsonrpc: '2.0', id, method }) as const
const result = (id: number) => ({ jsonrpc: '2.0', id, result: {} }) as const
const refusal = (id: number) =>
  ({ jsonrpc: '2.0', id, error: { code: -32_601, message: 'Method not found' } }) as const

test.for([
  ['debug', 'debug'],
  ['info', 'info'],
  ['notice', 'info'],
  ['warning', 'warn'],
  ['error', 'error'],
  ['critical', 'error'],
  ['alert', 'error'],
  ['emergency', 'error'],
  ['no such level', 'debug'],
] as const)('what a server logs as %s is %s', ([said, level]) => {
  const { written, receive } = openLog()
  const method = 'notifications/message'
  receive({ jsonrpc: '2.0', method, params: { level: said, data: 'x' } })
  expect(written.map((entry) => entry.level)).toEqual([level])
})

test('a refused probe for the era is no warning; any other error is', () => {
  const { written, send, receive } = openLog()
  send(request(1, 'server/discover'))
  receive(refusal(1))
  send(request(2, 'tools/list'))
  receive(refusal(2))
  expect(written.map((entry) => entry.level)).toEqual(['debug', 'debug', 'debug', 'warn'])
})

test('a health check is written only if it is notable, and what passes meanwhile always', () => {
  const { log, written, send, receive } = openLog()
  const methods = () => written.map(({ protocol }) => protocol?.method ?? protocol?.kind)
  log.beginCheck()
  send(request(1, 'ping'))
  send(request(2, 'tools/call'))
  receive(request(1, 'ping'))
  receive(result(1))
  log.endCheck(false)
  expect(methods()).toEqual(['tools/call', 'ping'])

  written.length = 0
  log.beginCheck()
  send(request(3, 'ping'))
  send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 3 } })
  expect(written).toEqual([])
  log.endCheck(true)
  receive(result(3))
  expect(methods()).toEqual(['ping', 'notifications/cancelled', 'response'])
})

test('of a huge text only what is kept is looked through for secrets, and a secret at the cut is none the less taken out', () => {
  const secret = 'correct horse battery staple'
  const redactor = createRedactor()
  redactor.set('key', secret)
  const lookedThrough: number[] = []
  const { log, written } = openLog((text) => {
    lookedThrough.push(text.length)
    return redactor.redact(text)
  })
  const head = 'x'.repeat(maxLineBytes - 10)
  const text = head + secret + 'y'.repeat(1_000_000)
  log.onNoise(text, text.length)
  log.onReceived(result(1), text, text.length)
  // Of a long message only the beginning is there.
  log.onReceived(result(2), text.slice(0, maxLineBytes + 1), text.length)
  log.stderr(head + secret.slice(0, 10), 'info', 1_000)
  expect(lookedThrough).toEqual([maxLineBytes, maxLineBytes, maxLineBytes, maxLineBytes])
  for (const line of written) {
    expect(Buffer.byteLength(line.text)).toBeLessThanOrEqual(maxLineBytes)
    expect(line.text).toMatch(/^x+(?:\[secret key\])? \[cut: \d+ bytes more\]$/)
  }
  expect(written.map(({ protocol }) => protocol?.bytes)).toEqual([
    undefined,
    text.length,
    text.length,
    undefined,
  ])
})
