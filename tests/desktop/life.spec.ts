import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { field, goTo, rowOf } from '../journeys/page-parts.ts'
import { expect, test } from './manager.ts'

test('closing asks once; then the window hides in the tray, and the servers go on', async ({
  manager,
}) => {
  manager.addServer('alpha')
  const app = await manager.start()
  const page = await app.window()
  await page.getByRole('switch', { name: 'alpha', exact: true }).click()
  await expect(rowOf(page, 'alpha')).toContainText('Running')

  const close = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close(), null)
  const isVisible = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible(), null)
  await expect.poll(isVisible).toBe(true)
  await close()
  // Whoever closes again before the answer is not asked again.
  await close()
  await app.answerDialog({ response: 0, checkboxChecked: true })
  await expect.poll(isVisible).toBe(false)
  expect(manager.serverProcesses()).toHaveLength(1)

  await app.clickTray('Open MCP Manager')
  await expect.poll(isVisible).toBe(true)
  await expect(rowOf(page, 'alpha')).toContainText('Running')

  await close()
  await expect.poll(isVisible).toBe(false)
  expect(await app.dialogs()).toHaveLength(1)

  // The answer is kept over a restart.
  expect(await app.quit()).toBe(0)
  expect(manager.serverProcesses()).toEqual([])
  const again = await manager.start()
  await again.window()
  // Its page may not be ready yet: it stays hidden then, too.
  await again.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close(), null)
  await expect
    .poll(() =>
      again.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible(), null),
    )
    .toBe(false)
  expect(await again.dialogs()).toEqual([])
})

test('the window opens where it was when the program quit', async ({ manager }) => {
  const app = await manager.start()
  await app.window()
  const bounds = { x: 90, y: 70, width: 900, height: 600 }
  await app.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(wanted)
  }, bounds)
  // By the menu or the tray: no window is closed then.
  expect(await app.quit()).toBe(0)
  const again = await manager.start()
  await again.window()
  expect(
    await again.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds(),
      null,
    ),
  ).toEqual(bounds)
})

test('of two settings that are changed at a time neither undoes the other', async ({ manager }) => {
  const app = await manager.start()
  const page = await app.window()
  await page.getByRole('link', { name: 'Settings' }).click()
  const atLogin = page.getByRole('switch', { name: /at login/i })
  const notifications = page.getByRole('switch', { name: /notif/i })
  await expect(notifications).toBeChecked()
  await Promise.all([
    atLogin.evaluate((element: HTMLElement) => element.click()),
    notifications.evaluate((element: HTMLElement) => element.click()),
  ])
  await expect(atLogin).toBeChecked()
  await expect(notifications).not.toBeChecked()
})

test('without a tray closing says so, and quits', async ({ manager }) => {
  const app = await manager.start({ hasTray: false })
  await app.window()
  expect(await app.tray()).toBeNull()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close(), null)
  await expect.poll(() => app.dialogs()).toHaveLength(1)
  expect(JSON.stringify(await app.dialogs())).toContain('This desktop shows no tray icons')
  await app.answerDialog({ response: 0, checkboxChecked: false })
  expect(await app.exited).toBe(0)
})

test('a hidden start without a tray shows its window after all', async ({ manager }) => {
  const app = await manager.start({ args: ['--hidden'], hasTray: false })
  const page = await app.window()
  await expect(page.getByRole('main')).toBeVisible()
})

test('the tray comes and goes with the panel that shows it', async ({ manager, bus }) => {
  const app = await manager.start()
  await app.window()
  await expect.poll(() => app.tray()).not.toBeNull()
  bus.removeTrayHost()
  await expect.poll(() => app.tray()).toBeNull()
  // Anybody on the bus can say so, or send nonsense; only the bus itself is believed.
  bus.forgeOwner('string:org.kde.StatusNotifierWatcher', 'string:', 'string::1.7')
  bus.forgeOwner('byte:255')
  bus.forgeOwner()
  expect(await app.tray()).toBeNull()
  await bus.addTrayHost()
  await expect.poll(() => app.tray()).not.toBeNull()
})

test('a second start shows the first window, hands over what it was asked for, and ends', async ({
  manager,
}) => {
  const app = await manager.start({ args: ['--hidden'] })
  await expect.poll(() => app.tray()).not.toBeNull()
  const windows = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null)
  expect(await windows()).toBe(0)

  const file = path.join(manager.home, 'team.json')
  writeFileSync(file, JSON.stringify({ mcpServers: { handed: { command: 'handed-over' } } }))
  expect(await app.secondInstance(file)).toBe(0)
  const page = await app.window()
  await expect(page.getByText('handed-over').first()).toBeVisible()
  expect(await windows()).toBe(1)
})

