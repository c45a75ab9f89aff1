import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './source-files.ts'

const seeded = path.join(root, 'tests/architecture/seeded/types')

/** "Cannot find name": the names of Node, of the browser, and all others. */
const unknownName = /error TS(2304|2307|2584|2591):/

describe("each layer's tsconfig knows only the names that exist where the layer runs", () => {
  test.each(readdirSync(seeded))('%s', (name) => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', path.join(seeded, name)],
      { encoding: 'utf8' },
    )
    expect(stdout).toMatch(unknownName)
    expect(stdout).toContain('violation.ts')
    expect(status).not.toBe(0)
  })
})
