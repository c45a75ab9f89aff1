import { expect, type Page } from '@playwright/test'
import { publishedServer, rowOf } from './page-parts.ts'
import type { TestHome } from './test-home.ts'

/** One click switches a server on and off, and its row says what is true. */
export async function switchServer(page: Page, host: TestHome): Promise<void> {
  host.run('import', host.writeClaudeJson({ memory: publishedServer('memory') }), '--json')
  await page.getByRole('link', { name: 'Servers' }).click()
  const row = rowOf(page, 'memory')
  const toggle = row.getByRole('switch')
  await expect(row).toContainText('Stopped')
  await expect(toggle).not.toBeChecked()

  await toggle.click()
  await expect(row).toContainText('Running')
  await expect(row).toContainText('9')
  await expect(toggle).toBeChecked()
  await expect(toggle).toHaveAttribute('data-fact', 'on')

  // From elsewhere: the switch stays, the fill follows what is true.
  host.run('stop', 'memory')
  await expect(row).toContainText('starts at next launch')
  await expect(toggle).toBeChecked()
  await expect(toggle).toHaveAttribute('data-fact', 'off')

  await toggle.click()
  await expect(toggle).not.toBeChecked()
  await expect(row).not.toContainText('starts at next launch')
}
