import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { rowOf } from '../journeys/page-parts.ts'
import type { HeadlessHost } from './headless-host.ts'
import { expect, test } from './test.ts'

const servers = join(import.meta.dirname, '../../node_modules/@modelcontextprotocol')
const memory = { command: process.execPath, args: [join(servers, 'server-memory/dist/index.js')] }
const missing = { command: 'no-such-command' }

/** A host with one server that runs and one that failed, and its first page. */
async function open(page: Page, host: HeadlessHost): Promise<void> {
  await host.start()
  host.run('import', host.writeClaudeJson({ memory, broken: missing }), '--json')
  host.run('enable', 'memory')
  host.run('enable', 'broken', '--no-wait')
  await page.goto(host.url)
  await expect(rowOf(page, 'memory')).toContainText('Running')
  await expect(rowOf(page, 'broken')).toContainText('Failed')
}

const palette = (page: Page): Locator => page.getByRole('dialog', { name: 'Command palette' })
const chosen = (page: Page): Locator => palette(page).getByRole('option', { selected: true })

test('Ctrl+K finds servers, what can be done with them, tools, commands and log lines', async ({
  page,
  host,
}) => {
  await open(page, host)
  await rowOf(page, 'memory').focus()
  await page.keyboard.press('Control+k')
  const input = palette(page).getByRole('combobox')
  await expect(input).toBeFocused()
  // With nothing typed: what is broken, then what can be done from everywhere.
  await expect(chosen(page)).toContainText('broken')
  await expect(palette(page).getByRole('group')).toHaveCount(2)
  await expect(palette(page).getByRole('group', { name: 'Servers', exact: true })).toContainText(
    'broken',
  )

  await page.keyboard.type('mem')
  await expect(chosen(page)).toHaveText(/^memory Running/)
  await expect(palette(page).getByRole('status')).toHaveText(/results$/)
  await expect(palette(page).getByRole('option', { name: 'Restart memory' })).toBeVisible()
  await expect(palette(page).getByRole('option', { name: /^read_graph memory/ })).toBeVisible()
  await expect(palette(page).getByText(/in the last hour$/)).toBeVisible()

  // Tab: everything that can be done with this server; Escape goes back one step, and then to where one was.
  await page.keyboard.press('Tab')
  await expect(input).toHaveAttribute('placeholder', 'What to do with memory')
  await page.keyboard.type('stop')
  await expect(palette(page).getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(palette(page).getByText('memory:')).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(palette(page)).toBeHidden()
  await expect(rowOf(page, 'memory')).toBeFocused()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('@memory')
  await page.keyboard.press('Tab')
  await page.keyboard.type('stop')
  await page.keyboard.press('Enter')
  await expect(palette(page)).toBeHidden()
  await expect(rowOf(page, 'memory')).toContainText('starts at next launch')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('broken')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'broken' })).toBeVisible()
})

test('a first character limits the search, and what is chosen is opened with the focus in it', async ({
  page,
  host,
}) => {
  await open(page, host)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('>go')
  await expect(palette(page).getByRole('group')).toHaveCount(1)
  await expect(palette(page).getByRole('group', { name: 'Commands' })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(chosen(page)).toContainText('Go to tools')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(chosen(page)).toContainText('Go to processes')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Processes' })).toBeVisible()
  await expect(page.getByRole('main')).toBeFocused()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('#read_graph')
  await expect(chosen(page)).toContainText('read_graph memory')
  await expect(palette(page).getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#\/tools\/srv_\w+\/tool\/read_graph$/)
  await expect(page.getByRole('heading', { level: 2, name: 'read_graph' })).toBeVisible()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('Started process')
  await palette(page)
    .getByRole('option', { name: /^Lines that contain “Started process”/ })
    .waitFor()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#\/logs\?q=Started\+process$/)

  await page.keyboard.press('Control+k')
  await page.keyboard.type('@zzz')
  await expect(palette(page)).toContainText('Nothing matches “zzz”.')
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toBeHidden()
})

test('the keys of the sheet do what it says', async ({ page, host }) => {
  await open(page, host)
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name })
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keys' })
  await expect(sheet.getByRole('term').filter({ hasText: 'Go to servers' })).toBeVisible()
  // No row has the focus: its keys are told all the same.
  await expect(sheet.getByRole('term').filter({ hasText: 'Switch on or off' })).toBeVisible()
  // Behind a dialog nothing acts.
  await page.keyboard.press('n')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await expect(heading('Servers')).toBeVisible()

  for (const [keys, name] of [
    [['g', 't'], 'Tools'],
    [['g', 'l'], 'Logs'],
    [['g', ','], 'Settings'],
    [['n'], 'Add server'],
    [['i'], 'Import servers'],
    [['g', 's'], 'Servers'],
  ] as const) {
    for (const key of keys) await page.keyboard.press(key)
    await expect(heading(name)).toBeVisible()
    await expect(page).toHaveTitle(/ – MCP Manager$/)
  }
  // Half of a sequence, and then something else, does neither.
  await page.keyboard.press('g')
  await page.keyboard.press('x')
  await page.keyboard.press('l')
  await expect(heading('Servers')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`what floats over the page is accessible in ${colorScheme}`, async ({
    page,
    host,
    expectAccessible,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await open(page, host)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('mem')
    await expect(palette(page).getByText(/in the last hour$/)).toBeVisible()
    await expectAccessible()
    await page.setViewportSize({ width: 640, height: 400 })
    await expectAccessible()
    await page.keyboard.press('Tab')
    await expectAccessible()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
    await expectAccessible()
    await page.keyboard.press('End')
    await expect(page.getByRole('term').filter({ hasText: 'Back, close, clear' })).toBeInViewport()
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 900, height: 600 })

    await rowOf(page, 'memory').click({ button: 'right' })
    await expect(page.getByRole('menu')).toBeVisible()
    await expectAccessible()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
    await expectAccessible()
    await page.getByRole('button', { name: 'Undo' }).click()

    // The page of the design system shows each part in both themes.
    await page.evaluate(() => {
      window.location.hash = '#/parts'
    })
    const ground = (name: string) =>
      page
        .getByRole('region', { name, exact: true })
        .evaluate((element) => getComputedStyle(element).backgroundColor)
    await expect(page.getByRole('region', { name: 'Light', exact: true })).toBeVisible()
    expect(await ground('Light')).not.toBe(await ground('Dark'))
    await expectAccessible()
    await page.getByRole('button', { name: 'Remove…' }).first().click()
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await expectAccessible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Open a dialog' }).first().click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectAccessible()
  })
}
