import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { houseRuleFindings } from './house-rules.ts'
import { root, sourceFiles } from './source-files.ts'

function rulesBrokenBy(source: string, file = 'src/core/thing.ts'): string[] {
  return houseRuleFindings(file, source).map(({ rule }) => rule)
}

test('the sources keep the house rules', () => {
  const files = sourceFiles('src')
  expect(files.length).toBeGreaterThan(0)
  const findings = files.flatMap((file) =>
    houseRuleFindings(file, readFileSync(path.join(root, file), 'utf8')),
  )
  expect(findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`)).toEqual([])
})

test('files of tests are named by the same rule', () => {
  const seeded = 'tests/architecture/seeded/'
  const names = sourceFiles('tests').filter((file) => !file.startsWith(seeded))
  const findings = names.flatMap((file) => houseRuleFindings(file, ''))
  expect(findings).toEqual([])
})

describe('a breach is reported:', () => {
  test.each([
    ['default export', 'export default 1'],
    ['barrel', "export * from './other.ts'"],
    ['any', 'const a: any = 1'],
    ['any', '// Why.\nconst a = b as any'],
    ['non-null assertion', 'const a = b!'],
    ['cast without a comment', 'const a = b as string'],
    ['cast without a comment', '// Too far away.\n\n\n\n\nconst a = b as string'],
    ['silenced type check', '// @ts-ignore\nconst a = 1'],
    ['silenced type check', '// @ts-expect-error\nconst a = 1'],
    ['export without a docstring', 'export const a = 1'],
    ['export without a docstring', '// Only a comment.\nexport function f() {}'],
    ['export without a docstring', '/** One. */\nexport const a = 1\n\nexport type B = string'],
    ['export without a docstring', '/** Of something else. */\nconst b = 1\nexport const a = 1'],
  ])('%s', (rule, source) => {
    expect(rulesBrokenBy(source)).toEqual([rule])
  })

  test.each([
    ['vague file name', 'src/core/utils.ts'],
    ['vague file name', 'src/core/index.ts'],
    ['file name is not kebab-case', 'src/core/LogStore.ts'],
    ['file name is not kebab-case', 'src/core/log_store.ts'],
  ])('%s', (rule, file) => {
    expect(rulesBrokenBy('', file)).toEqual([rule])
  })
})

describe('no breach:', () => {
  test.each([
    ['a documented export', '/** A number. */\nexport const a = 1'],
    ['a type right below its schema', '/** A. */\nexport const a = f()\nexport type A = typeof a'],
    ['an export that is only a name', '/** A. */\nexport const a = 1\nexport { a as b }'],
    ['a value that is checked', 'if (!a) f(a !== b)'],
    ['a cast that says why', '// The caller has checked it.\nconst a = b as string'],
    ['the type of an empty array', 'const a = [] as string[]'],
    ['as const', "const a = ['x'] as const"],
    ['the word any in a text', "const a = 'as any'"],
  ])('%s', (_name, source) => {
    expect(rulesBrokenBy(source)).toEqual([])
  })
})
