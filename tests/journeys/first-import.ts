import { expect, type Locator, type Page } from '@playwright/test'
import { goTo, publishedServer } from './page-parts.ts'
import type { TestHome } from './test-home.ts'

const memory = publishedServer('memory')
// Put together here, so that no scanner of secrets takes the test for a leak.
const token = ['ghp', 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xQa'].join('_')

/** Writes a file of Cursor with a server and with one that has its secret in plain text. */
export function writeCursorJson(host: TestHome): void {
  const github = { command: 'no-such-command', env: { GITHUB_TOKEN: token } }
  host.writeFile('.cursor/mcp.json', JSON.stringify({ mcpServers: { memory, github } }))
}

/** What the clients have before the first start: a server that two of them have, and one with a secret. */
export function writeClientFiles(host: TestHome): void {
  host.writeClaudeJson({ memory })
  writeCursorJson(host)
}

/** A server that the import offers. */
export function candidate(page: Page, name: string): Locator {
  return page
    .getByRole('list', { name: 'Servers to import' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name, exact: true }) })
}

/**
 * The first start after `writeClientFiles`: what the clients have is shown and imported, and its secret moves to the vault.
 * It ends on the page of the import.
 */
export async function importFirst(page: Page, host: TestHome): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Import servers' })).toBeVisible()
  await expect(page.getByText('2 files found, 3 entries, 2 servers')).toBeVisible()
  await expect(candidate(page, 'memory')).toContainText(memory.args[0] ?? '')
  await expect(candidate(page, 'memory')).toContainText('2 copies merged: Claude Code, Cursor')
  const github = candidate(page, 'github')
  await expect(github).toContainText('no-such-command was not found')
  await expect(github).toContainText('GITHUB_TOKEN is plain text in Cursor: ghp_')
  expect(await page.content()).not.toContain(token)

  await page.getByRole('button', { name: 'Secrets 1' }).click()
  await expect(candidate(page, 'memory')).toBeHidden()
  await page.getByRole('button', { name: 'All 2' }).click()
  await page.getByRole('button', { name: 'Import 2 servers' }).click()
  await expect(page.getByText('2 servers are imported. 1 secret is in the vault.')).toBeVisible()
  await expect(page.getByRole('switch', { name: 'memory', exact: true })).not.toBeChecked()
  const listed = host.run('list', '--json')
  expect(listed).toContain('secret://')
  expect(listed).not.toContain(token)

  await goTo(page, '#/import')
  await expect(candidate(page, 'memory')).toContainText('imported already')
  await expect(page.getByRole('button', { name: 'Import 0 servers' })).toBeDisabled()
}
