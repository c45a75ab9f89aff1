import { openAuthorization } from '../fixtures/authorization.ts'
import { openHttp } from '../fixtures/open-http.ts'
import { expect, test } from './test.ts'

test('a server that asks for it is signed in to by its button, and signed out of in the settings', async ({
  page,
  context,
  host,
  expectAccessible,
}) => {
  await using ends = new AsyncDisposableStack()
  const fixture = await openAuthorization(openHttp)
  ends.defer(fixture.server.stop)
  ends.defer(fixture.authorizationServer.stop)
  await host.start()
  host.run('add', 'guarded', '--url', fixture.url)
  await page.goto(host.url)
  await page.getByRole('switch', { name: 'guarded' }).click()
  await page.getByRole('button', { name: 'Sign in…, guarded' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Sign in to guarded' })
  await expect(dialog).toContainText(fixture.issuer)
  await expectAccessible()
  await dialog.getByLabel('Address the browser ended at').fill('what is this')
  await dialog.getByRole('button', { name: 'Use it' }).click()
  await expect(dialog).toContainText('This is not the answer to the sign-in that was begun.')
  const opened = context.waitForEvent('page')
  await dialog.getByRole('button', { name: 'Open the sign-in page' }).click()
  await opened
  await expect(page.getByText('Signed in to guarded.')).toBeVisible()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('row').filter({ hasText: 'guarded' }).first()).toContainText(
    'Running',
  )

  await page.getByRole('link', { name: 'Settings' }).click()
  const account = page.getByRole('listitem', { name: fixture.url })
  await expect(account).toContainText('guarded')
  await expectAccessible()
  await account.getByRole('button', { name: `Sign out of ${fixture.url}` }).click()
  await expect(page.getByText('The tokens were revoked.')).toBeVisible()
  await expect(account).toBeHidden()

  const metadata = page.getByRole('textbox', { name: 'Client metadata document' })
  await metadata.fill('https://example.com/')
  await metadata.press('Enter')
  await expect(metadata).toHaveAccessibleDescription(/An https address with a path/)
  await expect(metadata).toHaveAttribute('aria-invalid', 'true')
  await metadata.fill('https://example.com/mcp-manager.json')
  await metadata.press('Enter')
  await expect(metadata).not.toHaveAttribute('aria-invalid', 'true')
  await expect
    .poll(async () => {
      await page.reload()
      return await metadata.inputValue()
    })
    .toBe('https://example.com/mcp-manager.json')
})
