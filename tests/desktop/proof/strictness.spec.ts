import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { DesktopApp } from '../desktop-app.ts'
import { expect, test } from './fixture-test.ts'

/** These prove the stand-in, so they run on it wherever Electron is installed, too. */
test.use({ driver: 'stand-in' })

/** Writes an application that is one file. */
function writeApp(home: string, main: string, preload = ''): string {
  const folder = path.join(home, 'app')
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module","main":"main.js"}')
  writeFileSync(path.join(folder, 'main.js'), main)
  writeFileSync(path.join(folder, 'preload.cjs'), preload)
  return folder
}

/** The message of what an expression of the main process throws. */
function thrownBy(app: DesktopApp, expression: string): Promise<string> {
  return app.evaluate(async (electron, text) => {
    try {
      await Reflect.construct(Function, ['electron', `return ${text}`])(electron)
      return 'nothing'
    } catch (error) {
      return String(error)
    }
  }, expression)
}

test('what is not implemented throws by name', async ({ app }) => {
  const names: readonly (readonly [string, string])[] = [
    ['electron.globalShortcut.register("F1", () => {})', 'globalShortcut.register'],
    ['electron.safeStorage.isEncryptionAvailable()', 'safeStorage.isEncryptionAvailable'],
    ['electron.net.fetch("https://example.com/")', 'net.fetch'],
    ['electron.utilityProcess.fork("x.js")', 'utilityProcess.fork'],
    ['new electron.BaseWindow()', 'new BaseWindow()'],
    ['electron.app.getGPUInfo("basic")', 'App.getGPUInfo'],
    ['electron.app.commandLine.nothing()', 'app.commandLine.nothing'],
    ['electron.session.fromPartition("x")', 'session.fromPartition'],
    ['electron.session.defaultSession.clearCache()', 'Session.clearCache'],
    ['electron.shell.trashItem("x")', 'shell.trashItem'],
    ['electron.clipboard.readHTML()', 'clipboard.readHTML'],
    ['electron.BrowserWindow.fromBrowserView(null)', 'BrowserWindow.fromBrowserView'],
    ['electron.BrowserWindow.getAllWindows()[0].setProgressBar(1)', 'BrowserWindow.setProgressBar'],
    ['electron.BrowserWindow.getAllWindows()[0].webContents.print()', 'WebContents.print'],
    ['electron.Menu.sendActionToFirstResponder("x")', 'Menu.sendActionToFirstResponder'],
    ['electron.Menu.buildFromTemplate([{ role: "shareMenu" }])', 'the menu role shareMenu'],
  ]
  await app.window()
  for (const [expression, name] of names) {
    expect(await thrownBy(app, expression)).toBe(
      `Error: Electron stand-in: ${name} is not implemented`,
    )
  }
})

test('every name of Electron can be imported, and no other one', async ({ start, home, app }) => {
  expect(await app.evaluate((electron) => Object.keys(electron).length, null)).toBeGreaterThan(35)
  const folder = writeApp(home, "import { app, remote } from 'electron'\napp.quit(remote)")
  await expect(start(folder)).rejects.toThrow("does not provide an export named 'remote'")
})

test('a window that is less than sandboxed and isolated is refused', async ({ app }) => {
  const refusals: readonly (readonly [string, string])[] = [
    ['{ webPreferences: { sandbox: false } }', 'webPreferences.sandbox = false is refused'],
    ['{ webPreferences: { nodeIntegration: true } }', 'webPreferences.nodeIntegration = true is'],
    ['{ webPreferences: { contextIsolation: false } }', 'webPreferences.contextIsolation = false'],
    ['{ webPreferences: { webSecurity: false } }', 'webPreferences.webSecurity = false is refused'],
    ['{ webPreferences: { webviewTag: true } }', 'webPreferences.webviewTag = true is refused'],
    ['{ webPreferences: { offscreen: true } }', 'webPreferences.offscreen is not implemented'],
    ['{ kiosk: true }', 'the option kiosk of BrowserWindow is not implemented'],
  ]
  for (const [options, message] of refusals) {
    expect(await thrownBy(app, `new electron.BrowserWindow(${options})`)).toContain(message)
  }
})

const lost = 'sent to a page without a preload world: event too-early'
test('a message to a page that has no preload yet is lost, and noted', {
  annotation: { type: 'expected-error', description: lost },
}, async ({ app }) => {
  await app.evaluate(({ BrowserWindow }) => {
    new BrowserWindow({ show: false }).webContents.send('too-early')
  }, null)
  expect(app.faults).toEqual([lost])
})

test('what cannot be cloned throws where it is sent', async ({ app }) => {
  await app.window()
  const contents = 'electron.webContents.getAllWebContents()[0]'
  const port = 'new electron.MessageChannelMain().port1'
  for (const expression of [
    `${contents}.send('x', () => {})`,
    `${contents}.send('x', Symbol('s'))`,
    `${contents}.send('x', ${port})`,
    `${contents}.postMessage('x', { port: ${port} })`,
    `${port}.postMessage({ f() {} })`,
    `${port}.postMessage(new Proxy(() => {}, {}))`,
  ]) {
    expect(await thrownBy(app, expression)).toBe('Error: An object could not be cloned.')
  }
})

