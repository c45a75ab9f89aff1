import { describe, expect, test } from 'vitest'
import {
  afterEnd,
  type CeilingState,
  judgeCeiling,
  noCeilingState,
} from '../../../../src/core/resources/judge-ceiling.ts'
import type { ResourceLimits } from '../../../../src/shared/domain/supervision.ts'

const warn: ResourceLimits = { memoryBytes: 100, cpuPercent: 50, onExceeded: 'warn' }
const restart: ResourceLimits = { ...warn, onExceeded: 'restart' }

/** Judges samples in turn, `everyMs` apart: what was done at each, and whether it was above a ceiling. */
function judgeAll(
  limits: ResourceLimits,
  samples: readonly { readonly memory?: number; readonly cpu?: number }[],
  { everyMs = 2_000, from = noCeilingState, startAt = 1_000_000 } = {},
) {
  let state: CeilingState = from
  const seen = samples.map(({ memory = 0, cpu = 0 }, index) => {
    const at = startAt + index * everyMs
    const sample = { at, cpuPercent: cpu, memoryBytes: memory, processes: 1 }
    const verdict = judgeCeiling(state, sample, limits)
    state = verdict.state
    return verdict.action ?? (verdict.exceeded === null ? '-' : verdict.exceeded.resource)
  })
  return { seen: seen.join(' '), state }
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)
const high = { memory: 120 }
const low = { memory: 80 }

describe('memory', () => {
  test('counts at the third sample in a row above the ceiling; on it is not above it', () => {
    expect(judgeAll(warn, times(4, high)).seen).toBe('- - warn memory')
    expect(judgeAll(warn, [high, high, low, high, high]).seen).toBe('- - - - -')
    expect(judgeAll(warn, times(4, { memory: 100 })).seen).toBe('- - - -')
  })

  test('that is only to be warned of is never a reason to restart', () => {
    expect(judgeAll(warn, times(60, { memory: 900 })).seen).not.toContain('restart')
  })

  test('is a reason to restart 30 s after it was found to be above the ceiling', () => {
    // The first of them warns.
    expect(judgeAll(restart, times(18, high)).seen).toBe(
      `- - warn ${times(14, 'memory').join(' ')} restart`,
    )
  })

  test('that went below meanwhile begins anew', () => {
    const { seen } = judgeAll(restart, [...times(10, high), low, ...times(17, high)])
    expect(seen).not.toContain('restart')
  })

  test('far above its ceiling is a reason to restart at once', () => {
    expect(judgeAll(restart, [low, { memory: 151 }]).seen).toBe('- restart')
    expect(judgeAll(warn, [low, { memory: 151 }]).seen).toBe('- warn')
  })
})

describe('processor time', () => {
  test('counts as its mean over ten seconds, once ten seconds are known', () => {
    expect(judgeAll(warn, times(7, { cpu: 60 })).seen).toBe('- - - - - warn cpu')
    const peak = [...times(6, { cpu: 0 }), { cpu: 240 }, ...times(6, { cpu: 0 })]
    expect(judgeAll(warn, peak).seen).toBe(times(13, '-').join(' '))
    const longer = [...times(6, { cpu: 0 }), { cpu: 200 }, { cpu: 200 }, ...times(6, { cpu: 0 })]
    expect(judgeAll(warn, longer).seen).toBe('- - - - - - - warn cpu cpu cpu - - -')
  })

  test('weighs each sample by the time that it stands for', () => {
    // Samples that come seldom: one is the whole mean.
    expect(judgeAll(warn, [{ cpu: 0 }, { cpu: 60 }], { everyMs: 10_000 }).seen).toBe('- warn')
  })

  test('is a reason to restart after 30 s, never at once', () => {
    const { seen } = judgeAll(restart, times(21, { cpu: 900 }))
    expect(seen).toBe(`- - - - - warn ${times(14, 'cpu').join(' ')} restart`)
  })
})

describe('nothing is done twice within five minutes', () => {
  const outOfCeiling = [...times(3, high), ...times(3, low)]

  test('no warning', () => {
    const first = judgeAll(warn, outOfCeiling)
    const soon = judgeAll(warn, outOfCeiling, { from: first.state, startAt: 1_200_000 })
    expect(soon.seen).toBe('- - memory - - -')
    const later = judgeAll(warn, outOfCeiling, { from: soon.state, startAt: 1_400_000 })
    expect(later.seen).toContain('warn')
  })

  test('no restart', () => {
    const danger = [{ memory: 500 }]
    const first = judgeAll(restart, danger)
    expect(first.seen).toBe('restart')
    const soon = judgeAll(restart, times(30, { memory: 500 }), {
      from: first.state,
      startAt: 1_010_000,
    })
    expect(soon.seen).toBe(times(30, 'memory').join(' '))
    const later = judgeAll(restart, danger, { from: soon.state, startAt: 1_300_000 })
    expect(later.seen).toBe('restart')
  })
})

test('without ceilings there is nothing to judge, and few samples are kept', () => {
  const none: ResourceLimits = { memoryBytes: null, cpuPercent: null, onExceeded: 'restart' }
  const { seen, state } = judgeAll(none, times(100, { memory: 1e12, cpu: 1_000 }))
  expect(new Set(seen.split(' '))).toEqual(new Set(['-']))
  expect(state.samples.length).toBeLessThan(8)
})

test('the end of the process ends what it took, not what was done about it', () => {
  const { state } = judgeAll(warn, times(4, high))
  const after = afterEnd(state)
  expect(after).toMatchObject({ samples: [], since: null, warnedAt: state.warnedAt })
  expect(judgeAll(warn, times(3, high), { from: after, startAt: 1_020_000 }).seen).toBe(
    '- - memory',
  )
})
