import { browse, openAuthorization } from '../fixtures/authorization.ts'
import { openHttp } from '../fixtures/open-http.ts'
import { signInByButton, signOutInSettings } from '../journeys/sign-in.ts'
import { expect, test } from './manager.ts'

test('a notification leads to the sign-in, which opens one address in the browser and comes back to the loopback', async ({
  manager,
}) => {
  test.setTimeout(180_000)
  await using ends = new AsyncDisposableStack()
  const fixture = await openAuthorization(openHttp)
  ends.defer(fixture.server.stop)
  ends.defer(fixture.authorizationServer.stop)
  manager.run('add', 'guarded', '--url', fixture.url)
  const app = await manager.start()
  const page = await app.window()
  await page.getByRole('switch', { name: 'guarded', exact: true }).click()
  await expect.poll(() => app.notifications()).toHaveLength(1)
  expect((await app.notifications())[0]?.title).toBe('guarded asks for a sign-in')
  await page.getByRole('link', { name: 'Settings' }).click()
  await app.clickNotification(0)
  await expect(page).toHaveURL(/#\/servers\/srv_/)

  expect(await app.opened()).toEqual([])
  await signInByButton(page, fixture, async (button) => {
    await button.click()
    await expect.poll(() => app.opened()).toHaveLength(1)
    const [address = ''] = await app.opened()
    const { origin, searchParams } = new URL(address)
    expect(origin).toBe(fixture.issuer)
    expect(searchParams.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/)
    await browse(address)
  })
  await signOutInSettings(page, fixture)
  expect(await app.opened()).toHaveLength(1)
})
