import { expect, test } from 'vitest'
import { startChecklist } from '../../../../../src/renderer/features/servers/start-checklist.ts'

const outcomes = (...args: Parameters<typeof startChecklist>) =>
  startChecklist(...args)?.map(({ step, outcome }) => `${step} ${outcome}`)

test('a missing command passed its configuration and directory, and reached nothing after', () => {
  expect(outcomes({ code: 'command_not_found', data: {} }, 'stdio', false)).toEqual([
    'config passed',
    'directory passed',
    'resolve failed',
    'spawn unreached',
    'handshake unreached',
  ])
})

test('a remote server has no command and no process', () => {
  expect(outcomes({ code: 'unreachable', data: {} }, 'http', false)).toEqual([
    'config passed',
    'connect failed',
    'handshake unreached',
  ])
})

test('an end says something of the start only where there was no handshake before', () => {
  expect(outcomes({ code: 'exited', data: {} }, 'stdio', false)?.at(-1)).toBe('handshake failed')
  expect(outcomes({ code: 'exited', data: {} }, 'stdio', true)).toBeUndefined()
  expect(outcomes({ code: 'internal', data: {} }, 'stdio', false)).toBeUndefined()
})
