import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'
import { chooseDriver } from './tests/desktop/choose-driver.ts'

/** Debian's Chromium, where it is installed; else the Chrome or Edge that Playwright finds. */
const systemChromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) =>
  existsSync(path),
)
// Chromium's sandbox does not start as root (CI, containers); nowhere else is it switched off.
const isRoot = process.getuid?.() === 0

// The workers and the linter read this file, too.
if (process.argv.includes('test') && process.env['TEST_WORKER_INDEX'] === undefined) {
  const { driver, why } = chooseDriver()
  process.stderr.write(`[desktop] driver: ${driver} (${why})\n`)
}

export default defineConfig({
  projects: [
    { name: 'e2e', testDir: 'tests/e2e' },
    // Of pages that Playwright did not open itself its traces stay in the temporary folder for ever.
    { name: 'desktop', testDir: 'tests/desktop', use: { trace: 'off' } },
  ],
  outputDir: '.cache/playwright',
  timeout: 90_000,
  // Real hosts and servers start behind each step: on a busy machine of two cores five seconds are not enough.
  expect: { timeout: 15_000 },
  // Each test has a home, a host and a port of its own. More than two only wait for each other on a machine of two cores.
  workers: 2,
  // One that lost a race is tried once more, and named at the end (scripts/test-totals.mjs).
  retries: 1,
  forbidOnly: true,
  use: {
    // Of the second attempt: to record all that passes takes a good part of the processor's time.
    trace: 'on-first-retry',
    ...(systemChromium === undefined && { channel: 'chrome' }),
    launchOptions: {
      ...(systemChromium !== undefined && { executablePath: systemChromium }),
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
})
