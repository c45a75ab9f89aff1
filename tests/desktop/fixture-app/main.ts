/** A small application that uses what the real one uses of Electron; the specs of the stand-in drive it. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeImage,
  powerMonitor,
  protocol,
  session,
  shell,
  Tray,
} from 'electron'

const csp =
  "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }
const here = import.meta.dirname
const preload = path.join(here, '../preload/preload.cjs')
// A picture of one pixel.
const pixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** What happened, for the specs to read. */
const events: string[] = []
Object.assign(globalThis, { fixtureEvents: events })

let tray: Tray | null = null
let isQuitting = false

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
])

/** Serves the page's own files. */
async function serve(request: Request): Promise<Response> {
  const { host, pathname } = new URL(request.url)
  events.push(`request ${request.method} ${request.url}`)
  const name = path.basename(pathname)
  const type = types[path.extname(name)]
  if (type === undefined || host === 'nowhere') return new Response('not found', { status: 404 })
  if (pathname === '/moved.html') return Response.redirect('https://example.com/moved', 302)
  const headers = { 'content-type': type, 'content-security-policy': csp }
  if (request.method === 'POST') return new Response(await request.text(), { headers })
  return new Response(await readFile(path.join(here, '../page', name)), { headers })
}

function createWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 900,
    height: 600,
    show: false,
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  const { webContents } = window
  webContents.setWindowOpenHandler(({ url }) => {
    events.push(`window-open ${url}`)
    return { action: 'deny' }
  })
  webContents.on('will-navigate', (event) => {
    events.push(`will-navigate ${event.url}`)
    event.preventDefault()
  })
  webContents.on('will-redirect', (event) => {
    events.push(`will-redirect ${event.url}`)
    event.preventDefault()
  })
  webContents.on('render-process-gone', (_event, { reason }) => {
    events.push(`render-process-gone ${reason}`)
    webContents.reload()
  })
  webContents.on('did-finish-load', () => events.push(`loaded ${webContents.getURL()}`))
  window.once('ready-to-show', () => window.show())
  window.on('close', (event) => {
    if (isQuitting) return
    event.preventDefault()
    window.hide()
  })
  // Whoever quits while the page is being loaded ends the loading.
  window.loadURL('app://main/index.html').catch((error: unknown) => events.push(String(error)))
  return window
}

function notify(body: string): void {
  const notification = new Notification({
    title: 'Server',
    body,
    actions: [{ type: 'button', text: 'Open' }],
  })
  notification.on('click', () => events.push(`clicked ${body}`))
  notification.on('action', (_event, index) => events.push(`action ${index} of ${body}`))
  notification.show()
}

async function askToRemove(): Promise<void> {
  const { response, checkboxChecked } = await dialog.showMessageBox({
    message: 'Remove it?',
    buttons: ['Cancel', 'Remove'],
    cancelId: 0,
    checkboxLabel: 'Do not ask again',
  })
  events.push(`answer ${response} ${checkboxChecked}`)
}

function createTray(window: BrowserWindow): Tray {
  const made = new Tray(nativeImage.createFromDataURL(pixel))
  made.setToolTip('Fixture')
  made.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Notify', click: () => notify('alpha failed') },
      {
        label: 'Servers',
        submenu: [
          {
            label: 'alpha',
            type: 'checkbox',
            click: (item) => events.push(`alpha ${item.checked}`),
          },
          { label: 'beta', enabled: false },
        ],
      },
      { type: 'separator' },
      { label: 'One', type: 'radio', checked: true },
      { label: 'Two', type: 'radio' },
      { label: 'Remove', click: () => void askToRemove() },
      { label: 'Show', click: () => window.show() },
      { role: 'quit' },
    ]),
  )
  made.on('click', () => events.push('tray clicked'))
  return made
}

ipcMain.handle('describe', ({ senderFrame }, value: unknown) => ({
  url: senderFrame?.url,
  origin: senderFrame?.origin,
  value,
}))
ipcMain.handle('fail', () => {
  throw new TypeError('no such thing')
})
ipcMain.on('port-please', ({ sender }) => {
  const { port1, port2 } = new MessageChannelMain()
  port1.postMessage('first')
  port1.on('message', ({ data }) => {
    if (data === 'close') port1.close()
    else port1.postMessage({ echo: data })
  })
  port1.on('close', () => events.push('port closed'))
  port1.start()
  sender.postMessage('port', { version: 1 }, [port2])
})
ipcMain.on('page-port', ({ ports: [port] }) => {
  if (port === undefined) throw new Error('the page sent no port')
  port.on('message', ({ data }) => port.postMessage({ echo: data }))
  port.start()
})

app.setAsDefaultProtocolClient('fixture')
app.on('second-instance', (_event, argv, _folder, data) => {
  events.push(`second ${argv.at(-1)} ${JSON.stringify(data)}`)
})
app.on('web-contents-created', () => events.push('web-contents-created'))
app.on('before-quit', () => {
  isQuitting = true
})
app.on('will-quit', () => console.log('will-quit'))

if (app.requestSingleInstanceLock({ from: 'fixture' })) {
  void app.whenReady().then(() => {
    protocol.handle('app', serve)
    session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => {
      answer(false)
    })
    session.defaultSession.setPermissionCheckHandler(() => false)
    powerMonitor.on('suspend', () => events.push('suspend'))
    powerMonitor.on('resume', () => events.push('resume'))
    Menu.setApplicationMenu(
      Menu.buildFromTemplate([
        { role: 'editMenu' },
        { label: 'View', submenu: [{ role: 'zoomIn' }, { role: 'resetZoom' }] },
        {
          label: 'Help',
          submenu: [
            { label: 'Site', click: () => void shell.openExternal('https://example.com/') },
          ],
        },
      ]),
    )
    tray = createTray(createWindow())
    events.push(`tray ${tray.isDestroyed() ? 'gone' : 'there'}`)
  })
} else {
  app.quit()
}
