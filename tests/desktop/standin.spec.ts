import { buildFixture, fixtureApp } from './build-fixture.ts'
import type { DesktopApp } from './desktop-app.ts'
import { expect, test } from './test.ts'

test.beforeAll(buildFixture)

test('a window opens, its page has the preload, ipc and a port', async ({ start }) => {
  const app = await start(fixtureApp)
  const page = await app.window()
  await expect(page.getByTestId('port')).toHaveText('"first"')
  await page.evaluate(() => window.port?.postMessage({ n: 1 }))
  await expect(page.getByTestId('port')).toHaveText('{"echo":{"n":1}}')
  expect(await page.evaluate(() => window.bridge.describe({ at: new Date(0) }))).toEqual({
    url: 'app://main/index.html',
    origin: 'app://main',
    value: { at: new Date(0) },
  })
  expect(await app.quit()).toBe(0)
})

/** What the fixture application has noted. */
function events(app: DesktopApp): Promise<string[]> {
  return app.evaluate(() => Reflect.get(globalThis, 'fixtureEvents'), null)
}
void events
