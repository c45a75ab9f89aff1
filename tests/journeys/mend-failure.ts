import { expect, type Page } from '@playwright/test'
import { fixtureServer, rowOf } from './page-parts.ts'
import type { TestHome } from './test-home.ts'

/** A failure comes first, says why and how far the start came, and goes away when it is mended. */
export async function mendFailure(page: Page, host: TestHome): Promise<void> {
  const broken = { command: 'no-such-command', args: ['--flag', 'a value'] }
  host.run('import', host.writeClaudeJson({ broken }), '--json')
  await page.getByRole('link', { name: 'Servers' }).click()
  await rowOf(page, 'broken').getByRole('switch').click()
  const strip = page.getByRole('region', { name: 'Needs attention' })
  await expect(strip).toContainText('Failed. The command no-such-command was not found.')
  await expect(page.getByRole('button', { name: 'Attention 1' })).toBeVisible()

  await strip.getByRole('button', { name: 'broken', exact: true }).click()
  const pane = page.getByRole('complementary', { name: 'broken' })
  await expect(
    pane.getByRole('heading', { name: 'The command no-such-command was not found' }),
  ).toBeVisible()
  const checks = pane.getByRole('list', { name: 'Start checks' })
  await expect(checks.getByRole('listitem').filter({ hasText: 'Resolve' })).toContainText(
    'nothing to run',
  )
  await expect(checks.getByRole('listitem').filter({ hasText: 'Handshake' })).toContainText(
    'not reached',
  )
  // What would run stands there in full.
  await expect(pane.getByText("no-such-command --flag 'a value'")).toBeVisible()

  const { command, args } = fixtureServer('ok')
  host.run('edit', 'broken', '--', command, ...args)
  await expect(rowOf(page, 'broken')).toContainText('Running')
  await expect(strip).toBeHidden()
  await expect(pane.getByRole('list', { name: 'Start checks' })).toBeHidden()
  await expect(pane.getByText('Last error')).toBeVisible()
}
