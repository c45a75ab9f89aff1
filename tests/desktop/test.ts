import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base } from '@playwright/test'
import type { DesktopApp } from './desktop-app.ts'
import { launch } from './driver.ts'

interface Fixtures {
  /** A home of the test's own; it is removed afterwards. */
  readonly home: string
  /** Starts the application in a folder on the test's home; it is ended afterwards. */
  readonly start: (appFolder: string, env?: Readonly<Record<string, string>>) => Promise<DesktopApp>
}

/** Playwright's test with a way to start desktop applications. What a failed one has written is attached to it. */
export const test = base.extend<Fixtures>({
  // Playwright reads what a fixture needs from this pattern; it needs nothing.
  // oxlint-disable-next-line no-empty-pattern
  home: async ({}, use) => {
    const home = mkdtempSync(path.join(tmpdir(), 'desktop-home-'))
    await use(home)
    rmSync(home, { recursive: true, force: true, maxRetries: 10 })
  },
  start: async ({ home }, use, testInfo) => {
    const started: DesktopApp[] = []
    await use(async (appFolder, env = {}) => {
      const app = await launch({ appFolder, home, env })
      started.push(app)
      return app
    })
    for (const app of started) {
      await app.kill()
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('output of the main process', { body: app.output() })
      }
      await app.dispose()
    }
  },
})

export { expect } from '@playwright/test'
