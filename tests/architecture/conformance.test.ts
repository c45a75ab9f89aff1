import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { root } from './source-files.ts'

test("a stand-in that differs from Electron's typings does not compile", () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/typescript/bin/tsc'),
      '-p',
      path.join(root, 'tests/architecture/seeded/conformance'),
    ],
    { encoding: 'utf8' },
  )
  expect(status).not.toBe(0)
  expect(stdout).toContain("Property 'invented' is incompatible")
  expect(stdout).toContain("Property 'getTitle' is incompatible")
  // The stand-in itself has no fault.
  expect(stdout.match(/error TS/g)).toHaveLength(2)
})
