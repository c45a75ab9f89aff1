import path from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'

const root = path.join(import.meta.dirname, '../..')

/** The fixture servers' folder. */
export const fixtureServers = path.join(root, 'tests/fixtures/servers')

/** A definition of the small fixture server in a mode of its own. */
export function fixtureServer(...modes: readonly string[]) {
  return {
    command: process.execPath,
    args: [path.join(fixtureServers, 'fixture-server.mjs'), ...modes],
  }
}

/** A definition of one of the published servers: `memory`, `everything`, `filesystem`. */
export function publishedServer(name: string, ...args: readonly string[]) {
  const script = `node_modules/@modelcontextprotocol/server-${name}/dist/index.js`
  return { command: process.execPath, args: [path.join(root, script), ...args] }
}

/** The row of a server; its name is the whole name of the row's switch, which a row that is off the screen hides. */
export function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole('row')
    .filter({ has: page.getByRole('switch', { name, exact: true, includeHidden: true }) })
}

/** A field of a form. */
export function field(page: Page, name: string): Locator {
  return page.getByRole('textbox', { name, exact: true })
}

/** The lines of a log that are drawn. */
export function logRows(page: Page): Locator {
  return page.getByRole('treegrid', { name: 'Log lines' }).locator('[data-row]')
}

/** Opens a page of the application by its address, as a link in it does. */
export async function goTo(page: Page, route: `#/${string}`): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, route)
}

/** Presses Tab until something has the focus: it can be reached, and what has the focus is never lost. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}
