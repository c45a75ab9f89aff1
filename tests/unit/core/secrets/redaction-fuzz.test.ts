import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineSplitter } from '../../../../src/core/logs/line-splitter.ts'
import { redactValue } from '../../../../src/core/secrets/redact-value.ts'
import { createRedactor } from '../../../../src/core/secrets/redaction.ts'
import { foundIn } from '../../../fixtures/canaries.ts'

/** How a program may write what holds a secret. */
const encoders: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  percent: encodeURIComponent,
  form: (text) => new URLSearchParams({ q: text }).toString(),
  json: (text) => JSON.stringify({ text }),
  'json in json': (text) => JSON.stringify({ text: JSON.stringify({ text }) }),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
}

/** No control characters: a line end would begin another line, which the tests of lines look at. */
const character = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
const printed = fc.oneof(fc.constantFrom(...Array.from('aZ09+/=-_.~%"\\<>&\' äß€')), character)
const secretValue = fc
  .string({ unit: printed, minLength: 8, maxLength: 40 })
  .filter((value) => new Set(value).size > 4)
const around = fc.string({ unit: printed, maxLength: 12 })
/** What an encoder that writes one character after the other makes of a text, without what it puts around every text. */
function withoutFrame(write: (text: string) => string, text: string): string {
  const [frame, one] = [write(''), write('x')]
  const start = one.indexOf(
    'x',
    Array.from(frame).findIndex((char, at) => char !== one[at]),
  )
  return write(text).slice(start, write(text).length - (frame.length - start))
}

const seed = 20_261_130

/** What comes of a text that is read in pieces of a size, as from a pipe. */
function linesOf(text: string, size: number): string[] {
  const lines: string[] = []
  const splitter = new LineSplitter((line) => lines.push(line.text))
  const bytes = Buffer.from(`${text}\n`)
  for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size))
  return lines
}

test('no spelling of a secret is left in what any program writes around it, however it is cut into pieces', () => {
  fc.assert(
    fc.property(
      secretValue,
      around,
      around,
      fc.constantFrom(...Object.keys(encoders)),
      fc.integer({ min: 1, max: 16 }),
      (value, before, after, encoder, size) => {
        const redactor = createRedactor()
        redactor.set('it', value)
        const write = encoders[encoder] ?? String
        const written = write(before + value + after)
        const shown = linesOf(written, size).map((line) => redactor.redact(line))
        expect(foundIn(shown.join('\n'), [value])).toEqual([])
        expect(shown.join('\n')).toContain('[secret it]')
        // Of base64 the list above has the part that no neighbour changes.
        const left = encoder.startsWith('base64') ? [] : [withoutFrame(write, value)]
        expect(left.filter((spelling) => shown.join('\n').includes(spelling))).toEqual([])
        // As a body of the protocol, and as an error with data.
        const body = { [written]: [{ message: written, data: { deep: [written] } }] }
        const clean = JSON.stringify(redactValue(body, (text) => redactor.redact(text)))
        expect(foundIn(clean, [value])).toEqual([])
      },
    ),
    { seed, numRuns: 1_000 },
  )
})
