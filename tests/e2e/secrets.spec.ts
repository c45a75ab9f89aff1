import type { Page } from '@playwright/test'
import { fixtureServer, rowOf } from '../journeys/page-parts.ts'
import type { HeadlessHost } from './headless-host.ts'
import { expect, test } from './test.ts'

const value = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'

/** A host with a server whose token was moved to the vault, on the page of secrets. */
async function openSecrets(page: Page, host: HeadlessHost): Promise<void> {
  await host.start()
  const github = { ...fixtureServer('ok'), env: { GITHUB_TOKEN: value } }
  const pass = { ...fixtureServer('ok'), env: { TOKEN: 'plain' } }
  host.run('import', host.writeClaudeJson({ github, pass }), '--json')
  host.run('enable', 'github')
  await page.goto(host.url)
  await page.getByRole('link', { name: 'Secrets' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Secrets' })).toBeVisible()
}

function row(page: Page, name: string) {
  return page.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) })
}

test('a secret is shown for a moment, copied, replaced, renamed and deleted', async ({
  page,
  context,
  host,
  expectAccessible,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.clock.install()
  await openSecrets(page, host)
  await expect(row(page, 'github.github-token')).toContainText('Stored')
  await expect(row(page, 'github.github-token')).toContainText('github')
  await page.getByRole('button', { name: 'github.github-token', exact: true }).focus()
  await page.keyboard.press('Enter')
  const pane = page.getByRole('complementary', { name: 'github.github-token' })
  await expect(pane).toContainText('secret://github.github-token')

  const reveal = async () => {
    await pane.getByRole('button', { name: 'Reveal…' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Show value' }).click()
    await expect(pane.getByText(value)).toBeVisible()
    // Another one would leave the value in the clipboard.
    await expect(pane.getByRole('button', { name: /copy/i })).toHaveCount(1)
  }
  await reveal()
  await expectAccessible()
  await page.clock.fastForward(30_000)
  await expect(pane.getByText('Hidden')).toBeVisible()
  await expect(page.getByText(value)).toHaveCount(0)
  await reveal()
  await page.evaluate(() => window.dispatchEvent(new Event('blur')))
  await expect(page.getByText(value)).toHaveCount(0)

  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  await pane.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect.poll(clipboard).toBe(value)
  await expect(page.getByText('Copied. The clipboard is cleared in 30 s.')).toBeVisible()
  await page.clock.fastForward(30_000)
  await expect.poll(clipboard).toBe('')

  await pane.getByRole('button', { name: 'Replace…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Value', { exact: true }).fill('ghp_the_other_value_of_this_test')
  await expectAccessible()
  await dialog.getByRole('button', { name: 'Replace' }).click()
  await expect(page.getByText('1 server restarts.')).toBeVisible()

  await pane.getByRole('button', { name: 'More for github.github-token' }).click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  await dialog.getByLabel('New name').fill('Not A Name')
  await dialog.getByRole('button', { name: 'Rename' }).click()
  await expect(dialog.getByText('begins with a letter or a digit')).toBeVisible()
  await dialog.getByLabel('New name').fill('github.work')
  await dialog.getByRole('button', { name: 'Rename' }).click()
  const renamed = page.getByRole('complementary', { name: 'github.work' })
  await expect(renamed).toContainText('secret://github.work')
  await expect(row(page, 'github.github-token')).toHaveCount(0)

  await renamed.getByRole('button', { name: 'More for github.work' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('will not start without it: github')
  await question.getByRole('button', { name: 'Delete' }).click()
  await expect(row(page, 'github.work')).toContainText('Missing')
})

test('a command that gives a secret is shown in full and runs after consent', async ({
  page,
  host,
  expectAccessible,
}) => {
  await openSecrets(page, host)
  await page.getByRole('button', { name: 'Add secret…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('a.token')
  await dialog.getByRole('button', { name: 'Store' }).click()
  await expect(dialog.getByText('Give it a value.')).toBeVisible()
  await dialog.getByLabel('Value', { exact: true }).fill('some value')
  await dialog.getByRole('button', { name: 'Store' }).click()
  await expect(page.getByRole('complementary', { name: 'a.token' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('complementary')).toHaveCount(0)

  host.run('edit', 'pass', '--env', 'TOKEN=exec:echo printed | tr a-z A-Z', '--json')
  const waits = page.getByRole('region', { name: /pass takes a secret from a command/ })
  await expect(page.getByText('echo printed | tr a-z A-Z')).toBeVisible()
  await expectAccessible()
  host.run('enable', 'pass', '--no-wait')
  await page.getByRole('link', { name: 'Servers' }).click()
  await expect(rowOf(page, 'pass')).toContainText('Consent needed')
  await page.getByRole('button', { name: 'Review…, pass' }).first().click()
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Allowed for pass' })).toBeVisible()
  await expect(waits).toHaveCount(0)
  await page.getByRole('link', { name: 'Servers' }).click()
  await expect(rowOf(page, 'pass')).toContainText('Running')
})