test('quitting shows what still stops, and leaves nothing', async ({ manager }) => {
  manager.addServer('stubborn', 'ignore-everything')
  manager.addServer('quick')
  const app = await manager.start()
  const page = await app.window()
  for (const name of ['stubborn', 'quick']) {
    await page.getByRole('switch', { name, exact: true }).click()
    await expect(rowOf(page, name)).toContainText('Running')
  }
  const exit = app.quit()
  await expect(page.getByRole('alertdialog')).toContainText('1 left')
  await expect(page.getByRole('alertdialog')).toContainText(
    /not ended in [1-4] s is ended by force/,
  )
  await expect(page.getByRole('alertdialog')).toContainText('Not stopped yet: stubborn')
  expect(await exit).toBe(0)
  expect(manager.serverProcesses()).toEqual([])
})

test('whoever does not want to wait quits at once', async ({ manager }) => {
  manager.addServer('stubborn', 'ignore-everything')
  const app = await manager.start()
  const page = await app.window()
  await page.getByRole('switch', { name: 'stubborn', exact: true }).click()
  await expect(rowOf(page, 'stubborn')).toContainText('Running')
  const exit = app.quit()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Quit now' }).click()
  expect(await exit).toBe(0)
  expect(manager.serverProcesses()).toEqual([])
})

test('whoever quits with a form that is not saved is asked, once', async ({ manager }) => {
  const app = await manager.start()
  const page = await app.window()
  await goTo(page, '#/servers/new')
  await field(page, 'Name').fill('half a name')
  // What is shown of it was asked for after the window was told that the form is not saved.
  await field(page, 'Command').fill('no-such-command')
  await expect(page.getByRole('heading', { name: /no-such-command/ })).toBeVisible()
  const exit = app.quit()
  await expect.poll(() => app.dialogs()).toHaveLength(1)
  expect(JSON.stringify(await app.dialogs())).toContain('changes that are not saved')
  // While the question is open, nobody asks it again.
  await app.clickTray('Quit')
  await app.answerDialog({ response: 0, checkboxChecked: false })
  await expect(field(page, 'Name')).toHaveValue('half a name')
  expect(await app.dialogs()).toHaveLength(1)

  // What is given up holds up no quit.
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await app.clickTray('Quit')
  expect(await exit).toBe(0)
})

test('a crash of the page is mended by itself, and no server hears of it', async ({ manager }) => {
  manager.addServer('alpha', 'flood')
  const app = await manager.start()
  const page = await app.window()
  await page.getByRole('switch', { name: 'alpha', exact: true }).click()
  await expect(rowOf(page, 'alpha')).toContainText('Running')
  const before = manager.serverPids()
  // In mid-stream: the log of a server that floods it.
  await page.getByRole('link', { name: 'Logs' }).click()
  await expect(page.getByRole('row').nth(5)).toBeVisible()
  const crashed = page.waitForEvent('crash')
  await app.evaluate(({ webContents }) => {
    webContents.getAllWebContents()[0]?.forcefullyCrashRenderer()
  }, null)
  await crashed
  await expect(async () => {
    const back = await app.window()
    await back.getByRole('link', { name: 'Servers' }).click()
    await expect(rowOf(back, 'alpha')).toContainText('Running')
  }).toPass()
  expect(manager.serverPids()).toEqual(before)
})

