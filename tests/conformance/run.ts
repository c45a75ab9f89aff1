import { spawnSync } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'

// Runs the client's part of the official conformance suite for both revisions: `npm run conformance`. npm brings the suite.
// What is expected to fail stands in expected-failures.yml; one that passes all the same has to leave it.

const suite = '@modelcontextprotocol/conformance@0.2.0-alpha.12'
const revisions = ['2025-11-25', '2026-07-28']
const root = join(import.meta.dirname, '../..')

/** All scenarios run at once: on two cores each has to wait for the others. */
const timeoutMs = 180_000

const failed = revisions.filter((revision) => {
  const { status, error } = spawnSync(
    'npm',
    [
      'exec',
      '--yes',
      `--package=${suite}`,
      '--',
      'conformance',
      'client',
      '--command=node tests/conformance/client.ts',
      `--requirements=${revision}`,
      '--expected-failures=tests/conformance/expected-failures.yml',
      `--timeout=${timeoutMs}`,
      `--output-dir=${join('.cache/conformance', revision)}`,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      // The suite and the client under test run on this Node, whatever started npm.
      env: {
        ...process.env,
        PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
      },
    },
  )
  if (error !== undefined) throw error
  return status !== 0
})
for (const revision of failed) process.stderr.write(`[conformance] ${revision}: not as expected\n`)
process.exitCode = failed.length === 0 ? 0 : 1
