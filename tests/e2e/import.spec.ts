import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import {
  candidate,
  importFirst,
  writeClientFiles,
  writeCursorJson,
} from '../journeys/first-import.ts'
import { publishedServer } from '../journeys/page-parts.ts'
import { expect, test } from './test.ts'

const memory = publishedServer('memory')

/** The switch of a server in the list of servers. */
function switchOf(page: Page, name: string): Locator {
  return page.getByRole('switch', { name, exact: true })
}

test('a first start shows what the clients have, and imports it with its secret moved', async ({
  page,
  host,
}) => {
  writeClientFiles(host)
  await host.start()
  await page.goto(host.url)
  await importFirst(page, host)
})

test('what is not chosen is not imported, and a secret can be left out', async ({ page, host }) => {
  writeCursorJson(host)
  await host.start()
  await page.goto(host.url)
  await page.getByRole('checkbox', { name: 'Import memory' }).click()
  await page.getByRole('combobox', { name: 'What happens with GITHUB_TOKEN of github' }).click()
  await page.getByRole('option', { name: 'Leave out' }).click()
  await expect(candidate(page, 'github')).toContainText('Its secret will be left out')
  await page.getByRole('button', { name: 'Import 1 server' }).click()
  await expect(switchOf(page, 'github')).toBeVisible()
  await expect(switchOf(page, 'memory')).toBeHidden()
})

test('import and start switches on what was imported', async ({ page, host }) => {
  host.writeClaudeJson({ memory })
  await host.start()
  await page.goto(host.url)
  await page.getByRole('button', { name: 'Import and start' }).click()
  await expect(switchOf(page, 'memory')).toBeChecked()
  await expect(page.getByRole('row', { name: /memory/ })).toContainText('Running')
})

test('a file that changes after it was shown is not imported, but shown again', async ({
  page,
  host,
}) => {
  const unchanged = { command: process.execPath, args: ['--version'] }
  host.writeClaudeJson({ memory, unchanged })
  await host.start()
  await page.goto(host.url)
  await expect(candidate(page, 'memory')).toContainText('server-memory')
  const other = join(host.home, 'it-ran')
  host.writeClaudeJson({ memory: { command: 'touch', args: [other] }, unchanged })
  await page.getByRole('button', { name: 'Import and start' }).click()

  const alert = page.getByRole('alert')
  await expect(alert).toContainText('1 server has changed since it was shown')
  await expect(alert).toContainText('Not imported: memory.')
  await expect(page.getByText('1 server is imported and starts.')).toBeVisible()
  await expect(candidate(page, 'unchanged')).toContainText('imported already')
  await expect(candidate(page, 'memory')).toContainText(`touch ${other}`)
  await expect(candidate(page, 'memory')).toContainText('changed since it was shown; look again')
  const choice = page.getByRole('checkbox', { name: 'Import memory' })
  await expect(choice).not.toBeChecked()
  expect(host.run('list', '--json')).not.toContain('it-ran')
  expect(existsSync(other)).toBe(false)

  // It can be taken as it is now.
  await choice.click()
  await page.getByRole('button', { name: 'Import 1 server' }).click()
  await expect(switchOf(page, 'memory')).not.toBeChecked()
  expect(host.run('list', '--json')).toContain('it-ran')
})

test('a broken file is shown with its place and read again once it is mended', async ({
  page,
  host,
}) => {
  const broken =
    '{\n  "mcpServers": {\n    "memory": { "command": "npx"\n      "args": [] }\n  }\n}\n'
  // The mark stands where it belongs in a line that is cut, too.
  const long = ' '.repeat(400)
  host.writeFile('.cursor/mcp.json', broken)
  await host.start()
  await page.goto(host.url)
  await expect(page.getByRole('heading', { name: '1 file could be read in part' })).toBeVisible()
  await expect(page.getByText('Syntax:')).toBeHidden()
  await expect(candidate(page, 'memory')).toContainText('From a damaged file')
  await expect(page.getByRole('checkbox', { name: 'Import memory' })).not.toBeChecked()
  await expect(page.getByRole('button', { name: 'Warnings 1' })).toBeVisible()
  await expect(page.getByText('Line 4, column 7:')).toBeVisible()
  const excerpt = page.getByRole('group', { name: 'Lines 3 to 5' })
  await expect(excerpt).toContainText('"command": "npx"')
  await expect(excerpt.locator('mark')).toHaveText('"a')

  host.writeFile('.cursor/mcp.json', broken.replace('      "args"', `${long}"args"`))
  await page.getByRole('button', { name: 'Read again' }).click()
  await expect(page.getByText('Line 4, column 401:')).toBeVisible()
  await expect(excerpt.locator('mark')).toHaveText('"a')

  host.writeFile('.cursor/mcp.json', broken.replace('"npx"', '"npx",'))
  await page.getByRole('button', { name: 'Read again' }).click()
  await expect(page.getByRole('heading', { name: '1 file could be read in part' })).toBeHidden()
  await expect(page.getByRole('checkbox', { name: 'Import memory' })).toBeChecked()
  await expect(candidate(page, 'memory')).toContainText('npx')
})

