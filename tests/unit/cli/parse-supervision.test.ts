import { describe, expect, test } from 'vitest'
import { supervisionPairs } from '../../../src/cli/output/supervision-text.ts'
import {
  changeSupervision,
  cpuLimit,
  idleStop,
  memoryLimit,
  stopGrace,
} from '../../../src/cli/parse-supervision.ts'
import { defaultSupervision } from '../../../src/shared/domain/supervision.ts'

describe('what is said of how a server is kept up', () => {
  test.each([
    [idleStop, '90s', 90_000],
    [idleStop, '1.5m', 90_000],
    [idleStop, '7d', 604_800_000],
    [idleStop, 'never', null],
    [memoryLimit, '500MB', 500_000_000],
    [memoryLimit, '1.5 gb', 1_500_000_000],
    [memoryLimit, 'none', null],
    [cpuLimit, '150', 150],
    [cpuLimit, '50%', 50],
    [cpuLimit, 'none', null],
    [stopGrace, '5,0.5', { stdinMs: 5_000, termMs: 500 }],
    [stopGrace, '0,default', { stdinMs: 0, termMs: null }],
    [stopGrace, 'default', { stdinMs: null, termMs: null }],
  ])('%o reads %s', (read, text, value) => {
    expect(read(text)).toEqual(value)
  })

  test.each([
    [idleStop, ['0s', '0.5s', '8d', '10', 'm', '-1s', '']],
    [memoryLimit, ['0MB', '500', 'MB', '500M', '-1GB', '']],
    [cpuLimit, ['0', '-5', '100001', 'x', '']],
    [stopGrace, ['5', '1,2,3', '-1,2', '601,1', ',', 'x,1', '']],
  ])('%o refuses %j', (read, texts) => {
    for (const text of texts) expect(() => read(text)).toThrow(/ has to be /)
  })

  test('what is not said stays, and null takes it back', () => {
    const set = changeSupervision(defaultSupervision, {
      restart: 'never',
      start: 'on-demand',
      idleStop: 60_000,
      memoryLimit: 1e9,
      onLimit: 'restart',
    })
    expect(set).toEqual({
      ...defaultSupervision,
      restart: 'never',
      start: 'on-demand',
      idleStopMs: 60_000,
      limits: { memoryBytes: 1e9, cpuPercent: null, onExceeded: 'restart' },
    })
    expect(changeSupervision(set, {})).toEqual(set)
    expect(changeSupervision(set, { idleStop: null, memoryLimit: null })).toMatchObject({
      idleStopMs: null,
      limits: { memoryBytes: null, onExceeded: 'restart' },
    })
  })

  test('only what differs from the usual is told', () => {
    expect(supervisionPairs(defaultSupervision)).toEqual([])
    const set = changeSupervision(defaultSupervision, {
      restart: 'always',
      start: 'on-demand',
      idleStop: 90_000,
      stopGrace: { stdinMs: 500, termMs: null },
      memoryLimit: 5e8,
      cpuLimit: 150,
      onLimit: 'restart',
    })
    expect(supervisionPairs(set)).toEqual([
      ['Starts', 'at its first use'],
      ['Restarts', 'whenever it ends'],
      ['Stops', 'when unused for 90 s'],
      ['Time to end', '0.5 s, then the default'],
      ['Ceiling', '500 MB of memory, then restarted'],
      ['Ceiling', '150 % of a core, then restarted'],
    ])
  })
})
