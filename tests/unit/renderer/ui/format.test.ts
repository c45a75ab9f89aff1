import { describe, expect, test } from 'vitest'
import {
  agoOf,
  formatBytes,
  formatBytesOf,
  formatClock,
  formatCompact,
  formatDate,
  formatDuration,
  formatMemory,
  formatMilliseconds,
  formatNumber,
  formatPercent,
} from '../../../../src/renderer/ui/format.ts'

describe('formatBytes', () => {
  test.each([
    [0, '0 B'],
    [214, '214 B'],
    [999, '999 B'],
    [1_000, '1.0 kB'],
    [18_400, '18.4 kB'],
    [99_949, '99.9 kB'],
    [99_950, '100 kB'],
    [412_000_000, '412 MB'],
    [999_499_999, '999 MB'],
    [999_500_000, '1.0 GB'],
    [5e16, '50,000 TB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  test('says how far it is in the unit of the whole', () => {
    expect(formatBytesOf(14_200_000, 22_900_000, 'of')).toBe('14.2 of 22.9 MB')
    expect(formatBytesOf(0, 500, 'of')).toBe('0 of 500 B')
  })
})

test.each([
  [88_400_000, '88 MB'],
  [999_400_000, '999 MB'],
  [1_300_000_000, '1.3 GB'],
])('memory of %d bytes is %s', (bytes, text) => {
  expect(formatMemory(bytes)).toBe(text)
})

test.each([
  [0, '0 ms'],
  [0.4, '< 1 ms'],
  [412, '412 ms'],
  [999.6, '1.0 s'],
  [1_200, '1.2 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [59_499, '59 s'],
  [59_500, '1 min'],
  [200_000, '3 min 20 s'],
  [3_599_600, '1 h'],
  [7_500_000, '2 h 5 min'],
  [273_600_000, '3 d 4 h'],
])('a duration of %d ms is %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test('figures carry separators and units', () => {
  expect(formatNumber(2_344)).toBe('2,344')
  expect(formatMilliseconds(30_005)).toBe('30,005 ms')
  expect(formatCompact(980)).toBe('980')
  expect(formatCompact(4_100)).toBe('4.1k')
  expect(formatPercent(0.004)).toBe('0.4 %')
  expect(formatPercent(1)).toBe('100 %')
  expect(formatNumber(2_344, 'de')).toBe('2.344')
})

const now = Date.UTC(2026, 10, 20, 12)
test.each([
  [-9_000, { unit: 'now' }],
  [4_900, { unit: 'now' }],
  [5_000, { unit: 's', count: 5 }],
  [59_999, { unit: 's', count: 59 }],
  [130_000, { unit: 'min', count: 2 }],
  [3 * 3_600_000, { unit: 'h', count: 3 }],
  [5 * 86_400_000, { unit: 'd', count: 5 }],
  [7 * 86_400_000, { unit: 'date' }],
])('%d ms before now is %j', (ms, ago) => {
  expect(agoOf(now - ms, now)).toEqual(ago)
})

test('a date is written as the language writes it', () => {
  const noon = new Date(2026, 10, 12, 12).getTime()
  expect(formatDate(noon)).toBe('Nov 12, 2026')
  expect(formatDate(noon, 'de')).toBe('12.11.2026')
})

test('a clock shows local time', () => {
  const at = new Date(2026, 10, 20, 9, 4, 31, 7).getTime()
  expect(formatClock(at)).toBe('09:04:31')
  expect(formatClock(at, true)).toBe('09:04:31.007')
})
