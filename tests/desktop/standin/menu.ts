import type {
  Menu as ElectronMenu,
  MenuItem as ElectronMenuItem,
  MenuItemConstructorOptions,
  PopupOptions,
} from 'electron'
import { BrowserWindow } from './browser-window.ts'
import { menuRoles } from './menu-roles.ts'
import { notImplemented, StrictEmitter } from './strict.ts'

type Entry = MenuItemConstructorOptions | ElectronMenuItem | MenuItem

let lastCommandId = 0
let applicationMenu: Menu | null = null

/** Electron's MenuItem: it has no picture, but it can be clicked. */
export class MenuItem extends StrictEmitter {
  readonly commandId = ++lastCommandId
  readonly role: ElectronMenuItem['role']
  readonly type: ElectronMenuItem['type']
  readonly submenu?: Menu
  readonly click: (event?: unknown, window?: unknown, contents?: unknown) => void
  id: string
  label: string
  sublabel: string
  toolTip: string
  enabled: boolean
  visible: boolean
  accelerator: ElectronMenuItem['accelerator']
  icon: ElectronMenuItem['icon']
  #menu: Menu | null = null
  #isChecked: boolean

  constructor(options: MenuItemConstructorOptions) {
    super()
    const role = options.role === undefined ? undefined : menuRoles[options.role]
    if (options.role !== undefined && role === undefined) {
      throw notImplemented(`the menu role ${options.role}`)
    }
    const submenu = options.submenu ?? (role?.submenu && [...role.submenu])
    // What Electron's two lists of roles do not share is not among the known ones.
    this.role = options.role as ElectronMenuItem['role']
    this.type = options.type ?? (submenu === undefined ? 'normal' : 'submenu')
    if (this.type === 'submenu' && submenu === undefined) throw new Error('Invalid submenu')
    if (submenu !== undefined) this.submenu = toMenu(submenu)
    this.id = options.id ?? ''
    this.label = options.label ?? role?.label ?? ''
    this.sublabel = options.sublabel ?? ''
    this.toolTip = options.toolTip ?? ''
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.accelerator = options.accelerator ?? null
    this.icon = options.icon
    this.#isChecked = options.checked ?? false
    this.click = (event = {}, window = null) => {
      const target = window instanceof BrowserWindow ? window : BrowserWindow.getFocusedWindow()
      if (this.type === 'checkbox' || this.type === 'radio') this.checked = !this.checked
      if (role?.run !== undefined) role.run(target)
      // The stand-in's objects are Electron's as far as they go: conformance.ts.
      else options.click?.(this as never, target as never, event as never)
    }
  }

  /** The menu that it is in. */
  get menu(): Menu {
    if (this.#menu === null) throw new Error('The item is in no menu')
    return this.#menu
  }

  set menu(menu: Menu) {
    this.#menu = menu
  }

  get checked(): boolean {
    return this.#isChecked
  }

  /** Of radio items that stand together, one is checked. */
  set checked(isChecked: boolean) {
    if (this.type !== 'radio') {
      this.#isChecked = isChecked
      return
    }
    for (const item of radioGroup(this)) item.#isChecked = false
    this.#isChecked = true
  }
}

/** Electron's Menu. */
export class Menu extends StrictEmitter {
  readonly items: MenuItem[] = []

  static buildFromTemplate(template: Entry[]): Menu {
    if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu')
    const menu = new Menu()
    for (const entry of template) menu.append(toItem(entry))
    return menu
  }

  static setApplicationMenu(menu: Menu | ElectronMenu | null): void {
    if (menu !== null && !(menu instanceof Menu)) throw new TypeError('Invalid menu')
    applicationMenu = menu
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu
  }

  append(item: MenuItem): void {
    this.insert(this.items.length, item)
  }

  insert(position: number, item: MenuItem): void {
    item.menu = this
    this.items.splice(position, 0, item)
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      if (item.id === id) return item
      const found = item.submenu?.getMenuItemById(id)
      if (found !== undefined && found !== null) return found
    }
    return null
  }

  popup(_options?: PopupOptions): void {
    this.emit('menu-will-show')
  }

  closePopup(): void {
    this.emit('menu-will-close')
  }
}

/** The radio items beside one, up to what is none. */
function radioGroup(item: MenuItem): MenuItem[] {
  const { items } = item.menu
  const isRadio = ({ type }: MenuItem): boolean => type === 'radio'
  const place = items.indexOf(item)
  const before = items.slice(0, place).findLastIndex((other) => !isRadio(other))
  const after = items.slice(place).findIndex((other) => !isRadio(other))
  return items.slice(before + 1, after < 0 ? undefined : place + after)
}

function toItem(entry: Entry): MenuItem {
  // What is no item of the stand-in is a description of one: Electron's own items do not exist here.
  return entry instanceof MenuItem ? entry : new MenuItem(entry as MenuItemConstructorOptions)
}

function toMenu(submenu: MenuItemConstructorOptions[] | ElectronMenu | Menu): Menu {
  if (submenu instanceof Menu) return submenu
  if (Array.isArray(submenu)) return Menu.buildFromTemplate(submenu)
  throw new TypeError('Invalid submenu')
}
