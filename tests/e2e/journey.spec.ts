import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './test.ts'

const fixture = join(import.meta.dirname, '../fixtures/servers/fixture-server.mjs')

function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole('row')
    .filter({ has: page.getByRole('switch', { name, exact: true, includeHidden: true }) })
}

/** Presses Tab until something has the focus: it can be reached, and what has the focus is never lost. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

test('from the first start to a mended server, its log and its tools, without a mouse', async ({
  page,
  host,
}) => {
  host.writeClaudeJson({
    good: { command: process.execPath, args: [fixture, 'ok'] },
    wrong: { command: 'no-such-command', args: [fixture, 'ok'] },
  })
  await host.start()
  await page.goto(host.url)
  const keys = page.keyboard

  // The first start finds what there is.
  await expect(page.getByRole('heading', { level: 1, name: 'Import servers' })).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'Import 2 servers' }))
  await keys.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Servers' })).toBeVisible()

  // Both are switched on; one fails and says why.
  await tabTo(page, rowOf(page, 'good'))
  await keys.press('Space')
  await expect(rowOf(page, 'good')).toContainText('Running')
  await keys.press('ArrowDown')
  await expect(rowOf(page, 'wrong')).toBeFocused()
  await keys.press('Space')
  await expect(rowOf(page, 'wrong')).toContainText('Failed')
  await keys.press('Enter')
  const pane = page.getByRole('complementary', { name: 'wrong' })
  await expect(
    pane.getByRole('heading', { name: 'The command no-such-command was not found' }),
  ).toBeVisible()

  // It is mended in the form.
  await keys.press('e')
  await expect(page.getByRole('heading', { level: 1, name: 'Edit wrong' })).toBeVisible()
  await tabTo(page, page.getByRole('textbox', { name: 'Command', exact: true }))
  await keys.press('Control+A')
  await keys.type(process.execPath)
  await keys.press('Control+Enter')
  await expect(page.getByText('wrong is saved.')).toBeVisible()
  await expect(rowOf(page, 'wrong')).toContainText('Running')
  await expect(page.getByRole('region', { name: 'Needs attention' })).toBeHidden()

  // Its log.
  await tabTo(page, rowOf(page, 'wrong'))
  await keys.press('l')
  const lines = page.getByRole('treegrid', { name: 'Log lines' })
  await expect(lines).toContainText('Started process')
  await tabTo(page, lines)

  // One of its tools, found in the palette.
  await keys.press('Control+k')
  await keys.type('#echo wrong')
  await expect(page.getByRole('option', { selected: true })).toContainText('echo wrong')
  await keys.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'echo' })).toBeVisible()
  await keys.press('Control+Enter')
  await expect(page.getByRole('region', { name: 'Result', exact: true })).toBeVisible()

  // It is removed, and brought back.
  await keys.press('g')
  await keys.press('s')
  await tabTo(page, rowOf(page, 'wrong'))
  await keys.press('Delete')
  await expect(rowOf(page, 'wrong')).toBeHidden()
  // F6 leads to the messages.
  await keys.press('F6')
  await tabTo(page, page.getByRole('button', { name: 'Undo' }))
  await keys.press('Enter')
  await expect(rowOf(page, 'wrong')).toContainText('Running')
})
