import { expect, type Locator, type Page } from '@playwright/test'
import { field, publishedServer } from './page-parts.ts'
import type { TestHome } from './test-home.ts'

/** A tool, prompt or resource in the list of the tools' page. */
export function offer(page: Page, name: string): Locator {
  return page.getByRole('option', { name: new RegExp(`^${name.replaceAll('.', '\\.')} `) })
}

/** The result of a call. */
export function callResult(page: Page): Locator {
  return page.getByRole('region', { name: 'Result', exact: true })
}

/** Imports and starts a server with many tools and opens their page. */
export async function openTools(page: Page, host: TestHome): Promise<void> {
  const file = host.writeClaudeJson({
    everything: publishedServer('everything'),
    filesystem: publishedServer('filesystem', host.home),
  })
  host.run('import', file, '--start')
  await page.getByRole('link', { name: /^Tools/ }).click()
  await expect(offer(page, 'echo')).toBeVisible()
}

/** After `openTools`: a tool is called from its form, with the keyboard alone. */
export async function callTool(page: Page): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type('get-sum')
  await page.keyboard.press('ArrowDown')
  await expect(offer(page, 'get-sum')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'get-sum' })).toBeFocused()
  await expect(page.getByText('Claimed by the server, not verified')).toBeVisible()

  // Nothing is filled in: the fields say so, and the first one has the focus.
  await page.keyboard.press('Control+Enter')
  const a = field(page, 'a')
  const b = field(page, 'b')
  await expect(a).toBeFocused()
  await expect(page.getByText('This is required.')).toHaveCount(2)
  await page.keyboard.type('2')
  await page.keyboard.press('Tab')
  await expect(b).toBeFocused()
  await page.keyboard.type('4x')
  await expect(page.getByText('This is not a number.')).toBeVisible()
  await page.keyboard.press('Backspace')
  await page.keyboard.press('ArrowUp')
  await expect(b).toHaveValue('5')
  await page.keyboard.press('Control+Enter')
  await expect(callResult(page)).toContainText('The sum of 2 and 5 is 7.')

  await page.keyboard.press('Escape')
  await expect(offer(page, 'get-sum')).toBeFocused()
}
