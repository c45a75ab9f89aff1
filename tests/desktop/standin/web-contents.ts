import type {
  WebContents as ElectronWebContents,
  HandlerDetails,
  WebPreferences,
  WindowOpenHandlerResponse,
} from 'electron'
import { encode } from './codec.ts'
import { createEvent } from './event.ts'
import { noteFault } from './faults.ts'
import type { MessagePortMain } from './message-port-main.ts'
import { toAppAddress, toPageAddress } from './page-address.ts'
import { type PageFace, PageHost } from './page-host.ts'
import { receivePageMessage } from './page-messages.ts'
import { portHand } from './port-symbols.ts'
import { runtime } from './runtime.ts'
import { applyPermissions, type Session, session } from './session.ts'
import { notImplemented, StrictEmitter } from './strict.ts'
import { WebFrameMain } from './web-frame-main.ts'
import { assertWebPreferences } from './web-preferences.ts'
import type { FromPage } from './wire.ts'

type OpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse

/** Each step of zoom makes a page larger by a fifth. */
const zoomStep = 1.2
const consoleLevels: Readonly<Record<string, string>> = {
  error: 'error',
  assert: 'error',
  warning: 'warning',
  debug: 'debug',
}
const contentsById = new Map<number, WebContents>()
let lastId = 0

/** The page of a WebContents, for the stand-in's own use. */
export const hostOf = Symbol('hostOf')

/** Tells a WebContents how large its window is. */
export const resizePage = Symbol('resizePage')

/** Electron's WebContents: a page of Chromium. */
export class WebContents extends StrictEmitter {
  readonly id = ++lastId
  readonly session: Session = session.defaultSession
  readonly mainFrame: WebFrameMain
  readonly [hostOf]: PageHost
  #url = ''
  #size: { width: number; height: number }
  #zoom: number
  #isDestroyed = false
  #openHandler: OpenHandler = () => ({ action: 'allow' })

