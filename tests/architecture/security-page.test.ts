import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { root } from './source-files.ts'

const text = readFileSync(path.join(root, 'docs/security.md'), 'utf8')
/** Each "file: words" that a row of the page's tables names as what holds it. */
const named = [...text.matchAll(/\| `([\w./-]+)`: "([^"]+)" \|$/gm)].map(
  ([, file = '', words = '']) => ({
    file,
    words,
  }),
)

test('every row of the tables names what holds it', () => {
  const rows = text
    .split('\n')
    .filter((line) => /^\| (?!#|---|what \|)/.test(line) && !line.startsWith('|-'))
  expect(rows.length).toBeGreaterThan(20)
  expect(named).toHaveLength(rows.length)
})

test.each(named)('$file has: $words', ({ file, words }) => {
  const place = path.join(root, file)
  expect(existsSync(place)).toBe(true)
  expect(readFileSync(place, 'utf8')).toContain(words)
})
