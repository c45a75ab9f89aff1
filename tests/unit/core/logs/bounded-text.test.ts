import { describe, expect, it } from 'vitest'
import { boundedText, maxLineBytes } from '../../../../src/core/logs/bounded-text.ts'

describe('boundedText', () => {
  it.each(['', 'a line', 'x'.repeat(maxLineBytes), '€'.repeat(Math.floor(maxLineBytes / 3))])(
    'leaves what fits',
    (text) => {
      expect(boundedText(text)).toBe(text)
    },
  )

  it.each(['x'.repeat(maxLineBytes + 1), '€'.repeat(maxLineBytes), '😀'.repeat(maxLineBytes)])(
    'cuts what does not fit, and says how much',
    (text) => {
      const cut = boundedText(text)
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(maxLineBytes)
      const [, kept, more] = /^(.*) \[cut: (\d+) bytes more\]$/su.exec(cut) ?? []
      expect(kept).not.toContain('\uFFFD')
      expect(Buffer.byteLength(kept ?? '') + Number(more)).toBe(Buffer.byteLength(text))
    },
  )

  it('counts what was left out before', () => {
    expect(boundedText('abc', 7)).toBe('abc [cut: 7 bytes more]')
  })
})