test('a port keeps what arrives until it is started, and is closed with the other', async ({
  app,
}) => {
  const seen = await app.evaluate(async ({ MessageChannelMain }) => {
    const heard: unknown[] = []
    const { port1, port2 } = new MessageChannelMain()
    port1.postMessage(1)
    port1.postMessage(2)
    port2.on('message', ({ data }) => heard.push(data))
    // What is sent later on another channel has arrived.
    const other = new MessageChannelMain()
    const later = new Promise((resolve) => other.port2.once('message', resolve))
    other.port2.start()
    other.port1.postMessage(null)
    await later
    const early = [...heard]
    port2.start()
    const closed = new Promise<void>((resolve) => port2.once('close', () => resolve()))
    port1.postMessage(3)
    port1.close()
    await closed
    return { early, heard }
  }, null)
  expect(seen).toEqual({ early: [], heard: [1, 2, 3] })
})

test('a transferred port is dead for its sender and lives where it arrives', async ({ app }) => {
  const seen = await app.evaluate(async ({ MessageChannelMain }) => {
    const carrier = new MessageChannelMain()
    const carried = new MessageChannelMain()
    const arrived = new Promise<Electron.MessagePortMain | undefined>((resolve) => {
      carrier.port2.once('message', ({ ports: [port] }) => resolve(port))
    })
    carrier.port2.start()
    carried.port1.postMessage('before')
    carrier.port1.postMessage(null, [carried.port2])
    const port = await arrived
    const heard: unknown[] = []
    const two = new Promise<void>((resolve) => {
      port?.on('message', ({ data }) => {
        if (heard.push(data) === 2) resolve()
      })
    })
    port?.start()
    carried.port1.postMessage('after')
    await two
    try {
      carried.port2.postMessage('x')
      return { heard, error: 'none' }
    } catch (error) {
      return { heard, error: String(error) }
    }
  }, null)
  expect(seen).toEqual({ heard: ['before', 'after'], error: 'Error: Port is already neutered' })
})

test('what has its time has it', async ({ start, home }) => {
  const folder = writeApp(
    home,
    `import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { app, BrowserWindow, protocol, Tray } from 'electron'
const thrown = []
for (const early of [() => new BrowserWindow(), () => new Tray('x.png'), () => protocol.handle('app', () => {})]) {
  try { early() } catch (error) { thrown.push(error.message) }
}
let wasReady = false
app.on('ready', () => { wasReady = true })
await once(spawn(process.execPath, ['--version']), 'exit')
globalThis.seen = { thrown, wasReady }
`,
  )
  const app = await start(folder)
  expect(await app.evaluate(() => Reflect.get(globalThis, 'seen'), null)).toEqual({
    thrown: [
      'Cannot create BrowserWindow before app is ready',
      'Cannot create Tray before app is ready',
      'protocol.handle cannot be used before app is ready',
    ],
    wasReady: false,
  })
  expect(await thrownBy(app, 'electron.protocol.registerSchemesAsPrivileged([])')).toContain(
    'should be called before app is ready',
  )
  expect(await thrownBy(app, "new electron.Tray('/nowhere.png')")).toContain('Failed to load image')
})

const noWebFrame = 'electron.webFrame is not implemented in the preload'
test('a preload that throws, or wants what a sandbox has not, is an error', {
  annotation: { type: 'expected-error', description: noWebFrame },
}, async ({ start, home }) => {
  const folder = writeApp(
    home,
    `import { app, BrowserWindow } from 'electron'
import path from 'node:path'
app.whenReady().then(() => {
  const preload = path.join(import.meta.dirname, 'preload.cjs')
  const { webContents } = new BrowserWindow({ webPreferences: { preload } })
  globalThis.seen = new Promise((resolve) => {
    webContents.once('preload-error', (event, file, error) => resolve(error.message))
  })
  webContents.loadURL('data:text/html,<p>page</p>')
})
`,
    "const { webFrame } = require('electron')",
  )
  const app = await start(folder)
  expect(await app.evaluate(() => Reflect.get(globalThis, 'seen'), null)).toBe(
    `Electron stand-in: ${noWebFrame}`,
  )
})

test('a window that the application allows a page to open is refused', async ({ start, home }) => {
  const folder = writeApp(
    home,
    `import { app, BrowserWindow } from 'electron'
app.whenReady().then(() => new BrowserWindow().loadURL('data:text/html,<p>page</p>'))
`,
  )
  const app = await start(folder)
  const page = await app.window()
  await page.evaluate(() => window.open('https://example.com/'))
  await app.exited
  expect(app.output()).toContain('a window that a page opens is not implemented')
})
