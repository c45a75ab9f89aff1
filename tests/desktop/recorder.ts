/**
 * Loaded into the main process before the application, on Electron and on the stand-in: it remembers what the application
 * shows outside of its windows, and lets a test click and answer it. It uses nothing but Electron's public interface.
 */
import { dialog, Menu, type MenuItem, Notification, nativeImage, shell, Tray } from 'electron'
import type {
  AskedDialog,
  DialogAnswer,
  MenuEntry,
  MenuName,
  Recorder,
  ShownNotification,
  TrayState,
} from './recorder-types.ts'

interface PendingDialog {
  readonly kind: AskedDialog['kind']
  readonly settle: (answer: DialogAnswer) => void
}

const trays = new Map<object, { state: TrayState; menu: Menu | null }>()
const notifications: Notification[] = []
const dialogs: AskedDialog[] = []
const pending: PendingDialog[] = []
const waitingForDialog: (() => void)[] = []
const opened: string[] = []
let popup: Menu | null = null

/** Calls `before` with what a method is called with, then the method. */
function watch(
  target: object,
  name: string,
  before: (self: object, args: unknown[]) => void,
): void {
  const original: unknown = Reflect.get(target, name)
  if (typeof original !== 'function') throw new Error(`Electron has no ${name}`)
  Object.defineProperty(target, name, {
    configurable: true,
    writable: true,
    value(this: object, ...args: unknown[]): unknown {
      const result: unknown = Reflect.apply(original, this, args)
      before(this, args)
      return result
    },
  })
}

function trayOf(tray: object): { state: TrayState; menu: Menu | null } {
  const known = trays.get(tray) ?? { state: { toolTip: '', title: '', image: null }, menu: null }
  trays.set(tray, known)
  return known
}

function watchTrays(): void {
  watch(Tray.prototype, 'setContextMenu', (tray, [menu]) => {
    trayOf(tray).menu = menu instanceof Menu ? menu : null
  })
  watch(Tray.prototype, 'setToolTip', (tray, [toolTip]) => {
    const known = trayOf(tray)
    known.state = { ...known.state, toolTip: String(toolTip) }
  })
  watch(Tray.prototype, 'setTitle', (tray, [title]) => {
    const known = trayOf(tray)
    known.state = { ...known.state, title: String(title) }
  })
  watch(Tray.prototype, 'setImage', (tray, [image]) => {
    const known = trayOf(tray)
    // A tray takes a picture or the path of one.
    const file = typeof image === 'string' ? image : null
    const picture =
      file === null ? (image as Electron.NativeImage) : nativeImage.createFromPath(file)
    known.state = { ...known.state, image: picture.toDataURL() }
  })
  watch(Tray.prototype, 'destroy', (tray) => {
    trays.delete(tray)
  })
}

/** Dialogs do not open: they wait for the test's answer, as they would wait for a person's. */
function replaceDialogs(): void {
  const replaced = {
    showMessageBox: 'message',
    showOpenDialog: 'open',
    showSaveDialog: 'save',
  } as const
  for (const [name, kind] of Object.entries(replaced)) {
    Object.assign(dialog, {
      [name]: (...args: unknown[]) => {
        const options: unknown = args.at(-1)
        if (typeof options !== 'object' || options === null) {
          throw new TypeError(`dialog.${name}: options are missing`)
        }
        if (kind === 'message') assertMessageBox(options)
        dialogs.push({ kind, options: plain(options) })
        return new Promise((resolve) => {
          pending.push({ kind, settle: resolve })
          waitingForDialog.splice(0).forEach((wake) => wake())
        })
      },
    })
  }
  Object.assign(dialog, {
    showErrorBox: (title: string, content: string) => {
      dialogs.push({ kind: 'error', options: { title, content } })
    },
  })
}

/** What Electron checks itself before it shows a box. */
function assertMessageBox(options: object): void {
  const { message, buttons } = options as { message?: unknown; buttons?: unknown }
  if (typeof message !== 'string') throw new TypeError('Message must be a string')
  if (buttons !== undefined && !Array.isArray(buttons))
    throw new TypeError('Buttons must be an array')
}

/** Without what a test could not receive: a picture of the dialog, a signal. */
function plain(options: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).filter(
      ([, value]) => typeof value !== 'object' || Array.isArray(value),
    ),
  )
}

async function answerDialog(answer: DialogAnswer): Promise<void> {
  while (pending.length === 0) {
    await new Promise<void>((resolve) => waitingForDialog.push(resolve))
  }
  const [first] = pending.splice(0, 1)
  first?.settle(answer)
}

function entriesOf(menu: Menu | null | undefined, above = ''): { item: MenuItem; path: string }[] {
  return (menu?.items ?? []).flatMap((item) => {
    const path = above === '' ? item.label : `${above} > ${item.label}`
    return [{ item, path }, ...entriesOf(item.submenu, path)]
  })
}

function menuNamed(name: MenuName): Menu | null {
  switch (name) {
    case 'application':
      return Menu.getApplicationMenu()
    case 'popup':
      return popup
    case 'tray':
      return firstTray().menu
  }
}

function firstTray(): { state: TrayState; menu: Menu | null } {
  const [first] = trays.values()
  if (first === undefined) throw new Error('There is no tray')
  return first
}

function describeItem({ item, path }: { item: MenuItem; path: string }): MenuEntry {
  const { label, type, enabled, visible, checked } = item
  return { path, label, type, enabled, visible, checked }
}

function clickItem(name: MenuName, path: string): void {
  const entries = entriesOf(menuNamed(name))
  const found = entries.find((entry) => entry.path === path)
  if (found === undefined) {
    throw new Error(`No item ${path} in ${entries.map((entry) => entry.path).join(', ')}`)
  }
  if (!found.item.enabled || !found.item.visible) throw new Error(`${path} cannot be clicked`)
  found.item.click(undefined, undefined, undefined)
}

function describeNotification({ title, body, actions }: Notification): ShownNotification {
  return { title, body, actions: actions.map(({ text = '' }) => text) }
}

function notificationAt(index: number): Notification {
  const found = notifications.at(index)
  if (found === undefined) throw new Error(`There is no notification ${index}`)
  return found
}

watchTrays()
replaceDialogs()
watch(Menu.prototype, 'popup', (menu) => {
  popup = menu instanceof Menu ? menu : null
})
watch(Notification.prototype, 'show', (notification) => {
  if (notification instanceof Notification) notifications.push(notification)
})
for (const name of ['openExternal', 'openPath', 'showItemInFolder'] as const) {
  const result = name === 'openPath' ? '' : undefined
  Object.assign(shell, {
    [name]: (target: string) => {
      opened.push(target)
      return name === 'showItemInFolder' ? undefined : Promise.resolve(result)
    },
  })
}

const recorder: Recorder = {
  tray: () => (trays.size === 0 ? null : firstTray().state),
  menuItems: (name) => entriesOf(menuNamed(name)).map(describeItem),
  clickMenu: clickItem,
  clickTrayIcon: () => {
    const [tray] = trays.keys()
    if (!(tray instanceof Tray)) throw new Error('There is no tray')
    tray.emit('click')
  },
  notifications: () => notifications.map(describeNotification),
  clickNotification: (index) => {
    notificationAt(index).emit('click', {})
  },
  clickNotificationAction: (index, actionIndex) => {
    notificationAt(index).emit('action', { actionIndex }, actionIndex, -1)
  },
  dialogs: () => dialogs,
  answerDialog,
  opened: () => opened,
}
Object.assign(globalThis, { [Symbol.for('desktop recorder')]: recorder })
