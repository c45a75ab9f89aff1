import { expect, type Page } from '@playwright/test'
import { chattyServer, openLogs, searchLogs } from './chatty-server.ts'
import { logRows } from './page-parts.ts'
import type { TestHome } from './test-home.ts'

/** Lines are followed; scrolling up pauses; End goes on. */
export async function followLog(page: Page, host: TestHome): Promise<void> {
  const follows = chattyServer({ burst: 200, everyMs: 20 })
  host.run('import', host.writeClaudeJson({ follows }), '--start')
  await openLogs(page, 'server:follows ')
  await expect(page.getByText('Following')).toBeVisible()
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  const rows = logRows(page)
  await expect(rows.last()).toContainText('line number')
  const before = await rows.last().getAttribute('data-row')
  await expect(rows.last()).not.toHaveAttribute('data-row', before ?? '')

  await list.focus()
  await page.keyboard.press('PageUp')
  await page.keyboard.press('PageUp')
  await expect(page.getByText(/^Paused at \d\d:\d\d:\d\d$/)).toBeVisible()
  const top = await list.evaluate((element) => element.scrollTop)
  await expect(page.getByText(/\d+ new lines/)).toBeVisible()
  await expect(page.getByText(/[2-9]\d new lines/)).toBeVisible()
  expect(await list.evaluate((element) => element.scrollTop)).toBe(top)

  await page.keyboard.press('End')
  await expect(page.getByText('Following')).toBeVisible()
  const atEnd = () =>
    list.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight)
  await expect.poll(atEnd).toBeLessThanOrEqual(1)
  host.run('disable', 'follows')
}

/** A text and a regular expression are found, and hits are visited. */
export async function searchLog(page: Page, host: TestHome): Promise<void> {
  const searched = chattyServer({ burst: 300, everyMs: 0 })
  host.run('import', host.writeClaudeJson({ searched }), '--start')
  await openLogs(page, 'server:searched ')
  await searchLogs(page, 'NUMBER 30')
  const rows = logRows(page)
  const hits = page.locator('output', { hasText: /hits?$/ })
  await expect(hits).toHaveText('2 hits')
  // A search begins anew with the lines that still come, and forgets the hit that was visited.
  await expect(async () => {
    await page.keyboard.press('Enter')
    await expect(hits).toHaveText('2 of 2 hits', { timeout: 1_000 })
  }).toPass()
  await expect(page.locator('[data-active]')).toContainText('line number 300.')
  await expect(page.locator('[data-active] mark')).toHaveText('number 30')
  await page.keyboard.press('Shift+Enter')
  await expect(hits).toHaveText('1 of 2 hits')
  await expect(page.locator('[data-active]')).toContainText('line number 30.')
  await page.keyboard.press('F3')
  await expect(hits).toHaveText('2 of 2 hits')

  await searchLogs(page, '/NUMBER 30/')
  await expect(hits).toHaveText('0 hits')
  await searchLogs(page, '/NUMBER 3\\d\\./i')
  await expect(hits).toHaveText('10 hits')

  await page.getByRole('button', { name: 'Filter' }).click()
  await expect(rows).toHaveCount(10)
  await expect(rows.first()).toContainText('line number 30.')

  await searchLogs(page, '/[/')
  await expect(page.getByText('The regular expression cannot be read')).toBeVisible()
}
