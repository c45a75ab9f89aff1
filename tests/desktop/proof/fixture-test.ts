import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DesktopApp } from '../desktop-app.ts'
import { test as base, expect } from '../test.ts'
import { buildFixture } from './build-fixture.ts'

interface Fixtures {
  /** The fixture application, started. */
  readonly app: DesktopApp
}

/** The driver's test with the fixture application, which each worker builds once. */
export const test = base.extend<Fixtures, { readonly fixtureApp: string }>({
  fixtureApp: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from it: nothing.
    async ({}, use) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'desktop-fixture-'))
      await buildFixture(folder)
      await use(folder)
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  app: async ({ start, fixtureApp }, use) => {
    await use(await start(fixtureApp))
  },
})

/** What the fixture application has noted so far, the oldest first. */
export function eventsOf(app: DesktopApp): Promise<string[]> {
  // fixture-app/main.ts puts its list there.
  return app.evaluate(() => Reflect.get(globalThis, 'fixtureEvents') as string[], null)
}

/** Waits until the fixture application has noted something. */
export async function expectEvent(app: DesktopApp, event: string): Promise<void> {
  await expect.poll(() => eventsOf(app)).toContain(event)
}

export { expect } from '../test.ts'
