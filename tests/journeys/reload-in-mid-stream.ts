import { expect, type Page } from '@playwright/test'
import { chattyServer, openLogs, storedLines } from './chatty-server.ts'
import { logRows } from './page-parts.ts'
import type { TestHome } from './test-home.ts'

/**
 * The page is reloaded while lines come: none is lost or doubled, and the server does not hear of it.
 *
 * @param disturb what else befalls the page while lines come
 */
export async function reloadInMidStream(
  page: Page,
  host: TestHome,
  disturb: () => Promise<void> = async () => {},
): Promise<void> {
  const streaming = chattyServer({ burst: 500, everyMs: 5 })
  host.run('import', host.writeClaudeJson({ streaming }), '--start')
  await openLogs(page, 'server:streaming kind:stderr ')
  const rows = logRows(page)
  await expect(rows.last()).toContainText('line number')
  await page.reload()
  await expect(rows.last()).toContainText('line number')
  const first = await rows.last().getAttribute('data-row')
  await expect(rows.last()).not.toHaveAttribute('data-row', first ?? '')
  await disturb()
  const starts = storedLines(host, 'streaming').filter(({ text }) =>
    text.startsWith('Started process'),
  )
  expect(starts).toHaveLength(1)

  host.run('disable', 'streaming')
  const lines = storedLines(host, 'streaming').filter(({ text }) => text.includes('line number'))
  await expect(rows.last()).toContainText(lines.at(-1)?.text ?? 'nothing')
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  await list.focus()
  const seen = new Set<string>()
  const take = async () => {
    for (const text of await rows.getByText(/line number/).allTextContents()) seen.add(text)
  }
  await page.keyboard.press('Home')
  await expect(rows.first()).toContainText('red and bold')
  expect(Number(await list.getAttribute('aria-rowcount'))).toBe(lines.length + 2)
  for (let count = 0; count <= lines.length / 10; count += 1) {
    await take()
    await page.keyboard.press('PageDown')
  }
  await take()
  expect(seen.size).toBe(lines.length)
}
