import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { playwrightTotals, sumTotals, vitestTotals } from '../../../scripts/test-totals.mjs'

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'mcp-manager-totals-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

function reportFile(report: object): string {
  const file = path.join(directory, 'report.json')
  writeFileSync(file, JSON.stringify(report))
  return file
}

describe('vitestTotals', () => {
  const green = {
    numPassedTests: 7,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [
      {
        status: 'passed',
        assertionResults: [{ status: 'passed', fullName: 'it', failureMessages: [''].slice(1) }],
      },
    ],
  }

  test('a green run', () => {
    expect(vitestTotals(reportFile(green), 0)).toEqual({ passed: 7, failed: 0, unsteady: [] })
  })

  test.each([
    ['a failed test', { numFailedTests: 1 }, 1],
    ['a skipped test', { numPendingTests: 1 }, 0],
    ['a test that is still to do', { numTodoTests: 1 }, 0],
    ['a file that did not load', { testResults: [{ status: 'failed', assertionResults: [] }] }, 1],
    ['an unhandled rejection', {}, 1],
  ])('%s counts as failed', (_name, change, exitCode) => {
    const totals = vitestTotals(reportFile({ ...green, ...change }), exitCode)
    expect(totals).toEqual({ passed: 7, failed: 1, unsteady: [] })
  })

  test('a report that was never written counts as failed', () => {
    const totals = vitestTotals(path.join(directory, 'missing.json'), 0)
    expect(totals).toEqual({ passed: 0, failed: 1, unsteady: [] })
  })

  test('what passed at the second attempt is named', () => {
    const assertionResults = [{ status: 'passed', fullName: 'a race', failureMessages: ['lost'] }]
    const report = { ...green, testResults: [{ status: 'passed', assertionResults }] }
    expect(vitestTotals(reportFile(report), 0).unsteady).toEqual(['a race'])
  })
})

describe('playwrightTotals', () => {
  const suites = [
    {
      title: 'file',
      specs: [],
      suites: [{ title: 'group', specs: [{ title: 'a race', tests: [{ status: 'flaky' }] }] }],
    },
  ]
  const none: typeof suites = []

  test.each([
    ['a green run', { expected: 3, unexpected: 0, flaky: 0, skipped: 0 }, 0],
    ['a failed test', { expected: 3, unexpected: 1, flaky: 0, skipped: 0 }, 1],
    ['a skipped test', { expected: 3, unexpected: 0, flaky: 0, skipped: 1 }, 1],
  ])('%s', (_name, stats, failed) => {
    const totals = playwrightTotals(reportFile({ stats, suites: none }), 0)
    expect(totals).toEqual({ passed: 3, failed, unsteady: [] })
  })

  test('what passed at the second attempt is named', () => {
    const stats = { expected: 3, unexpected: 0, flaky: 1, skipped: 0 }
    const totals = playwrightTotals(reportFile({ stats, suites }), 0)
    expect(totals).toEqual({ passed: 4, failed: 0, unsteady: ['group > a race'] })
  })
})

describe('sumTotals', () => {
  const run = (unsteady: string[]) => ({ passed: 5, failed: 0, unsteady })

  test('three unsteady tests are let pass', () => {
    const sum = sumTotals([run(['a', 'b']), run(['c'])])
    expect(sum).toEqual({ passed: 10, failed: 0, unsteady: ['a', 'b', 'c'] })
  })
  test('four fail the run', () => {
    const sum = sumTotals([run(['a', 'b']), run(['c', 'd'])])
    expect(sum).toEqual({ passed: 6, failed: 4, unsteady: ['a', 'b', 'c', 'd'] })
  })
})
