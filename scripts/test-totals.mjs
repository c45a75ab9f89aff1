import fs from 'node:fs'

/**
 * @typedef {{ passed: number, failed: number, unsteady: string[] }} Totals `unsteady`: tests that passed only at the second
 *   attempt, by name; they count as passed
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} VitestTest
 * @typedef {{ success: boolean, numPassedTests: number, numFailedTests: number, numPendingTests: number,
 *   numTodoTests: number, testResults: { status: string, assertionResults: VitestTest[] }[] }} VitestReport
 * @typedef {{ title: string, suites?: PlaywrightSuite[], specs: { title: string, tests: { status: string }[] }[] }} PlaywrightSuite
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   suites: PlaywrightSuite[] }} PlaywrightReport
 */

/**
 * How many unsteady tests one run may have. Thousands of tests with real processes and browsers share two cores here, and
 * one that lost a race is no reason to throw a day away; each is named at the end, and a fourth fails the run.
 */
const unsteadyAllowed = 3

/**
 * The sum of several runs.
 * @param {readonly Totals[]} all
 * @returns {Totals}
 */
export function sumTotals(all) {
  const unsteady = all.flatMap((totals) => totals.unsteady)
  const tooMany = unsteady.length > unsteadyAllowed ? unsteady.length : 0
  return {
    passed: all.reduce((sum, totals) => sum + totals.passed, 0) - tooMany,
    failed: all.reduce((sum, totals) => sum + totals.failed, 0) + tooMany,
    unsteady,
  }
}

/**
 * What Vitest's JSON report adds up to. A file that could not be loaded, a skipped test and an end that is red for
 * another reason (an unhandled rejection, a report that was never written) each count as failed: nothing is green
 * that did not run.
 * @param {string} file
 * @param {number} exitCode
 * @returns {Totals}
 */
export function vitestTotals(file, exitCode) {
  /** @type {VitestReport | null} */
  const report = readReport(file)
  if (report === null) return { passed: 0, failed: 1, unsteady: [] }
  const unloaded = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  ).length
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests + unloaded
  // Vitest keeps what the first attempt failed with.
  const unsteady = report.testResults.flatMap((result) =>
    result.assertionResults
      .filter((test) => test.status === 'passed' && test.failureMessages.length > 0)
      .map((test) => test.fullName),
  )
  return atLeastOneFailed({ passed: report.numPassedTests, failed, unsteady }, exitCode)
}

/**
 * The same of Playwright's JSON report.
 * @param {string} file
 * @param {number} exitCode
 * @returns {Totals}
 */
export function playwrightTotals(file, exitCode) {
  /** @type {PlaywrightReport | null} */
  const report = readReport(file)
  if (report === null) return { passed: 0, failed: 1, unsteady: [] }
  const { expected, unexpected, flaky, skipped } = report.stats
  return atLeastOneFailed(
    {
      passed: expected + flaky,
      failed: unexpected + skipped,
      unsteady: report.suites.flatMap(unsteadySpecs),
    },
    exitCode,
  )
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {string[]}
 */
function unsteadySpecs(suite) {
  const own = suite.specs
    .filter((spec) => spec.tests.some((test) => test.status === 'flaky'))
    .map((spec) => `${suite.title} > ${spec.title}`)
  return [...own, ...(suite.suites ?? []).flatMap(unsteadySpecs)]
}

/**
 * @param {Totals} totals
 * @param {number} exitCode
 * @returns {Totals}
 */
function atLeastOneFailed(totals, exitCode) {
  return { ...totals, failed: exitCode === 0 ? totals.failed : Math.max(1, totals.failed) }
}

/** @param {string} file */
function readReport(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null
}
