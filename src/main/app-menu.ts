import type { MenuItemConstructorOptions } from 'electron'
import type { SayDesktop } from './desktop-texts.ts'

/** What the entries of the menu do that are not the system's own. */
export interface MenuActions {
  readonly addServer: () => void
  readonly importServers: () => void
  readonly openSettings: () => void
  readonly showDataFolder: () => void
}

/** The menu of the window; on macOS of the whole program, whose own entries come first there. Pure. */
export function menuTemplate(
  platform: NodeJS.Platform,
  say: SayDesktop,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const settings: MenuItemConstructorOptions = {
    label: say('menu.settings', {}),
    accelerator: 'CmdOrCtrl+,',
    click: actions.openSettings,
  }
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  return [
    ...(isMac
      ? [
          {
            label: say('name', {}),
            submenu: [
              { role: 'about' },
              separator,
              settings,
              separator,
              { role: 'services' },
              separator,
              { role: 'hide' },
              { role: 'hideOthers' },
              { role: 'unhide' },
              separator,
              { role: 'quit' },
            ],
          } satisfies MenuItemConstructorOptions,
        ]
      : []),
    {
      label: say('menu.file', {}),
      submenu: [
        { label: say('menu.addServer', {}), click: actions.addServer },
        { label: say('menu.import', {}), click: actions.importServers },
        separator,
        ...(isMac ? [] : [settings, separator]),
        { role: 'close' },
        ...(isMac ? [] : [{ role: 'quit', label: say('menu.quit', {}) } as const]),
      ],
    },
    {
      label: say('menu.edit', {}),
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        ...(isMac ? [{ role: 'pasteAndMatchStyle' } as const] : []),
        { role: 'delete' },
        { role: 'selectAll' },
      ],
    },
    {
      label: say('menu.view', {}),
      submenu: [
        { role: 'reload' },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    {
      label: say('menu.window', {}),
      submenu: [
        { role: 'minimize' },
        { role: 'zoom' },
        ...(isMac ? [{ role: 'front' } as const] : []),
      ],
    },
    {
      label: say('menu.help', {}),
      role: 'help',
      submenu: [
        { label: say('menu.dataFolder', {}), click: actions.showDataFolder },
        ...(isMac ? [] : [separator, { role: 'about' } as const]),
      ],
    },
  ]
}
