import { describe, expect, test } from 'vitest'
import type { AutomaticAction, NewAction } from '../../../../src/shared/domain/automatic-action.ts'
import { describeAction } from '../../../../src/shared/domain/describe-action.ts'
import { actionIdSchema } from '../../../../src/shared/domain/ids.ts'

const about = { serverId: null, serverName: 'git', heldBack: false }
const error = { code: 'exited', data: { exitCode: 3 } } as const
const ended = 'The process ended with code 3'

const cases: readonly (readonly [NewAction, string])[] = [
  [
    { ...about, kind: 'restart', cause: { type: 'failure', error, failures: 2, delayMs: 1_940 } },
    `Restart. Failed 2 times in a row: ${ended}. It is tried again 1.9 s later.`,
  ],
  [
    { ...about, kind: 'restart', cause: { type: 'failure', error, failures: 1, delayMs: 821 } },
    `Restart. ${ended}. It is tried again 0.8 s later.`,
  ],
  [
    {
      ...about,
      heldBack: true,
      kind: 'restart',
      cause: { type: 'failure', error, failures: 1, delayMs: 0 },
    },
    `Not restarted. ${ended}. This is switched off in the settings.`,
  ],
  [
    { ...about, kind: 'restart', cause: { type: 'exit', delayMs: 1_000 } },
    'Restart. It ended with code 0 and is to run always. It is started again 1 s later.',
  ],
  [
    {
      ...about,
      kind: 'restart',
      cause: {
        type: 'ceiling',
        exceeded: { resource: 'memory', bytes: 612_300_000, limitBytes: 500_000_000 },
      },
    },
    'Restart. Its processes use 612 MB of memory; the ceiling is 500 MB.',
  ],
  [
    { ...about, kind: 'park', error, failures: 5 },
    `Parked. Failed 5 times in a row: ${ended}. It waits for you.`,
  ],
  [
    { ...about, heldBack: true, kind: 'park', error, failures: 5 },
    `Not parked. Failed 5 times in a row: ${ended}. It is tried on and on. This is switched off in the settings.`,
  ],
  [
    { ...about, kind: 'kill', pids: [7], waitedMs: 2_000 },
    'Killed. It did not end within 2 s after it was told to: process 7.',
  ],
  [
    { ...about, heldBack: true, kind: 'reap', pids: [7, 8] },
    'Leftovers not ended. An earlier run of MCP Manager left them behind: processes 7, 8. This is switched off in the settings.',
  ],
  [
    { ...about, kind: 'idle-stop', idleMs: 90_000 },
    'Stopped when idle. Nobody used it for 1.5 min. It starts at the next use.',
  ],
  [{ ...about, kind: 'start-on-demand', use: 'call' }, 'Started on demand. A call came for it.'],
  [
    {
      ...about,
      kind: 'ceiling-warning',
      exceeded: { resource: 'cpu', percent: 140.4, limitPercent: 100 },
    },
    'Above its ceiling. Its processes use 140 % of a core; the ceiling is 100 %.',
  ],
]

describe('an automatic action is said in words', () => {
  test.each(cases)('%#', (action, text) => {
    const noted: AutomaticAction = {
      ...action,
      id: actionIdSchema.parse('act_0000000000000000'),
      at: 1,
    }
    const { title, reason } = describeAction(noted)
    expect(`${title}. ${reason}`).toBe(text)
  })
})
