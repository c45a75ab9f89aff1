import { expect, test } from 'vitest'
import { afterFailure } from '../../../../src/core/servers/failure-policy.ts'
import { defaultTiming } from '../../../../src/core/servers/lifecycle-timing.ts'
import { phaseLine } from '../../../../src/core/servers/phase-line.ts'
import { describeAction } from '../../../../src/shared/domain/describe-action.ts'
import { defaultSettings } from '../../../../src/shared/domain/settings.ts'
import { defaultSupervision } from '../../../../src/shared/domain/supervision.ts'

/** What the log and the list of actions say of one failure. */
function told(before: number, exitCode: number) {
  const now = 1_000_000
  const { state, effects } = afterFailure(
    { generation: 1, before, error: { code: 'exited', data: { exitCode } }, retryable: true },
    {
      now,
      random: 0.137,
      countsFailures: true,
      wasCutOff: false,
      timing: defaultTiming,
      policy: { ...defaultSupervision, restart: 'always' },
      automation: defaultSettings.automation,
    },
  )
  const actions = effects.flatMap((effect) => (effect.type === 'note' ? effect.action : []))
  return {
    log: phaseLine(state, now)?.text,
    activity: actions.map((action) => describeAction(action).reason),
  }
}

test.each([
  ['a first failure', 0, 3, /^[^:]+\. It is tried again [\d.]+ s later\.$/],
  ['a second one', 1, 3, /^Failed 2 times in a row: .+ It is tried again [\d.]+ s later\.$/],
  ['an end that was none', 0, 0, /It is started again [\d.]+ s later\.$/],
  ['a crash loop', 4, 3, /^Failed 5 times in a row: .+ It waits for you\.$/],
])(
  '%s is told by the log in the words and numbers of the activity',
  (_name, before, code, text) => {
    const { log, activity } = told(before, code)
    expect([log]).toEqual(activity)
    expect(log).toMatch(text)
  },
)
