import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { english } from '../../src/renderer/i18n/english.ts'
import { bareStrings } from './bare-strings.ts'
import { root, sourceFiles } from './source-files.ts'

const files = sourceFiles('src/renderer').filter(
  (file) =>
    !file.startsWith('src/renderer/i18n/en/') && !file.startsWith('src/renderer/features/parts/'),
)
const sources = files.map((file) => ({ file, source: readFileSync(path.join(root, file), 'utf8') }))

test('every text of the interface is a key of a catalog', () => {
  expect(files.length).toBeGreaterThan(20)
  const found = sources.flatMap(({ file, source }) => bareStrings(file, source))
  expect(found.map(({ file, line, text }) => `${file}:${line} ${text}`)).toEqual([])
})

describe('a bare text is reported:', () => {
  test.each([
    '<p>Hello</p>',
    '<p>{"Hello"}</p>',
    '<p>{`Hello ${name}`}</p>',
    '<p>{ok ? "Yes" : t("no")}</p>',
    '<input aria-label="Name" />',
    '<Field label={"Name"} />',
    'toast({ tone: "bad", text: "It failed" })',
  ])('%s', (source) => {
    expect(bareStrings('a.tsx', `const a = ${source}`).length).toBeGreaterThan(0)
  })

  test.each(['<p>·</p>', '<p className="text ink">{t("a")}</p>', '<Keys keys="Mod+K" />'])(
    '%s is none',
    (source) => {
      expect(bareStrings('a.tsx', `const a = ${source}`)).toEqual([])
    },
  )
})

test('no text has words that this project does without', () => {
  const texts = allTexts(english)
  expect(texts.length).toBeGreaterThan(300)
  expect(texts.filter((text) => /oops|successfully|please wait|!$/i.test(text))).toEqual([])
})

function allTexts(tree: unknown): readonly string[] {
  if (typeof tree === 'string') return [tree]
  if (typeof tree !== 'object' || tree === null) return []
  return Object.values(tree).flatMap(allTexts)
}
