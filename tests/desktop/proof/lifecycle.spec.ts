import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { chooseDriver } from '../choose-driver.ts'
import { eventsOf, expect, expectEvent, test } from './fixture-test.ts'

test('a second start hands over its arguments and ends', async ({ app }) => {
  expect(await app.secondInstance('--flag', 'fixture://add?x=1')).toBe(0)
  await expectEvent(app, 'second fixture://add?x=1 {"from":"fixture"}')
  await app.openUrl('fixture://two')
  await expectEvent(app, 'second fixture://two {"from":"fixture"}')
})

test('after a crash a new start takes the lock', async ({ app, start, fixtureApp }) => {
  await app.kill()
  const again = await start(fixtureApp)
  expect(await again.evaluate((electron) => electron.app.hasSingleInstanceLock(), null)).toBe(true)
  expect(await again.quit()).toBe(0)
})

test('closing hides the window, and the tray shows it again', async ({ app }) => {
  await app.window()
  const isVisible = (): Promise<boolean | undefined> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible(), null)
  await expect.poll(isVisible).toBe(true)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close(), null)
  expect(await isVisible()).toBe(false)
  await app.clickTray('Show')
  expect(await isVisible()).toBe(true)
})

test('a page that crashes is heard of, and loaded again', async ({ app }) => {
  const page = await app.window()
  const crashed = page.waitForEvent('crash')
  await app.evaluate(({ webContents }) => {
    const [contents] = webContents.getAllWebContents()
    contents?.forcefullyCrashRenderer()
    // What is on its way to a page that has crashed is never answered.
    contents?.send('too-late')
  }, null)
  await crashed
  await expectEvent(app, 'render-process-gone crashed')
  await expectEvent(app, 'port closed')
  await expect
    .poll(async () => (await eventsOf(app)).filter((event) => event.startsWith('loaded')).length)
    .toBe(2)
  const again = await app.window()
  expect(again).not.toBe(page)
  await expect(again.getByTestId('port')).toHaveText('"first"')
})

test('quitting from the tray ends everything', async ({ app }) => {
  await app.window()
  await app.clickTray('Quit')
  expect(await app.exited).toBe(0)
  expect(app.output()).toContain('will-quit')
})

test('a signal to end is a quit', async ({ app }) => {
  await app.window()
  app.process.kill('SIGTERM')
  expect(await app.exited).toBe(0)
  expect(app.output()).toContain('will-quit')
})

test('the application knows its name, version and folders', async ({ app, home }) => {
  expect(
    await app.evaluate(
      ({ app: electronApp }) => ({
        name: electronApp.getName(),
        version: electronApp.getVersion(),
        userData: electronApp.getPath('userData'),
        isPackaged: electronApp.isPackaged,
        isClient: electronApp.isDefaultProtocolClient('fixture'),
      }),
      null,
    ),
  ).toEqual({
    name: 'Fixture App',
    version: '1.2.3',
    userData: path.join(home, '.config', 'Fixture App'),
    isPackaged: false,
    isClient: true,
  })
  expect(readdirSync(path.join(home, '.config', 'Fixture App'))).toContain('SingletonLock')
})

/** The command lines of all processes; one that ends meanwhile has none. */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      } catch {
        return ''
      }
    })
}

if (process.platform === 'linux' && chooseDriver().driver === 'stand-in') {
  test('after a kill no Chromium is left', async ({ app }) => {
    await app.window()
    // The folder of its profile has the number of its parent.
    const profile = `chromium-${app.process.pid}`
    const left = (): number => commandLines().filter((line) => line.includes(profile)).length
    expect(left()).toBeGreaterThan(0)
    await app.kill()
    await expect.poll(left).toBe(0)
  })
}
