import type { App } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { clipboard } from './clipboard.ts'
import { dialog } from './dialog.ts'
import { ipcMain } from './ipc-main.ts'
import { Menu, MenuItem } from './menu.ts'
import { MessageChannelMain } from './message-channel-main.ts'
import { NativeImage } from './native-image.ts'
import { nativeTheme } from './native-theme.ts'
import { Notification } from './notification.ts'
import { powerMonitor } from './power-monitor.ts'
import { protocol } from './protocol.ts'
import { screen } from './screen.ts'
import { session } from './session.ts'
import { shell } from './shell.ts'
import { missing } from './strict.ts'
import { Tray } from './tray.ts'
import { WebContents } from './web-contents.ts'
import { WebFrameMain } from './web-frame-main.ts'

/** Every export of Electron's main process that the stand-in does not have. */
const missingNames = [
  'BaseWindow',
  'BrowserView',
  'ClipboardItem',
  'ImageView',
  'IpcMainServiceWorker',
  'ShareMenu',
  'TouchBar',
  'View',
  'WebContentsView',
  'WebSocket',
  'autoUpdater',
  'contentTracing',
  'crashReporter',
  'desktopCapturer',
  'globalShortcut',
  'inAppPurchase',
  'net',
  'netLog',
  'powerSaveBlocker',
  'pushNotifications',
  'safeStorage',
  'sharedTexture',
  'systemPreferences',
  'utilityProcess',
] as const

/** What the stand-in has of Electron. */
export type Implemented = ReturnType<typeof implementedParts>
/** Every name that a main process can import from Electron. */
export type ExportName = keyof Implemented | (typeof missingNames)[number]

/** The module that the application gets for `electron`: every name of Electron's own, and no other one. */
export function createElectron(app: App): Implemented & Readonly<Record<string, unknown>> {
  const absent = Object.fromEntries(missingNames.map((name) => [name, missing(name)]))
  return Object.freeze({ ...absent, ...implementedParts(app) })
}

function implementedParts(app: App) {
  return {
    app,
    BrowserWindow,
    clipboard,
    dialog,
    ipcMain,
    Menu,
    MenuItem,
    MessageChannelMain,
    nativeImage: NativeImage,
    nativeTheme,
    Notification,
    powerMonitor,
    protocol,
    screen,
    session,
    shell,
    Tray,
    webContents: WebContents,
    webFrameMain: WebFrameMain,
  }
}
