import { describe, expect, test } from 'vitest'
import {
  commandLine,
  durationText,
  failureLines,
  serverDetails,
  serverRow,
} from '../../../../src/cli/output/server-text.ts'
import { serverDefinitionSchema } from '../../../../src/shared/domain/server-definition.ts'
import type { ServerView } from '../../../../src/shared/domain/server-view.ts'
import { defaultSupervision } from '../../../../src/shared/domain/supervision.ts'

const now = 1_000_000
const definition = serverDefinitionSchema.parse({
  id: 'srv_0123456789abcdef',
  name: 'memory',
  scope: 'local',
  project: '/home/ann/shop',
  enabled: true,
  transport: {
    type: 'stdio',
    command: 'npx',
    args: ['-y', 'a b', '--token', 'secret://memory.token'],
    env: { API_TOKEN: 'secret://memory.api-token' },
    cwd: null,
    envFile: null,
  },
  dialect: 'native',
  inputs: [],
  timeouts: { startMs: null, callMs: null },
  supervision: defaultSupervision,
  tools: { allow: null, deny: [] },
  sources: [],
  editedHere: false,
})
const stats = {
  restarts: 0,
  handshakeMs: null,
  roundTripMs: null,
  lastError: null,
  exceeded: null,
  counts: null,
}
const error = { code: 'command_not_found', data: { command: 'npx' } } as const
const stopped: ServerView = {
  definition,
  state: { phase: 'stopped', reason: 'user', exit: null },
  stats,
}
const failed: ServerView = {
  definition,
  state: { phase: 'failed', generation: 1, error, failures: 1, at: now },
  stats: { ...stats, lastError: { error, at: now - 5_000, stderr: ['no \x1b[31mred\x07'] } },
}

test('a row names the server with its folder, its switch and its state in words', () => {
  expect(serverRow(stopped, now).slice(0, 3)).toEqual([
    'memory@/home/ann/shop',
    'on',
    'Stopped by you, starts at next launch',
  ])
})

test('a row and the details have what was measured', () => {
  const usage = { at: now, cpuPercent: 12.34, memoryBytes: 1_290_000_000, processes: 2 }
  expect(serverRow(stopped, now, usage).slice(4, 6)).toEqual(['12.3 %', '1.3 GB'])
  expect(serverRow(stopped, now).slice(4, 6)).toEqual(['', ''])
  const text = serverDetails(stopped, now, { ...usage, memoryBytes: 88_200_000, processes: 1 })
  expect(text).toContain('  CPU:         12.3 % of one core')
  expect(text).toContain('  Memory:      88 MB in 1 process')
})

test('details show the whole command, the names of variables and the last words, no control sequence', () => {
  const text = serverDetails(failed, now).join('\n')
  expect(text).toContain(`npx -y 'a b' --token secret://memory.token`)
  expect(text).toContain('API_TOKEN=secret://memory.api-token')
  expect(text).toContain('5 s ago')
  expect(text).toContain('| no red')
  expect(text).not.toContain('\x1b')
})

describe('failureLines', () => {
  test('say why, what to do, and what the server printed', () => {
    const [why, last] = failureLines(failed)
    expect(why).toContain('npx was not found')
    expect(why).toContain('Install it')
    expect(last).toMatch(/^\| no red/)
  })

  test('are none for one that did not fail', () => {
    expect(failureLines(stopped)).toEqual([])
  })
})

test.each([
  [0, '0 s'],
  [59_400, '59 s'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
])('durationText(%i) is %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})

test('commandLine quotes what a shell would split', () => {
  expect(commandLine('/usr/bin/node', ['a b', '"', '--x=1', ''])).toBe(
    `/usr/bin/node 'a b' '"' --x=1 ''`,
  )
})
