/**
 * Runs every test: Vitest's projects, then Playwright's where there are specs. Arguments go to Vitest; with arguments only
 * Vitest runs, because they choose tests in it. The last line is the sum, `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { root } from './node-bundle.mjs'
import { missingForTests } from './test-prerequisites.mjs'
import { playwrightTotals, sumTotals, vitestTotals } from './test-totals.mjs'

const args = process.argv.slice(2)
const results = path.join(root, '.cache', 'test-results')
const hasEndToEnd = ['e2e', 'desktop'].some((name) => hasSpecs(path.join(root, 'tests', name)))

/** @param {string} directory */
function hasSpecs(directory) {
  return (
    fs.existsSync(directory) &&
    fs.readdirSync(directory, { recursive: true }).some((name) => String(name).endsWith('.spec.ts'))
  )
}

/**
 * @param {string} program relative to node_modules
 * @param {string[]} programArgs
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} its exit code; 1 where a signal ended it
 */
async function runTool(program, programArgs, env = {}) {
  const child = spawn(
    process.execPath,
    [path.join(root, 'node_modules', program), ...programArgs],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } },
  )
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : 1
}

/** @returns {Promise<import('./test-totals.mjs').Totals>} */
async function runVitest() {
  const file = path.join(results, 'vitest.json')
  const code = await runTool('vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...args,
  ])
  return vitestTotals(file, code)
}

/** @returns {Promise<import('./test-totals.mjs').Totals>} */
async function runPlaywright() {
  const file = path.join(results, 'playwright.json')
  const code = await runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  })
  return playwrightTotals(file, code)
}

// Tests that need the system's packages would each fail with a message of their own; this says it once and first.
const missing = args.length === 0 ? missingForTests({ needsBrowser: hasEndToEnd }) : null
if (missing !== null) {
  process.stderr.write(`${missing}\n`)
  process.exit(1)
}

fs.rmSync(results, { recursive: true, force: true })
fs.mkdirSync(results, { recursive: true })
const totals = [await runVitest()]
// Not beside Vitest: on two cores both together have more races lost than minutes won.
if (hasEndToEnd && args.length === 0) totals.push(await runPlaywright())
const { passed, failed, unsteady } = sumTotals(totals)
for (const name of unsteady) {
  process.stdout.write(`passed only at the second attempt: ${name}\n`)
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
