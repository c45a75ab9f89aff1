import fs from 'node:fs'

/**
 * @typedef {{ passed: number, failed: number }} Totals
 * @typedef {{ success: boolean, numPassedTests: number, numFailedTests: number, numPendingTests: number,
 *   numTodoTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} VitestReport
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} PlaywrightReport
 */

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
  if (report === null) return { passed: 0, failed: 1 }
  const unloaded = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  ).length
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests + unloaded
  return atLeastOneFailed({ passed: report.numPassedTests, failed }, exitCode)
}

/**
 * The same of Playwright's JSON report. A test that passed only at the second attempt counts as failed.
 * @param {string} file
 * @param {number} exitCode
 * @returns {Totals}
 */
export function playwrightTotals(file, exitCode) {
  /** @type {PlaywrightReport | null} */
  const report = readReport(file)
  if (report === null) return { passed: 0, failed: 1 }
  const { expected, unexpected, flaky, skipped } = report.stats
  return atLeastOneFailed({ passed: expected, failed: unexpected + flaky + skipped }, exitCode)
}

/**
 * @param {Totals} totals
 * @param {number} exitCode
 * @returns {Totals}
 */
function atLeastOneFailed({ passed, failed }, exitCode) {
  return { passed, failed: exitCode === 0 ? failed : Math.max(1, failed) }
}

/** @param {string} file */
function readReport(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null
}
