import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser'
import { describe, expect, test } from 'vitest'
import { root, sourceFiles } from './source-files.ts'

// The configuration is CommonJS, because dependency-cruiser's own command loads it so.
const config: IConfiguration = createRequire(import.meta.url)('../../.dependency-cruiser.cjs')
const rules = (config.forbidden ?? []).map((rule) => rule.name ?? 'unnamed')
const seeded = path.join(root, 'tests/architecture/seeded')

async function cruiseSources(baseDir: string): Promise<ICruiseResult> {
  const { output } = await cruise(['src'], {
    ...config.options,
    baseDir,
    validate: true,
    ruleSet: { forbidden: config.forbidden ?? [] },
  })
  if (typeof output === 'string') throw new Error('dependency-cruiser answered text')
  return output
}

function violationsOf(result: ICruiseResult): string[] {
  return result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)
}

describe('the sources', () => {
  // Read once for both: it takes seconds.
  const cruising = cruiseSources(root)

  test('break no wall', async () => {
    const result = await cruising
    // Orphans are no breach of a wall; the linter reports them.
    expect(violationsOf(result).filter((line) => !line.startsWith('no-orphans:'))).toEqual([])
  })

  test('are all read: one module for each source file', async () => {
    const result = await cruising
    const read = result.modules
      .map((module) => module.source)
      .filter((file) => file.startsWith('src/') && !file.endsWith('.d.ts'))
    expect(read.toSorted()).toEqual(sourceFiles('src'))
  })
})

describe('each rule reports its seeded violation', () => {
  test.each(rules)('%s', async (rule) => {
    const baseDir = path.join(seeded, rule)
    expect(existsSync(baseDir), `there is no seeded violation for ${rule}`).toBe(true)
    const found = violationsOf(await cruiseSources(baseDir))
    expect(found.filter((line) => line.startsWith(`${rule}:`))).not.toEqual([])
  })

  test('a type-only import crosses a wall too', async () => {
    const found = violationsOf(await cruiseSources(path.join(seeded, 'layer-types')))
    expect(found).toContain('layer-renderer: src/renderer/violation.ts -> src/core/target.ts')
  })
})

test('every folder under src is a layer with a rule', () => {
  const folders = readdirSync(path.join(root, 'src'))
  expect(folders.filter((name) => !rules.includes(`layer-${name}`))).toEqual([])
})
