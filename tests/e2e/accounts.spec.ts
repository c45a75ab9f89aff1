import type { Locator } from '@playwright/test'
import { openAuthorization } from '../fixtures/authorization.ts'
import { openHttp } from '../fixtures/open-http.ts'
import { expectAccessibleInBothThemes } from '../journeys/accessible-pages.ts'
import { signInByButton, signOutInSettings } from '../journeys/sign-in.ts'
import { expect, test } from './test.ts'

test('a server that asks for it is signed in to by its button, and signed out of in the settings', async ({
  page,
  context,
  host,
}) => {
  await using ends = new AsyncDisposableStack()
  const fixture = await openAuthorization(openHttp)
  ends.defer(fixture.server.stop)
  ends.defer(fixture.authorizationServer.stop)
  await host.start()
  host.run('add', 'guarded', '--url', fixture.url)
  await page.goto(host.url)
  await page.getByRole('switch', { name: 'guarded' }).click()
  const open = async (button: Locator) => {
    const opened = context.waitForEvent('page')
    await button.click()
    await opened
  }
  const look = () => expectAccessibleInBothThemes(page)
  await signInByButton(page, fixture, open, look)
  await signOutInSettings(page, fixture, look)

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