test('a file can be left out, and texts be pasted, chosen and dropped', async ({ page, host }) => {
  const file = host.writeClaudeJson({ memory })
  await host.start()
  await page.goto(host.url)
  await expect(candidate(page, 'memory')).toBeVisible()
  await page.getByRole('checkbox', { name: `Read ${file}` }).click()
  await expect(candidate(page, 'memory')).toBeHidden()

  await page.getByRole('button', { name: 'Paste…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Paste a configuration' })
  await dialog.getByRole('button', { name: 'Read it' }).click()
  await expect(dialog).toContainText('Paste something first.')
  await dialog.getByRole('textbox').fill('{"mcpServers": ')
  await dialog.getByRole('button', { name: 'Read it' }).click()
  await expect(dialog).toContainText('A value is missing')
  await expect(dialog.getByRole('textbox')).toHaveValue('{"mcpServers": ')
  await dialog
    .getByRole('textbox')
    .fill(JSON.stringify({ mcpServers: { pasted: { command: 'npx', args: ['-y', 'one two'] } } }))
  await page.keyboard.press('Control+Enter')
  await expect(candidate(page, 'pasted')).toContainText("npx -y 'one two'")

  await page
    .getByLabel('Add file…')
    .last()
    .setInputFiles({
      name: 'mcp.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"mcpServers": {"chosen": {"url": "https://example.com/mcp"}}}'),
    })
  await expect(candidate(page, 'chosen')).toContainText('https://example.com/mcp')

  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['{"mcpServers": {"dropped": {"command": "uvx"}}}'], 'dropped.json'))
    return data
  })
  const main = page.getByRole('heading', { name: 'Import servers' })
  await main.dispatchEvent('dragover', { dataTransfer: transfer })
  await expect(page.getByText('Drop files to read their servers')).toBeVisible()
  await main.dispatchEvent('drop', { dataTransfer: transfer })
  await expect(page.getByText('Drop files to read their servers')).toBeHidden()
  await expect(candidate(page, 'dropped')).toBeVisible()

  await page.getByRole('button', { name: 'Import 3 servers' }).click()
  await expect(switchOf(page, 'pasted')).toBeVisible()
  await expect(switchOf(page, 'chosen')).toBeVisible()
})

test('a file that is dropped on another page is shown there, and nothing of it is kept', async ({
  page,
  host,
}) => {
  await host.start()
  await page.goto(host.url)
  await page.getByRole('link', { name: 'Settings' }).click()
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['{"mcpServers": {"dropped": {"command": "uvx"}}}'], 'dropped.json'))
    return data
  })
  await page.getByRole('main').dispatchEvent('dragover', { dataTransfer: transfer })
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer })
  await expect(candidate(page, 'dropped')).toContainText('uvx')
  expect(JSON.parse(host.run('list', '--json'))).toMatchObject({ servers: [] })
})

test('without a vault it says so, and opens one', async ({ page, host }) => {
  host.vaultKey = null
  writeCursorJson(host)
  await host.start()
  await page.goto(host.url)
  await expect(
    page.getByRole('heading', { name: 'There is no keychain for secrets' }),
  ).toBeVisible()
  await expect(candidate(page, 'github')).toContainText('Its secret will be left out')
  await page.getByRole('button', { name: 'Choose a passphrase…' }).click()
  const passphrase = page.getByLabel('Passphrase', { exact: true })
  await expect(passphrase).toBeFocused()
  await page.keyboard.type('too short')
  await page.keyboard.press('Enter')
  await expect(page.getByText('It needs at least 12 characters.')).toBeVisible()
  await passphrase.fill('a passphrase of some length')
  await page.getByLabel('Repeat it').fill('a passphrase of another')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The two are not the same.')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Show what I type' }).click()
  await expect(passphrase).toHaveAttribute('type', 'text')
  await page.getByLabel('Repeat it').fill('a passphrase of some length')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'There is no keychain for secrets' })).toBeHidden()
  await page.getByRole('button', { name: 'Import 2 servers' }).click()
  await expect(page.getByText('1 secret is in the vault.')).toBeVisible()
})

test('a computer without any client’s file gets a way on', async ({ page, host }) => {
  await host.start()
  await page.goto(host.url)
  await expect(
    page.getByRole('heading', { name: 'No client’s file was found on this computer' }),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Add a server by hand' }).click()
  await expect(page.getByRole('heading', { name: 'Add server' })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the import is accessible in ${colorScheme}`, async ({ page, host, expectAccessible }) => {
    await page.emulateMedia({ colorScheme })
    writeCursorJson(host)
    host.writeClaudeJson({ broken: { command: 1 } })
    await host.start()
    await page.goto(host.url)
    await expect(candidate(page, 'github')).toBeVisible()
    await expectAccessible()
  })
}
