import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineSplitter, type SplitLine } from '../../../../src/core/logs/line-splitter.ts'

function split(chunks: readonly Uint8Array[], maxBytes?: number): SplitLine[] {
  const lines: SplitLine[] = []
  const splitter = new LineSplitter((line) => lines.push(line), maxBytes)
  for (const chunk of chunks) splitter.push(chunk)
  splitter.end()
  return lines
}

const texts = (chunks: readonly Uint8Array[]): string[] => split(chunks).map((line) => line.text)
const bytes = (text: string): Uint8Array => Buffer.from(text)

describe('LineSplitter', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\r\nb\nc', ['a', 'b', 'c']],
    ['\n\n', ['', '']],
    ['a\rb\n', ['a\rb']],
    ['a\r', ['a']],
    ['\r\n', ['']],
  ])('splits %j into %j', (text, lines) => {
    expect(texts([bytes(text)])).toEqual(lines)
  })

  it('gives the same lines however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '\n', '\r\n', '\r', 'é', '€', '😀', 'text ')),
        fc.array(fc.integer({ min: 1, max: 5 })),
        (parts, sizes) => {
          const whole = bytes(parts.join(''))
          const chunks: Uint8Array[] = []
          let from = 0
          for (const size of sizes) {
            chunks.push(whole.subarray(from, from + size))
            from += size
          }
          chunks.push(whole.subarray(from))
          expect(texts(chunks)).toEqual(texts([whole]))
        },
      ),
    )
  })

  it('does not depend on a buffer that is used again', () => {
    const buffer = Buffer.from('ab')
    const lines: string[] = []
    const splitter = new LineSplitter((line) => lines.push(line.text))
    splitter.push(buffer)
    buffer.fill('x')
    splitter.push(Buffer.from('c\n'))
    expect(lines).toEqual(['abc'])
  })

  it('cuts a long line, counts what is left out, and goes on with the next', () => {
    expect(split([bytes('abcdef\nxy\n')], 4)).toEqual([
      { text: 'abcd', cutBytes: 2 },
      { text: 'xy', cutBytes: 0 },
    ])
    expect(split([bytes('abcd\r'), bytes('\nabcde\r\n')], 4)).toEqual([
      { text: 'abcd', cutBytes: 0 },
      { text: 'abcd', cutBytes: 1 },
    ])
  })

  it('never cuts a character in two', () => {
    expect(split([bytes('a€€\n')], 5)).toEqual([{ text: 'a€', cutBytes: 3 }])
    expect(split([bytes('😀😀\n')], 7)).toEqual([{ text: '😀', cutBytes: 4 }])
  })

  it('shows bytes that are no UTF-8 as replacement characters', () => {
    expect(texts([Uint8Array.of(0x61, 0xff, 0x0a)])).toEqual(['a\uFFFD'])
  })

  it('holds no more than the bound of a line without an end', () => {
    const lines = split(Array.from({ length: 2000 }, () => Buffer.alloc(10_000, 'x')))
    expect(lines).toHaveLength(1)
    expect(lines[0]?.text).toHaveLength(65_536)
    expect(lines[0]?.cutBytes).toBe(20_000_000 - 65_536)
  })
})
