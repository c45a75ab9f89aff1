import { describe, expect, test } from 'vitest'
import { sayDesktop } from '../../../src/main/desktop-texts.ts'
import { type TrayEntry, trayModel } from '../../../src/main/tray-model.ts'
import type { ServerView } from '../../../src/shared/domain/server-view.ts'
import {
  backoff,
  failed,
  running,
  serverOf,
  starting,
  stopped,
  stopping,
} from './server-fixture.ts'

const labelsOf = (servers: readonly ServerView[] | null) =>
  trayModel(servers, sayDesktop).entries.flatMap((entry) =>
    entry.kind === 'separator' ? [] : [entry.label],
  )
const commandOf = (servers: readonly ServerView[], command: string): TrayEntry | undefined =>
  trayModel(servers, sayDesktop).entries.find(
    (entry) => entry.kind === 'command' && entry.command === command,
  )

describe('the tone is the worst state of any server', () => {
  test.each([
    ['nothing', [], 'ok'],
    ['at rest and running', [stopped, running(), starting, stopping], 'ok'],
    ['slow', [running(0, 'degraded')], 'ok'],
    ['not answering', [running(), running(0, 'unresponsive')], 'attention'],
    ['waiting for a retry', [running(), backoff(2)], 'attention'],
    ['waiting for a sign-in', [failed(1, 'auth_required')], 'attention'],
    ['waiting for the vault', [failed(1, 'vault_locked'), running()], 'attention'],
    ['parked', [failed(1, 'auth_required'), failed(5), running()], 'broken'],
  ] as const)('%s', (_name, states, tone) => {
    const servers = states.map((state, index) => serverOf(index, `s${index}`, state))
    expect(trayModel(servers, sayDesktop).tone).toBe(tone)
  })
})

test('each server has a line with its switch and its state in words', () => {
  const servers = [
    serverOf(1, 'b', failed(1, 'command_not_found')),
    serverOf(2, 'a', running(), { enabled: true }),
    serverOf(3, 'c', stopped, { enabled: false }),
    serverOf(4, 'd', backoff(1)),
    serverOf(5, 'e', failed(1, 'auth_required')),
    serverOf(6, 'f', failed(1, 'vault_locked')),
  ]
  const lines = trayModel(servers, sayDesktop).entries.filter((entry) => entry.kind === 'server')
  expect(lines.map(({ label, isOn }) => [label, isOn])).toEqual([
    ['a: running', true],
    ['b: failed: The command nope was not found', true],
    ['c: stopped', false],
    ['d: waits for its next try', true],
    ['e: sign-in needed', true],
    ['f: vault needed', true],
  ])
})

test('it says that there are no servers, or no host yet, and can be opened and quit all the same', () => {
  expect(labelsOf([])).toEqual([
    'No servers yet',
    'Start all',
    'Stop all',
    'Open MCP Manager',
    'Quit',
  ])
  expect(labelsOf(null)[0]).toBe('Starting…')
})

test('what can be done to all is offered where it would do something', () => {
  expect(commandOf([serverOf(1, 'a', running())], 'start-all')).toMatchObject({ isEnabled: false })
  expect(commandOf([serverOf(1, 'a', running())], 'stop-all')).toMatchObject({ isEnabled: true })
  expect(commandOf([serverOf(1, 'a', stopped)], 'start-all')).toMatchObject({ isEnabled: true })
  expect(commandOf([serverOf(1, 'a', stopped)], 'stop-all')).toMatchObject({ isEnabled: false })
  // It cannot be run at all.
  const never = serverOf(1, 'a', stopped, { type: 'ws' })
  expect(commandOf([never], 'start-all')).toMatchObject({ isEnabled: false })
})

test('two servers of one name are told apart, and an ampersand stays one', () => {
  const servers = [
    serverOf(1, 'R&D', running()),
    serverOf(2, 'R&D', running(), { project: '/home/me/site' }),
  ]
  expect(labelsOf(servers).slice(0, 2)).toEqual(['R&&D: running', 'R&&D (site): running'])
})

test('the tooltip names who it is about, a few at most', () => {
  const servers = ['a', 'b', 'c', 'd'].map((name, index) => serverOf(index, name, failed(5)))
  expect(trayModel(servers, sayDesktop).tooltip).toBe('MCP Manager: a, b, c, … failed')
  expect(trayModel([], sayDesktop).tooltip).toBe('MCP Manager: nothing needs attention')
})

test('time alone changes nothing', () => {
  const one = serverOf(1, 'a', backoff(1, 1))
  const later = serverOf(1, 'a', backoff(1, 99_999))
  expect(trayModel([one], sayDesktop)).toEqual(trayModel([later], sayDesktop))
})

test('the name of a server hides nothing, fills no screen, and is the same in the tooltip', () => {
  const servers = [
    serverOf(1, 'a & b', failed(5)),
    serverOf(2, `x\u202egpj.exe\n${'y'.repeat(500)}`, failed(5)),
  ]
  const { tooltip, entries } = trayModel(servers, sayDesktop)
  expect(tooltip).toBe(`MCP Manager: a & b, x\ufffdgpj.exe\ufffd${'y'.repeat(50)}… failed`)
  const [first, second] = entries
  expect(first).toMatchObject({ label: expect.stringMatching(/^a && b: failed/) })
  expect(second).toMatchObject({
    label: expect.stringMatching(/^x\ufffdgpj\.exe\ufffdy{50}…: failed/),
  })
})
