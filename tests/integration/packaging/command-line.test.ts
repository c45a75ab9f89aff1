import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { repository } from '../temp-core.ts'

/** Keeps so much of what it makes that the young part of its heap grows as far as it may, and prints the bytes of that part. */
const greedy = `
let kept = []
for (let made = 0; made < 2_000_000; made += 1) {
  kept.push({ made })
  if (kept.length > 200_000) kept = kept.slice(100_000)
}
const spaces = require('node:v8').getHeapSpaceStatistics()
console.log(spaces.find(({ space_name }) => space_name === 'new_space').space_size)
`

// Windows has a script of its own for the same.
if (process.platform !== 'win32') {
  it('the installed command line bounds the young part of its heap', () => {
    const app = mkdtempSync(join(tmpdir(), 'mcp-manager-app-'))
    try {
      const place = (file: string) => {
        mkdirSync(dirname(join(app, file)), { recursive: true })
        return join(app, file)
      }
      const script = place('bin/mcp-manager')
      copyFileSync(join(repository, 'assets/bin/mcp-manager'), script)
      symlinkSync(process.execPath, place('node/bin/node'))
      writeFileSync(place('app.asar.unpacked/out/node/cli.js'), greedy)
      const bytesIn = (command: string, args: readonly string[]) =>
        Number(execFileSync(command, args, { encoding: 'utf8' }))
      const bound = 12 * 1024 * 1024
      expect(bytesIn(process.execPath, ['-e', greedy])).toBeGreaterThan(bound)
      expect(bytesIn('/bin/sh', [script])).toBeLessThanOrEqual(bound)
    } finally {
      rmSync(app, { recursive: true, force: true })
    }
  })
}
