import { join } from 'node:path'
import type { Locator, Page, TestInfo } from '@playwright/test'
import { rowOf } from '../journeys/page-parts.ts'
import type { HeadlessHost } from './headless-host.ts'
import { expect, test } from './test.ts'

const fixtures = join(import.meta.dirname, '../fixtures/servers')
const fixture = join(fixtures, 'fixture-server.mjs')
const small = { command: process.execPath, args: [fixture, 'ok'] }
const hangs = { command: process.execPath, args: [fixture, 'hang-in-handshake'] }
const chatty = {
  command: process.execPath,
  args: ['--import', join(fixtures, 'chatty.mjs'), fixture],
  env: { CHATTY_BURST: '50', CHATTY_EVERY: '20' },
}

/** The browser itself reports what it cannot reach. */
function expectLostConnection(testInfo: TestInfo): void {
  for (const description of ['WebSocket connection', 'Failed to load resource']) {
    testInfo.annotations.push({ type: 'expected-error', description })
  }
}

const lost = (page: Page): Locator =>
  page.getByRole('alert').filter({ hasText: 'The connection to MCP Manager is lost.' })

/** The process of each server that has one, by name. */
function processes(host: HeadlessHost): Record<string, number> {
  // As docs/cli.md describes it.
  const { servers } = JSON.parse(host.run('status', '--json')) as {
    servers: { name: string; state: { pid?: number | null } }[]
  }
  return Object.fromEntries(
    servers.flatMap(({ name, state }) => (state.pid == null ? [] : [[name, state.pid]])),
  )
}

test('a killed host is said to be gone, what was shown stays, and the page finds back by itself', async ({
  page,
  host,
  expectAccessible,
}) => {
  expectLostConnection(test.info())
  await host.choosePort()
  await host.start()
  host.run('import', host.writeClaudeJson({ alpha: small }), '--json')
  host.run('enable', 'alpha')
  await page.goto(host.url)
  await expect(rowOf(page, 'alpha')).toContainText('Running')

  await host.kill()
  await expect(lost(page)).toBeVisible()
  await expect(page.getByText(/What you see is from \d\d:\d\d:\d\d\. Trying again/)).toBeVisible()
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('Not connected')
  await expect(rowOf(page, 'alpha')).toContainText('Running')
  // A call that cannot be made says so, and the switch stays where it was.
  await rowOf(page, 'alpha').getByRole('switch').click()
  await expect(page.getByText('The page is not connected.')).toBeVisible()
  await expect(rowOf(page, 'alpha').getByRole('switch')).toBeChecked()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expectAccessible()
  }

  await host.start()
  await expect(page.getByText('Connected again')).toBeVisible()
  await expect(lost(page)).toBeHidden()
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('This computer')
  await expect(rowOf(page, 'alpha')).toContainText('Running')
  host.run('stop', 'alpha')
  await expect(rowOf(page, 'alpha')).toContainText('starts at next launch')
  host.run('add', 'beta', '--', process.execPath, fixture, 'ok')
  await expect(rowOf(page, 'beta')).toBeVisible()
})

test('“Try now” does not wait, and servers that went away meanwhile are gone', async ({
  page,
  host,
}) => {
  expectLostConnection(test.info())
  await host.choosePort()
  await host.start()
  host.run('import', host.writeClaudeJson({ alpha: small, beta: small }), '--json')
  await page.clock.install()
  await page.goto(host.url)
  await expect(rowOf(page, 'beta')).toBeVisible()
  await host.kill()
  await expect(lost(page)).toBeVisible()
  // From here on no timer of the page ends: nothing but the button can connect it.
  await page.clock.pauseAt(Date.now() + 60_000)
  host.run('remove', 'beta', '--yes')
  await host.start()
  await expect(lost(page)).toBeVisible()
  await page.getByRole('button', { name: 'Try now' }).press('Enter')
  await expect(lost(page)).toBeHidden()
  await expect(rowOf(page, 'beta')).toBeHidden()
  await expect(rowOf(page, 'alpha')).toBeVisible()
})

test('a browser without a session is told the way in, and a link beside it lets it in', async ({
  page,
  context,
  host,
  expectAccessible,
}) => {
  expectLostConnection(test.info())
  await host.start()
  const origin = new URL(host.url).origin
  await page.goto(origin)
  const refused = page.getByRole('alert')
  await expect(refused).toContainText('This browser needs a new link')
  await expect(refused).toContainText('mcp-manager serve --open')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expectAccessible()
  }

  const other = await context.newPage()
  await other.goto(host.url)
  await expect(other.getByRole('navigation', { name: 'Sections' })).toBeVisible()
  // A link that was used already does no harm in a browser that is let in.
  await other.goto('about:blank')
  await other.goto(host.url)
  await expect(other.getByRole('navigation', { name: 'Sections' })).toBeVisible()
  await other.close()
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible()
})

test('no reload and no fault of the page touches a server', async ({ page, host }) => {
  for (const description of ['Failed to load resource', 'logs-page', 'key-sheet']) {
    test.info().annotations.push({ type: 'expected-error', description })
  }
  await host.start()
  host.run('import', host.writeClaudeJson({ hangs, chatty }), '--json')
  host.run('enable', 'chatty')
  host.run('enable', 'hangs', '--no-wait')
  await page.goto(host.url)
  await expect(rowOf(page, 'hangs')).toContainText('handshake')
  const before = processes(host)
  expect(Object.keys(before).toSorted()).toEqual(['chatty', 'hangs'])

  await page.reload()
  await expect(rowOf(page, 'hangs')).toContainText('handshake')
  await page.getByRole('link', { name: 'Logs' }).click()
  const lines = page.getByRole('treegrid', { name: 'Log lines' })
  await expect(lines).toContainText('line number')
  await page.reload()
  await expect(lines).toContainText('line number')
  expect(processes(host)).toEqual(before)

  // A part of the page that does not come: the page says so in its place, and the rest works on.
  await page.getByRole('link', { name: 'Servers' }).click()
  await page.reload()
  await page.route(/key-sheet/, (route) => route.abort())
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'This page met a fault' })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.route(/logs-page/, (route) => route.abort())
  await page.getByRole('link', { name: 'Logs' }).click()
  const report = page.getByRole('alert').filter({ hasText: 'This page met a fault' })
  await expect(report).toContainText('Your servers are not affected')
  await page.getByRole('link', { name: 'Servers' }).click()
  await expect(rowOf(page, 'chatty')).toContainText('Running')
  await page.getByRole('link', { name: 'Logs' }).click()
  await page.unroute(/logs-page/)
  await report.getByRole('button', { name: 'Reload' }).click()
  await expect(lines).toContainText('line number')
  expect(processes(host)).toEqual(before)
})
