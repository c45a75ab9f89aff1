import { describe, expect, test } from 'vitest'
import {
  formatMomentToken,
  parseMoment,
} from '../../../../../src/renderer/features/logs/parse-moment.ts'

const now = new Date(2026, 10, 20, 12, 30, 0).getTime()

describe('parseMoment', () => {
  test('spans count back from now', () => {
    expect(parseMoment('90s', now)).toBe(now - 90_000)
    expect(parseMoment('15m', now)).toBe(now - 900_000)
    expect(parseMoment('2d', now)).toBe(now - 172_800_000)
  })

  test('a time is of today, or of yesterday where it is still to come', () => {
    expect(parseMoment('12:04', now)).toBe(new Date(2026, 10, 20, 12, 4).getTime())
    expect(parseMoment('12:04:31.5', now)).toBe(new Date(2026, 10, 20, 12, 4, 31, 500).getTime())
    expect(parseMoment('23:00', now)).toBe(new Date(2026, 10, 19, 23, 0).getTime())
  })

  test('a date alone begins at midnight here', () => {
    expect(parseMoment('2026-11-01', now)).toBe(new Date(2026, 10, 1).getTime())
    expect(parseMoment('2026-11-01T08:15', now)).toBe(new Date(2026, 10, 1, 8, 15).getTime())
  })

  test.each(['', 'soon', '25:00', '12:61', '15', '2026-13-01'])('%j is none', (text) => {
    expect(parseMoment(text, now)).toBeNull()
  })

  test.each([now, now - 31_337, now - 86_400_000 * 3 - 7, now + 5_000])(
    'a moment is written so that it is read the same: %d',
    (at) => {
      expect(parseMoment(formatMomentToken(at, now), now)).toBe(at)
    },
  )
})
