import { describe, expect, test } from 'vitest'
import { lineCount, moment, portNumber, positiveSeconds } from '../../../src/cli/parse-option.ts'

describe('moment', () => {
  const now = Date.parse('2026-11-20T12:00:00Z')

  test.each([
    ['90s', 90_000],
    ['10m', 600_000],
    ['1.5h', 5_400_000],
    ['3d', 259_200_000],
    [' 2h ', 7_200_000],
  ])('%s is so many milliseconds ago', (text, ago) => {
    expect(moment(text, now)).toBe(now - ago)
  })

  test('a date in ISO 8601 is itself', () => {
    expect(moment('2026-11-20T11:30:00Z', now)).toBe(now - 1_800_000)
  })

  test('a date without a zone is local, a bare one its midnight', () => {
    expect(moment('2026-11-20T11:30', now)).toBe(new Date(2026, 10, 20, 11, 30).getTime())
    expect(moment('2026-11-20', now)).toBe(new Date(2026, 10, 20).getTime())
  })

  test.each(['', 'yesterday', '2026-13-40', '10', 'm', '-5m', '10 parsecs'])(
    '%j is refused',
    (text) => {
      expect(() => moment(text, now)).toThrow('10m, 2h or 3d')
    },
  )
})

test('positiveSeconds takes numbers above 0 only', () => {
  expect(positiveSeconds('0.5')).toBe(0.5)
  for (const text of ['0', '-1', 'soon', 'Infinity']) {
    expect(() => positiveSeconds(text)).toThrow('above 0')
  }
})

test('portNumber takes whole numbers from 1 to 65535 only', () => {
  expect(portNumber('65535')).toBe(65_535)
  for (const text of ['0', '65536', '80.5', 'http']) expect(() => portNumber(text)).toThrow('65535')
})

test('lineCount takes whole numbers from 1 to 100,000 only', () => {
  expect(lineCount('100000')).toBe(100_000)
  for (const text of ['0', '100001', '1.5', 'all']) expect(() => lineCount(text)).toThrow('100000')
})