test('a failing server is told once, and a click opens its page', async ({ manager }) => {
  manager.addServer('broken', 'crash-in-handshake')
  const app = await manager.start()
  const page = await app.window()
  await page.getByRole('switch', { name: 'broken', exact: true }).click()
  await expect.poll(() => app.notifications()).toHaveLength(1)
  expect((await app.notifications())[0]?.title).toBe('broken failed')
  await page.getByRole('link', { name: 'Settings' }).click()
  await app.clickNotification(0)
  await expect(page).toHaveURL(/#\/servers\/srv_/)
  // Parked after five failures: told once more, and not for each of them.
  await expect.poll(() => app.notifications(), { timeout: 60_000 }).toHaveLength(2)
  expect((await app.notifications())[1]?.title).toBe('broken failed 5 times and is not tried again')
  expect((await app.trayItems()).map(({ label }) => label)).toContainEqual(
    expect.stringMatching(/^broken: failed: /),
  )
})

test('a switch in the tray that cannot be moved says why, and a click opens the server', async ({
  manager,
}) => {
  manager.addServer('alpha')
  const app = await manager.start()
  const page = await app.window()
  await expect(rowOf(page, 'alpha')).toContainText('Stopped')
  // Nobody can write a file where a folder is, not even root.
  const file = path.join(manager.home, 'data', 'servers.json')
  rmSync(file)
  mkdirSync(path.join(file, 'in-the-way'), { recursive: true })
  await app.clickTray('alpha: stopped')
  await expect.poll(() => app.notifications()).toHaveLength(1)
  const [notification] = await app.notifications()
  expect(notification).toMatchObject({
    title: 'alpha could not be switched on',
    body: expect.stringContaining('cannot be written'),
  })
  await app.clickNotification(0)
  await expect(page).toHaveURL(/#\/servers\/srv_/)
  expect((await app.trayItems()).find(({ label }) => label === 'alpha: stopped')).toMatchObject({
    checked: false,
  })
})

test('beside a host that runs already the window shows its servers, and takes over when it goes', async ({
  manager,
}) => {
  manager.addServer('alpha')
  const host = await manager.startHeadless()
  const app = await manager.start()
  const page = await app.window()
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText(String(host.pid))
  await page.getByRole('switch', { name: 'alpha', exact: true }).click()
  await expect(rowOf(page, 'alpha')).toContainText('Running')

  host.kill('SIGKILL')
  await expect(page.getByRole('contentinfo', { name: 'Status' })).not.toContainText(
    String(host.pid),
  )
  // The switch is on, so the host that took over starts the server.
  await expect(rowOf(page, 'alpha')).toContainText('Running')
  await expect.poll(() => manager.serverProcesses().length).toBe(1)
  expect(await app.quit()).toBe(0)
  expect(manager.serverProcesses()).toEqual([])
})

test('a host that was stopped stops its servers for good: the window takes over, and they wait', async ({
  manager,
}) => {
  manager.addServer('alpha')
  const host = await manager.startHeadless()
  const app = await manager.start()
  const page = await app.window()
  await page.getByRole('switch', { name: 'alpha', exact: true }).click()
  await expect(rowOf(page, 'alpha')).toContainText('Running')

  manager.run('down')
  await expect(page.getByText('They wait here until you start them.')).toBeVisible()
  await expect(page.getByRole('contentinfo', { name: 'Status' })).not.toContainText(
    String(host.pid),
  )
  await expect(rowOf(page, 'alpha')).toContainText('Stopped')
  expect(manager.serverProcesses()).toEqual([])
})

test('quitting beside another host leaves its servers alone', async ({ manager }) => {
  manager.addServer('alpha')
  const host = await manager.startHeadless()
  const app = await manager.start()
  const page = await app.window()
  await page.getByRole('switch', { name: 'alpha', exact: true }).click()
  await expect(rowOf(page, 'alpha')).toContainText('Running')
  expect(await app.quit()).toBe(0)
  expect(manager.serverProcesses()).toHaveLength(1)
  expect(host.exitCode).toBeNull()
})

test('the command line talks to the desktop, and ends it', async ({ manager }) => {
  manager.addServer('alpha')
  const app = await manager.start()
  await app.window()
  expect(JSON.parse(manager.run('status', '--json'))).toMatchObject({ running: true })
  manager.run('down')
  expect(await app.exited).toBe(0)
})

test('start at login is an entry of the desktop, which a person can take away there', async ({
  manager,
}) => {
  const entry = path.join(manager.home, '.config/autostart/mcp-manager.desktop')
  const app = await manager.start()
  const page = await app.window()
  await page.getByRole('link', { name: 'Settings' }).click()
  const atLogin = page.getByRole('switch', { name: /at login/i })
  await atLogin.click()
  await expect(atLogin).toBeChecked()
  expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=".*" "--hidden"$/m)
  await atLogin.click()
  await expect(atLogin).not.toBeChecked()
  expect(existsSync(entry)).toBe(false)

  await atLogin.click()
  await expect(atLogin).toBeChecked()
  expect(await app.quit()).toBe(0)
  rmSync(entry)
  const again = await manager.start()
  const other = await again.window()
  await other.getByRole('link', { name: 'Settings' }).click()
  await expect(other.getByRole('switch', { name: /at login/i })).not.toBeChecked()
})

test('an entry that cannot be read keeps nobody from the window', async ({ manager }) => {
  mkdirSync(path.join(manager.home, '.config/autostart/mcp-manager.desktop'), { recursive: true })
  const app = await manager.start()
  const page = await app.window()
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('switch', { name: /at login/i })).not.toBeChecked()
  expect(manager.log()).toContain('the login item could not be read')
})

test('no notification comes where none is wanted', async ({ manager }) => {
  manager.addServer('broken', 'crash-in-handshake')
  const app = await manager.start()
  const page = await app.window()
  await page.getByRole('link', { name: 'Settings' }).click()
  const wanted = page.getByRole('switch', { name: /notif/i })
  await wanted.click()
  await expect(wanted).not.toBeChecked()
  await page.getByRole('link', { name: 'Servers' }).click()
  await page.getByRole('switch', { name: 'broken', exact: true }).click()
  // Parked: by then two notifications would have come.
  await expect(rowOf(page, 'broken')).toContainText('Failed', { timeout: 60_000 })
  expect(await app.notifications()).toEqual([])
})

test('a sleep of the machine is held against no server', async ({ manager }) => {
  manager.addServer('broken', 'crash-in-handshake')
  const app = await manager.start()
  const page = await app.window()
  await expect(rowOf(page, 'broken')).toContainText('Stopped')
  await app.power('suspend')
  await page.getByRole('switch', { name: 'broken', exact: true }).click()
  // It fails, waits and is tried again, but its failures do not add up.
  await expect(rowOf(page, 'broken')).toContainText('Retry')
  await expect
    .poll(() => manager.run('logs', 'broken').match(/It is tried again/g)?.length, {
      timeout: 30_000,
    })
    .toBeGreaterThan(1)
  expect(manager.run('logs', 'broken')).not.toContain('times in a row')
  await app.power('resume')
})
