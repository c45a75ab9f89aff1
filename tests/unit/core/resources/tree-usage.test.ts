import { describe, expect, it } from 'vitest'
import { cpuMsBetween, memoryOf } from '../../../../src/core/resources/tree-usage.ts'
import { entry } from './process-fixture.ts'

describe('the processor time of a tree between two looks', () => {
  it.each([
    ['nothing before and nothing now', [], [], 0],
    ['what goes on', [entry(1, { cpuMs: 100 })], [entry(1, { cpuMs: 350 })], 250],
    [
      'what began since, from its start on',
      [entry(1, { cpuMs: 100 })],
      [entry(1, { cpuMs: 100 }), entry(2, { cpuMs: 40 })],
      40,
    ],
    [
      'another process under the number of one that ended',
      [entry(1, { cpuMs: 9_000 })],
      [entry(1, { cpuMs: 30, startMark: 'later' })],
      30,
    ],
    [
      'what ended since, where nobody that lives collected it: nothing is known of it',
      [entry(1, { cpuMs: 100 }), entry(2, { cpuMs: 800 })],
      [entry(1, { cpuMs: 110 })],
      10,
    ],
    [
      'what ended since and was collected: what it took after the look before',
      [entry(1, { cpuMs: 100, endedChildrenCpuMs: 5 }), entry(2, { cpuMs: 800 })],
      [entry(1, { cpuMs: 110, endedChildrenCpuMs: 825 })],
      30,
    ],
    [
      'what came and went between the looks',
      [entry(1, { cpuMs: 100, endedChildrenCpuMs: 5 })],
      [entry(1, { cpuMs: 100, endedChildrenCpuMs: 305 })],
      300,
    ],
    ['a counter that went back', [entry(1, { cpuMs: 100 })], [entry(1, { cpuMs: 90 })], 0],
  ])('%s', (_what, before, after, expected) => {
    expect(cpuMsBetween(before, after)).toBe(expected)
  })
})

it('the memory of a tree is the sum of its processes', () => {
  expect(memoryOf([entry(1, { memoryBytes: 5 }), entry(2, { memoryBytes: 7 })])).toBe(12)
})
