import type {
  BrowserWindowConstructorOptions,
  WebContents as ElectronWebContents,
  Rectangle,
} from 'electron'
import { createEvent } from './event.ts'
import { lifecycle } from './lifecycle.ts'
import { runtime } from './runtime.ts'
import { notImplemented, StrictEmitter } from './strict.ts'
import { hostOf, resizePage, WebContents } from './web-contents.ts'

/** What only a drawn window would show: accepted, and of no effect here. */
const drawnOnly = new Set([
  'acceptFirstMouse',
  'autoHideMenuBar',
  'backgroundColor',
  'center',
  'darkTheme',
  'frame',
  'fullscreenable',
  'icon',
  'maxHeight',
  'maxWidth',
  'maximizable',
  'minHeight',
  'minWidth',
  'minimizable',
  'paintWhenInitiallyHidden',
  'resizable',
  'skipTaskbar',
  'titleBarOverlay',
  'titleBarStyle',
  'trafficLightPosition',
])
const understood = new Set(['x', 'y', 'width', 'height', 'show', 'title', 'webPreferences'])

const windows = new Set<BrowserWindow>()
let focusedId: number | null = null
let lastId = 0

/** Electron's BrowserWindow: its page is real, its frame is only remembered. */
export class BrowserWindow extends StrictEmitter {
  readonly id = ++lastId
  readonly webContents: WebContents
  #bounds: Rectangle
  #title: string
  #isVisible = false
  #isMinimized = false
  #isMaximized = false
  #isFullScreen = false
  #isDestroyed = false

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super()
    runtime.assertReady('BrowserWindow')
    const unknown = Object.keys(options).find((key) => !understood.has(key) && !drawnOnly.has(key))
    if (unknown !== undefined) throw notImplemented(`the option ${unknown} of BrowserWindow`)
    const { x = 0, y = 0, width = 800, height = 600, show = true } = options
    this.#bounds = { x, y, width, height }
    this.#title = options.title ?? lifecycle.appName
    this.webContents = new WebContents(options.webPreferences ?? {}, { width, height })
    this.webContents.once('did-finish-load', () => {
      if (!this.#isDestroyed) this.emit('ready-to-show')
    })
    this.webContents.once('destroyed', () => this.#closed())
    windows.add(this)
    if (show) this.show()
    runtime.emitFromApp('browser-window-created', this)
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows]
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focusedId === null ? null : BrowserWindow.fromId(focusedId)
  }

  static fromWebContents(contents: ElectronWebContents | WebContents): BrowserWindow | null {
    return [...windows].find(({ webContents }) => webContents.id === contents.id) ?? null
  }

  static fromId(id: number): BrowserWindow | null {
    return [...windows].find((window) => window.id === id) ?? null
  }

  loadURL(url: string): Promise<void> {
    this.#assertAlive()
    return this.webContents.loadURL(url)
  }

  show(): void {
    this.showInactive()
    this.focus()
  }

  showInactive(): void {
    this.#assertAlive()
    if (this.#isVisible) return
    this.#isVisible = true
    this.emit('show')
  }

  hide(): void {
    this.#assertAlive()
    if (!this.#isVisible) return
    this.#isVisible = false
    this.blur()
    this.emit('hide')
  }

  /** A window that is not shown cannot have the focus. */
  focus(): void {
    this.#assertAlive()
    if (!this.#isVisible || focusedId === this.id) return
    BrowserWindow.getFocusedWindow()?.blur()
    focusedId = this.id
    this.emit('focus')
  }

  blur(): void {
    if (focusedId !== this.id) return
    focusedId = null
    this.emit('blur')
  }

  minimize(): void {
    this.#assertAlive()
    if (this.#isMinimized) return
    this.#isMinimized = true
    this.blur()
    this.emit('minimize')
  }

  restore(): void {
    this.#assertAlive()
    if (!this.#isMinimized) return
    this.#isMinimized = false
    this.emit('restore')
    this.focus()
  }

  maximize(): void {
    this.#assertAlive()
    if (this.#isMaximized) return
    this.#isMaximized = true
    this.emit('maximize')
  }

  unmaximize(): void {
    this.#assertAlive()
    if (!this.#isMaximized) return
    this.#isMaximized = false
    this.emit('unmaximize')
  }

  setFullScreen(isFullScreen: boolean): void {
    this.#assertAlive()
    if (this.#isFullScreen === isFullScreen) return
    this.#isFullScreen = isFullScreen
    this.emit(isFullScreen ? 'enter-full-screen' : 'leave-full-screen')
  }

  isVisible(): boolean {
    return this.#isVisible && !this.#isMinimized
  }

  isFocused(): boolean {
    return focusedId === this.id
  }

  isMinimized(): boolean {
    return this.#isMinimized
  }

  isMaximized(): boolean {
    return this.#isMaximized
  }

  isFullScreen(): boolean {
    return this.#isFullScreen
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  getBounds(): Rectangle {
    this.#assertAlive()
    return { ...this.#bounds }
  }

  /** The bounds beside those of a maximized or full window, which here are the same. */
  getNormalBounds(): Rectangle {
    return this.getBounds()
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#assertAlive()
    const old = this.#bounds
    this.#bounds = { ...old, ...bounds }
    const { x, y, width, height } = this.#bounds
    if (width !== old.width || height !== old.height) {
      this.webContents[resizePage]({ width, height })
      this.emit('resize')
    }
    if (x !== old.x || y !== old.y) this.emit('move')
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  getSize(): number[] {
    const { width, height } = this.getBounds()
    return [width, height]
  }

  setTitle(title: string): void {
    this.#title = title
  }

  getTitle(): string {
    return this.#title
  }

  close(): void {
    if (this.#isDestroyed) return
    const event = createEvent()
    this.emit('close', event)
    if (event.defaultPrevented) lifecycle.closePrevented()
    else this.destroy()
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.webContents[hostOf].close()
  }

  #assertAlive(): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed')
  }

  #closed(): void {
    this.blur()
    this.#isDestroyed = true
    this.#isVisible = false
    windows.delete(this)
    this.emit('closed')
    if (windows.size === 0) lifecycle.allWindowsClosed()
  }
}
