import type { MenuItemConstructorOptions } from 'electron'
import type { BrowserWindow } from './browser-window.ts'
import { lifecycle } from './lifecycle.ts'
import { hostOf } from './web-contents.ts'

/** What a menu item with a role is by itself. */
interface Role {
  readonly label: string
  readonly submenu?: readonly MenuItemConstructorOptions[]
  /** What a click does; without it the system does it. */
  readonly run?: (window: BrowserWindow | null) => void
}

/** Electron's zoom items go by half a level. */
const zoomBy = 0.5

/** The roles that the stand-in knows; an item with another one throws. */
export const menuRoles: Readonly<Record<string, Role>> = {
  quit: { label: 'Quit', run: () => lifecycle.quit() },
  close: { label: 'Close', run: (window) => window?.close() },
  minimize: { label: 'Minimize', run: (window) => window?.minimize() },
  zoom: { label: 'Zoom', run: (window) => window?.maximize() },
  togglefullscreen: {
    label: 'Toggle Full Screen',
    run: (window) => window?.setFullScreen(!window.isFullScreen()),
  },
  reload: { label: 'Reload', run: (window) => window?.webContents.reload() },
  forceReload: { label: 'Force Reload', run: (window) => window?.webContents.reload() },
  toggleDevTools: {
    label: 'Toggle Developer Tools',
    run: (window) => window?.webContents.openDevTools(),
  },
  resetZoom: { label: 'Actual Size', run: (window) => window?.webContents.setZoomLevel(0) },
  zoomIn: { label: 'Zoom In', run: (window) => zoom(window, zoomBy) },
  zoomOut: { label: 'Zoom Out', run: (window) => zoom(window, -zoomBy) },
  undo: edit('Undo', 'undo'),
  redo: edit('Redo', 'redo'),
  cut: edit('Cut', 'cut'),
  copy: edit('Copy', 'copy'),
  paste: edit('Paste', 'paste'),
  pasteAndMatchStyle: edit('Paste and Match Style', 'pasteAndMatchStyle'),
  delete: edit('Delete', 'delete'),
  selectAll: edit('Select All', 'selectAll'),
  about: { label: 'About' },
  hide: { label: 'Hide' },
  hideOthers: { label: 'Hide Others' },
  unhide: { label: 'Show All' },
  services: { label: 'Services' },
  front: { label: 'Bring All to Front' },
  window: { label: 'Window' },
  help: { label: 'Help' },
  appMenu: {
    label: 'Application',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  },
  fileMenu: { label: 'File', submenu: [{ role: 'quit' }] },
  editMenu: {
    label: 'Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'delete' },
      { type: 'separator' },
      { role: 'selectAll' },
    ],
  },
  viewMenu: {
    label: 'View',
    submenu: [
      { role: 'reload' },
      { role: 'forceReload' },
      { role: 'toggleDevTools' },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  },
  windowMenu: { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'close' }] },
}

function zoom(window: BrowserWindow | null, by: number): void {
  const contents = window?.webContents
  contents?.setZoomLevel(contents.getZoomLevel() + by)
}

/** An editing command of the page that has the focus. */
function edit(label: string, command: string): Role {
  return {
    label,
    run: (window) => {
      const key = { type: 'rawKeyDown' as const, commands: [command] }
      window?.webContents[hostOf].send('Input.dispatchKeyEvent', key)
    },
  }
}
