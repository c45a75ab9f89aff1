import { expect, test } from 'vitest'
import { describeError, errorSentence } from '../../../../src/shared/domain/describe-error.ts'
import { errorCodes } from '../../../../src/shared/domain/errors.ts'

test.for(errorCodes)('%s says what happened and what to do, with data and without', (code) => {
  for (const data of [
    {},
    { reason: 'a reason', name: 'N', stderr: ['last words'], names: ['A'] },
  ]) {
    const { title, hint, action } = describeError(code, data)
    expect(title).toMatch(/^(?:[^a-z]|unknown)/)
    expect(title).not.toMatch(/\.$/)
    expect(action).toMatch(/\w/)
    expect(`${title}${hint}${action}`).not.toMatch(/undefined|\[object|NaN/)
    expect(errorSentence(code, data)).toContain(title)
  }
})

test('an exit tells how, and the last words', () => {
  expect(describeError('exited', { exitCode: 3, stderr: ['a', 'b'] })).toMatchObject({
    title: 'The process ended with code 3',
    hint: 'It printed last: b',
  })
  expect(describeError('exited', { signal: 'SIGKILL' }).title).toContain('SIGKILL')
  expect(describeError('exited', { server: 's' }).title).toContain('during the call')
})
