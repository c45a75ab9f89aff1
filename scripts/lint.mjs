/** Runs every check of the source text, all of them even when one fails, and ends red if any did. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { root } from './node-bundle.mjs'

const checks = [
  { name: 'oxlint', args: ['oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'biome', args: ['@biomejs/biome/bin/biome', 'check', '.'] },
  {
    name: 'dependency-cruiser',
    args: [
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'src',
    ],
  },
  { name: 'knip', args: ['knip/bin/knip.js', '--no-progress', '--no-config-hints'] },
]

const failed = checks.filter(({ name, args: [program = '', ...args] }) => {
  const started = performance.now()
  const { status } = spawnSync(
    process.execPath,
    [path.join(root, 'node_modules', program), ...args],
    { cwd: root, stdio: 'inherit' },
  )
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stderr.write(`[lint] ${name}: ${status === 0 ? 'clean' : 'FAILED'} in ${seconds} s\n`)
  return status !== 0
})
process.exitCode = failed.length === 0 ? 0 : 1