  constructor(preferences: WebPreferences, size: { width: number; height: number }) {
    super()
    assertWebPreferences(preferences)
    this.#size = size
    this.#zoom = preferences.zoomFactor ?? 1
    this.mainFrame = new WebFrameMain(
      this.id,
      () => this.#url,
      () => this.#isDestroyed,
    )
    const viewport = { ...size, zoom: this.#zoom }
    this[hostOf] = new PageHost(preferences.preload ?? '', viewport, this.#face())
    contentsById.set(this.id, this)
    runtime.emitFromApp('web-contents-created', this)
  }

  static getAllWebContents(): WebContents[] {
    return [...contentsById.values()]
  }

  static fromId(id: number): WebContents | undefined {
    return contentsById.get(id)
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  getURL(): string {
    return this.#url
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  async loadURL(url: string): Promise<void> {
    await session.defaultSession[applyPermissions](asElectron(this), toPageAddress(url))
    try {
      await this[hostOf].load(url)
    } catch (error) {
      const { message } = error instanceof Error ? error : new Error(String(error))
      this.emit('did-fail-load', createEvent(), -2, message, url, true)
      throw error
    }
  }

  reload(): void {
    // A page that is loaded again says by its events how that went.
    this[hostOf].load(this.#url).catch((error: unknown) => noteFault(`reload: ${String(error)}`))
  }

  async executeJavaScript(code: string): Promise<unknown> {
    return this[hostOf].evaluate(code)
  }

  send(channel: string, ...args: unknown[]): void {
    this[hostOf].link.post({ kind: 'event', channel, args: encode(args), ports: [] })
  }

  postMessage(channel: string, message: unknown, transfer: MessagePortMain[] = []): void {
    const { link } = this[hostOf]
    const args = encode([message], transfer)
    const ports = transfer.map((port) => port[portHand](link))
    link.post({ kind: 'event', channel, args, ports })
  }

  setZoomFactor(factor: number): void {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0")
    this.#zoom = factor
    this.#applySize()
  }

  getZoomFactor(): number {
    return this.#zoom
  }

  setZoomLevel(level: number): void {
    this.setZoomFactor(zoomStep ** level)
  }

  getZoomLevel(): number {
    return Math.log(this.#zoom) / Math.log(zoomStep)
  }

  get zoomFactor(): number {
    return this.getZoomFactor()
  }

  set zoomFactor(factor: number) {
    this.setZoomFactor(factor)
  }

  get zoomLevel(): number {
    return this.getZoomLevel()
  }

  set zoomLevel(level: number) {
    this.setZoomLevel(level)
  }

  forcefullyCrashRenderer(): void {
    this[hostOf].crash()
  }

  focus(): void {
    this[hostOf].send('Page.bringToFront')
  }

  openDevTools(): void {
    throw notImplemented('WebContents.openDevTools')
  }

  /** Tells the page how large its window is. */
  [resizePage](size: { width: number; height: number }): void {
    this.#size = size
    this.#applySize()
  }

  #applySize(): void {
    this[hostOf].resize({ ...this.#size, zoom: this.#zoom })
  }

  #face(): PageFace {
    return {
      mayNavigate: (url) =>
        this.#mayNavigate(toAppAddress(url), ['will-frame-navigate', 'will-navigate']),
      mayRedirect: (url) => this.#mayNavigate(url, ['will-redirect']),
      asksForWindow: (url, frameName) => this.#askForWindow(url, frameName, ''),
      navigated: (url, status) => {
        this.#url = url
        this.emit('did-navigate', createEvent(), url, status, '')
      },
      navigatedInPage: (url) => {
        this.#url = url
        this.emit('did-navigate-in-page', createEvent(), url, true, this.id, 1)
      },
      domReady: () => {
        this.emit('dom-ready', createEvent())
      },
      loaded: () => {
        this.emit('did-finish-load', createEvent())
      },
      crashed: () => {
        const details = { reason: 'crashed', exitCode: 1 }
        this.emit('render-process-gone', createEvent(), details)
        runtime.emitFromApp('render-process-gone', this, details)
      },
      closed: () => {
        this.#isDestroyed = true
        contentsById.delete(this.id)
        this.emit('destroyed')
      },
      said: (level, message, lineNumber, sourceId) => {
        const frame = this.mainFrame
        const said = { level: consoleLevels[level] ?? 'info', message, lineNumber, sourceId, frame }
        this.emit('console-message', Object.assign(createEvent(), said))
      },
      told: (operation) => this.#receive(operation),
      preloadFailed: (file, error) => {
        console.error(`Unable to load preload script: ${file}`, error)
        this.emit('preload-error', createEvent(), file, error)
      },
    }
  }

  /** Emits the events that can prevent a navigation; answers whether none did. */
  #mayNavigate(url: string, names: readonly string[]): boolean {
    const { mainFrame } = this
    const details = { url, isSameDocument: false, isMainFrame: true, frame: mainFrame }
    const event = Object.assign(createEvent(), { ...details, initiator: mainFrame })
    for (const name of names) {
      this.emit(name, event, url, false, true, mainFrame.processId, mainFrame.routingId)
    }
    return !event.defaultPrevented
  }

  #askForWindow(url: string, frameName: string, features: string): void {
    const { action } = this.#openHandler({
      url: toAppAddress(url),
      frameName,
      features,
      disposition: 'foreground-tab',
      referrer: { url: this.#url, policy: 'strict-origin-when-cross-origin' },
    })
    if (action !== 'deny') throw notImplemented('a window that a page opens')
  }

  #receive(operation: FromPage): void {
    switch (operation.kind) {
      case 'window-open':
        this.#askForWindow(operation.url, operation.frameName, operation.features)
        break
      case 'preload-error': {
        const { file, message, stack } = operation
        this.emit(
          'preload-error',
          createEvent(),
          file,
          Object.assign(new Error(message), { stack }),
        )
        break
      }
      default:
        receivePageMessage(this, this[hostOf].link, operation)
    }
  }
}

/** The stand-in's WebContents by Electron's type: what it has is Electron's (conformance.ts), what it has not throws. */
function asElectron(contents: WebContents): ElectronWebContents {
  return contents as unknown as ElectronWebContents
}
