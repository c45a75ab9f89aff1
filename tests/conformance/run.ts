import { spawnSync } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'

// Runs the client's part of the official conformance suite for both revisions: `npm run conformance`. npm brings the suite,
// and run-scenarios.ts, which it starts with the suite on its PATH, runs it.

const suite = '@modelcontextprotocol/conformance@0.2.0-alpha.12'

const { status, error } = spawnSync(
  'npm',
  ['exec', '--yes', `--package=${suite}`, '--', 'node', 'tests/conformance/run-scenarios.ts'],
  {
    cwd: join(import.meta.dirname, '../..'),
    stdio: 'inherit',
    // The suite and the client under test run on this Node, whatever started npm.
    env: {
      ...process.env,
      PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
    },
  },
)
if (error !== undefined) throw error
process.exitCode = status ?? 1
