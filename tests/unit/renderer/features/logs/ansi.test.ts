import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAnsi } from '../../../../../src/renderer/features/logs/ansi.ts'
import { plainText } from '../../../../../src/shared/lib/plain-text.ts'

const shown = (text: string) =>
  parseAnsi(text).map(({ text: piece, style: { color, ground, bold } }) => ({
    piece,
    color,
    ground,
    bold,
  }))
const plain = { color: null, ground: null, bold: false }

describe('parseAnsi', () => {
  test('colours and weights begin and end', () => {
    expect(shown('a\u001b[31;1mred\u001b[22mthin\u001b[0mb')).toEqual([
      { ...plain, piece: 'a' },
      { piece: 'red', color: 'red', ground: null, bold: true },
      { piece: 'thin', color: 'red', ground: null, bold: false },
      { ...plain, piece: 'b' },
    ])
  })

  test('palettes and true colours become the nearest of ours', () => {
    expect(shown('\u001b[38;5;196mx')[0]?.color).toBe('red')
    expect(shown('\u001b[38;5;240mx')[0]?.color).toBe('grey')
    expect(shown('\u001b[38;2;20;200;30mx')[0]?.color).toBe('green')
    expect(shown('\u001b[48;2;30;60;220;1mx')[0]).toMatchObject({ ground: 'blue', bold: true })
  })

  test('all other escapes and control characters are removed', () => {
    const text = '\u001b]0;title\u0007a\u001b[2K\u001b[1;1Hb\u001b(Bc\rd\u0008\te'
    expect(plainText(text)).toBe('abcd\te')
  })

  test('the pieces are the plain text, whatever comes', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('\u001b', '[', '31m', ';', 'm', '\u009b', '\u0007', '38;5;1', ']0;'),
    )
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('')
        const pieces = parseAnsi(text).map((span) => span.text)
        expect(pieces.join('')).toBe(plainText(text))
        // oxlint-disable-next-line no-control-regex
        expect(plainText(text)).not.toMatch(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/)
      }),
    )
  })
})
