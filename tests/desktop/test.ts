import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base, expect } from '@playwright/test'
import type { DriverName } from './choose-driver.ts'
import type { DesktopApp, LaunchOptions } from './desktop-app.ts'
import { launch } from './driver.ts'

/** What every test of a desktop application has. */
export interface DesktopFixtures {
  /** The driver; without it the one that `chooseDriver` chooses. */
  readonly driver: DriverName | null
  /** A home of the test's own; it is removed afterwards. */
  readonly home: string
  /** Starts the application in a folder on the test's home; it is ended afterwards. */
  readonly start: (
    appFolder: string,
    options?: Pick<LaunchOptions, 'args' | 'env'>,
  ) => Promise<DesktopApp>
}

/**
 * Playwright's test with a way to start desktop applications. It fails on each fault of one (`DesktopApp.faults`) of which
 * no annotation of type `expected-error` holds a part. What the application has written is attached to a failed test.
 */
export const test = base.extend<DesktopFixtures>({
  driver: [null, { option: true }],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from it: nothing.
  home: async ({}, use) => {
    const home = mkdtempSync(path.join(tmpdir(), 'desktop-home-'))
    await use(home)
    rmSync(home, { recursive: true, force: true, maxRetries: 10 })
  },
  start: async ({ driver, home }, use, testInfo) => {
    const started: DesktopApp[] = []
    await use(async (appFolder, options = {}) => {
      const app = await launch({ appFolder, home, ...options }, driver ?? undefined)
      started.push(app)
      return app
    })
    for (const app of started) {
      await app.dispose()
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('output of the main process', { body: app.output() })
      }
    }
    const expected = testInfo.annotations
      .filter(({ type }) => type === 'expected-error')
      .map(({ description = '' }) => description)
    const faults = started.flatMap((app) => app.faults)
    expect(faults.filter((text) => !expected.some((part) => text.includes(part)))).toEqual([])
  },
})

export { expect } from '@playwright/test'
