import { join } from 'node:path'
import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron'
import type { ServerId } from '../shared/domain/ids.ts'
import type { TrayCommand, TrayEntry, TrayModel, TrayTone } from './tray-model.ts'

/** What a click in the tray does. */
export interface TrayActions {
  readonly setEnabled: (id: ServerId, enabled: boolean) => void
  readonly run: (command: TrayCommand) => void
}

/** The icon in the tray, while there is a place for it. */
export class TrayIcon {
  readonly #imagesDir: string
  readonly #actions: TrayActions
  #tray: Tray | null = null
  /** What it shows; a menu that is open would close if it was set anew for nothing. */
  #shown = ''

  constructor(imagesDir: string, actions: TrayActions) {
    this.#imagesDir = imagesDir
    this.#actions = actions
  }

  /** Shows the model; null takes the icon away. */
  show(model: TrayModel | null): void {
    if (model === null) {
      this.#tray?.destroy()
      this.#tray = null
      this.#shown = ''
      return
    }
    const next = JSON.stringify(model)
    if (this.#tray !== null && next === this.#shown) return
    this.#shown = next
    const tray = this.#tray ?? this.#create(model.tone)
    tray.setImage(this.#image(model.tone))
    tray.setToolTip(model.tooltip)
    tray.setContextMenu(Menu.buildFromTemplate(model.entries.map((entry) => this.#menuItem(entry))))
  }

  #create(tone: TrayTone): Tray {
    const tray = new Tray(this.#image(tone))
    // On macOS a click opens the menu.
    if (process.platform !== 'darwin') tray.on('click', () => this.#actions.run('open'))
    this.#tray = tray
    return tray
  }

  /** An image of twice the size beside it is found by its name. macOS draws a template image in the colour of its menu bar. */
  #image(tone: TrayTone) {
    const names = { darwin: `${tone}Template.png`, win32: `${tone}.ico`, other: `${tone}.png` }
    const { platform } = process
    const name = platform === 'darwin' || platform === 'win32' ? names[platform] : names.other
    return nativeImage.createFromPath(join(this.#imagesDir, name))
  }

  #menuItem(entry: TrayEntry): MenuItemConstructorOptions {
    switch (entry.kind) {
      case 'server':
        return {
          type: 'checkbox',
          label: entry.label,
          checked: entry.isOn,
          click: () => {
            this.#actions.setEnabled(entry.id, !entry.isOn)
            // The system has moved the check mark by itself; it shows what is true once the host says so.
            this.#shown = ''
          },
        }
      case 'command':
        return {
          label: entry.label,
          enabled: entry.isEnabled,
          click: () => this.#actions.run(entry.command),
        }
      case 'note':
        return { label: entry.label, enabled: false }
      case 'separator':
        return { type: 'separator' }
    }
  }
}
