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
    expect(`${title}${hint}${action}`).not.toMatch(/undefined|\[object|NaN|\{\{/)
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

test('more data says more: a known list, a status, a way out that was taken', () => {
  expect(describeError('not_found', { name: 'x', known: [] }).hint).toBe('')
  expect(describeError('not_found', { name: 'x', known: ['a', 'b'] }).hint).toBe(
    'Known servers: a, b.',
  )
  expect(describeError('unreachable', { reason: 'Refused', status: 503 }).hint).toBe(
    'Refused (HTTP 503)',
  )
  expect(describeError('port_in_use', { port: 1, used: 2 })).toMatchObject({
    title: 'Port 1 is in use',
    hint: 'MCP Manager listens on port 2 instead.',
    action: 'End the other program and restart MCP Manager to get the port back.',
  })
  expect(describeError('spawn_failed', {}).title).toBe('The command could not be started')
  expect(describeError('internal', { id: 'bug_1' }).action).toBe(
    'Please report it and quote bug_1.',
  )
})

test('another language is asked for the same texts, with the same values', () => {
  const asked: string[] = []
  const text = describeError('exited', { exitCode: 3, stderr: ['a', 'b'] }, (key, values) => {
    asked.push(`${key} ${JSON.stringify(values)}`)
    return `<${key}>`
  })
  expect(text).toEqual({
    title: '<exited.title.exitCode>',
    hint: '<exited.hint>',
    action: '<exited.action>',
  })
  expect(asked).toEqual([
    'exited.title.exitCode {"exitCode":"3"}',
    'printed.last {"line":"b"}',
    'exited.hint {"printed":"<printed.last>"}',
    'exited.action {}',
  ])
})

test('a reason that is a word for programs is said in words, any other as it is', () => {
  const hintOf = (reason: string): string => describeError('vault_locked', { reason }).hint
  expect(hintOf('key_missing')).toBe('Its passphrase has not been given yet.')
  expect(hintOf('wrong_key')).toBe('This passphrase or key is wrong.')
  expect(hintOf('The prompt was dismissed.')).toBe('The prompt was dismissed.')
  expect(describeError('vault_locked', {}).hint).toBe('The key or passphrase does not open it.')
  // The vault is open then.
  expect(describeError('vault_locked', { reason: 'wrong_key', current: 'wrong' })).toMatchObject({
    title: 'The passphrase was not changed',
    hint: 'The current passphrase is wrong.',
  })
})
