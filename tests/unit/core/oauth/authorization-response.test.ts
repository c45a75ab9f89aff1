import { expect, test } from 'vitest'
import { codeOfPasted, codeOfResponse } from '../../../../src/core/oauth/authorization-response.ts'
import { signInReasonOf } from '../../../../src/core/oauth/sign-in-error.ts'
import { AppError } from '../../../../src/shared/domain/errors.ts'

const authorizationServer = { issuer: 'https://auth.example', token_endpoint: '' }
const expected = { authorizationServer, state: 'the-state' }
const strict = {
  ...expected,
  authorizationServer: {
    ...authorizationServer,
    authorization_response_iss_parameter_supported: true,
  },
}

function reasonOf(run: () => unknown): unknown {
  try {
    return { returned: run() }
  } catch (error) {
    return signInReasonOf(error) ?? (error instanceof AppError ? error.code : error)
  }
}

const answer = (fields: Record<string, string>) => new URLSearchParams(fields)

test.each([
  ['the state that was sent', { code: 'c', state: 'the-state' }, { returned: 'c' }],
  [
    'the issuer that was asked',
    { code: 'c', state: 'the-state', iss: 'https://auth.example' },
    { returned: 'c' },
  ],
  ['another state', { code: 'c', state: 'other' }, 'bad_response'],
  ['no state', { code: 'c' }, 'bad_response'],
  [
    'another issuer',
    { code: 'c', state: 'the-state', iss: 'https://evil.example' },
    'issuer_mismatch',
  ],
  [
    'an issuer that is only nearly the same',
    { code: 'c', state: 'the-state', iss: 'https://auth.example/' },
    'issuer_mismatch',
  ],
  ['a refusal', { error: 'access_denied', state: 'the-state' }, 'denied'],
  [
    'a refusal in the name of another issuer',
    { error: 'access_denied', state: 'the-state', iss: 'https://evil.example' },
    'issuer_mismatch',
  ],
  ['no code', { state: 'the-state' }, 'bad_response'],
])('an answer with %s', (_, fields, outcome) => {
  expect(reasonOf(() => codeOfResponse(answer(fields), expected))).toEqual(outcome)
})

test('a server that says it names its issuer has to', () => {
  const fields = answer({ code: 'c', state: 'the-state' })
  expect(reasonOf(() => codeOfResponse(fields, strict))).toBe('issuer_mismatch')
})

test('the words of a refusal are not passed on, only its code', () => {
  const fields = answer({
    error: 'access_denied',
    error_description: 'Call 555-0100 now',
    state: 'the-state',
  })
  expect(() => codeOfResponse(fields, expected)).toThrow(/"detail":"access_denied"}$/)
})

test.each([
  ['the whole address', 'http://127.0.0.1:1/callback?code=c&state=the-state', { returned: 'c' }],
  [
    'with space around it',
    '  http://127.0.0.1:1/callback?code=c&state=the-state\n',
    { returned: 'c' },
  ],
  ['its query alone', '?code=c&state=the-state', { returned: 'c' }],
  ['the code alone', 'abc-123', { returned: 'abc-123' }],
  ['a code that looks like the address of something', 'abc:123', { returned: 'abc:123' }],
  [
    'the address without its scheme',
    'localhost:1/callback?code=c&state=the-state',
    { returned: 'c' },
  ],
  ['a code of base64 with its filling', 'abc+/==', { returned: 'abc+/==' }],
  ['the address of another sign-in', 'http://127.0.0.1:1/callback?code=c&state=x', 'bad_response'],
  [
    'the address that was to be opened',
    'https://auth.example/authorize?state=the-state',
    'bad_response',
  ],
  ['some words', 'it did not work', 'bad_response'],
  ['nothing', '  ', 'invalid_input'],
])('pasted: %s', (_, text, outcome) => {
  expect(reasonOf(() => codeOfPasted(text, expected))).toEqual(outcome)
})

test('a code alone is not enough where the issuer has to be named', () => {
  expect(reasonOf(() => codeOfPasted('abc-123', strict))).toBe('code_alone')
})
