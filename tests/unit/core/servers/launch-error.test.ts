import {
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SseError,
  UnauthorizedError,
} from '@modelcontextprotocol/client'
import { describe, expect, test } from 'vitest'
import {
  isRetryable,
  toCallFailure,
  toLaunchError,
} from '../../../../src/core/servers/launch-error.ts'
import { describeError } from '../../../../src/shared/domain/describe-error.ts'
import { AppError } from '../../../../src/shared/domain/errors.ts'

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), {
  code: 'ECONNREFUSED',
})
const fetchFailed = new TypeError('fetch failed', { cause: refused })
const several = Object.assign(new AggregateError([refused], ''), { code: 'ECONNREFUSED' })
const probeFailed = new SdkError(
  SdkErrorCode.EraNegotiationFailed,
  'probe failed',
  {},
  { cause: fetchFailed },
)

describe('a connection that failed', () => {
  test.for([
    [new AppError('secret_missing'), 'secret_missing', ''],
    [new UnauthorizedError('no'), 'auth_required', 'no'],
    [new SseError(401, 'no', new Event('error') as never), 'auth_required', ''],
    [new SseError(500, 'broken', new Event('error') as never), 'unreachable', ''],
    [fetchFailed, 'unreachable', refused.message],
    [probeFailed, 'unreachable', refused.message],
    [new TypeError('fetch failed', { cause: several }), 'unreachable', 'ECONNREFUSED'],
    [new SdkError(SdkErrorCode.RequestTimeout, 'late'), 'handshake_timeout', ''],
    [new ProtocolError(-32600, 'what?'), 'handshake_failed', ''],
    [new TypeError('x is not a function'), 'handshake_failed', 'x is not a function'],
    ['a text', 'handshake_failed', 'a text'],
  ] as const)('%#: %s is %s', ([error, code, reason]) => {
    const failure = toLaunchError(error, { seconds: 30 })
    expect(failure.code).toBe(code)
    expect(failure.data['reason'] ?? '').toContain(reason)
  })

  test.for([
    [probeFailed, 'unreachable', 'Nothing listens on 127.0.0.1:9.'],
    [new TypeError('fetch failed', { cause: several }), 'unreachable', 'Nothing listens on'],
    [
      new TypeError('fetch failed', { cause: new Error('bad port') }),
      'unreachable',
      'The port of 127.0.0.1:9 is reserved',
    ],
    [new Error('what?'), 'handshake_failed', 'what?'],
  ] as const)('of a remote server, %#: %s is %s', ([error, code, reason]) => {
    const failure = toLaunchError(error, { seconds: 30, address: '127.0.0.1:9' })
    expect(failure.code).toBe(code)
    expect(failure.data['reason']).toContain(reason)
    // Advice on a command would mislead: there is none.
    expect(describeError(failure.code, failure.data).action).toContain('URL')
  })

  test('a call sees the end of the server, and leaves answers and time-outs to its caller', () => {
    const codeOf = (error: unknown) => toCallFailure(error)?.code
    expect(codeOf(new SdkError(SdkErrorCode.ConnectionClosed, 'closed'))).toBe('exited')
    expect(codeOf(new SdkError(SdkErrorCode.NotConnected, 'closed'))).toBe('exited')
    expect(codeOf(fetchFailed)).toBe('unreachable')
    expect(codeOf(new ProtocolError(-32602, 'no'))).toBeUndefined()
    expect(codeOf(new SdkError(SdkErrorCode.RequestTimeout, 'late'))).toBeUndefined()
  })

  test('what waits for a person is not tried again; the rest is', () => {
    expect(isRetryable('auth_required')).toBe(false)
    expect(isRetryable('file_unreadable')).toBe(false)
    expect(isRetryable('exited')).toBe(true)
    expect(isRetryable('unreachable')).toBe(true)
  })
})
