import { BrowserWindow, screen } from 'electron'
import type { Logger } from 'pino'
import { crashAction } from './crash-action.ts'
import { pageUrl } from './own-page.ts'
import { minSize, placeWindow, type WindowPlace } from './place-window.ts'

/** What the window needs. */
export interface MainWindowOptions {
  readonly preloadFile: string
  readonly title: string
  /** Where it opens; null: it was not open before. */
  readonly keptPlace: () => WindowPlace | null
  /** The person closes the window. True: let it close. */
  readonly onClose: () => boolean
  /** The page goes on crashing; resolves to whether to load it again. */
  readonly onCrashes: () => Promise<boolean>
  readonly logger: Logger
}

/** The one window. It is made when it is first shown, and again where it was lost; the servers know nothing of it. */
export class MainWindow {
  readonly #options: MainWindowOptions
  #window: BrowserWindow | null = null
  /** It was hidden before its page was ready: it stays so. */
  #isHidden = false
  #crashes: number[] = []

  constructor(options: MainWindowOptions) {
    this.#options = options
  }

  /** Whether these contents are the window's. */
  isContents(contentsId: number): boolean {
    return this.#window !== null && this.#window.webContents.id === contentsId
  }

  /** Where it is; null while there is none. */
  place(): WindowPlace | null {
    const window = this.#window
    return window && { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }
  }

  /** Brings the window before the person. */
  show(): void {
    this.#isHidden = false
    if (this.#window === null) {
      this.#window = this.#create()
      return
    }
    if (this.#window.isMinimized()) this.#window.restore()
    this.#window.show()
    this.#window.focus()
  }

  /** Takes it from the screen; the page lives on. */
  hide(): void {
    this.#isHidden = true
    this.#window?.hide()
  }

  /** Ends it without asking. */
  destroy(): void {
    this.#window?.destroy()
  }

  #create(): BrowserWindow {
    const { keptPlace, preloadFile, title } = this.#options
    const kept = keptPlace()
    const primary = screen.getPrimaryDisplay()
    const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
    const window = new BrowserWindow({
      ...placeWindow(
        kept,
        [primary, ...others].map(({ workArea }) => workArea),
      ),
      minWidth: minSize.width,
      minHeight: minSize.height,
      title,
      // Shown when there is something to see.
      show: false,
      webPreferences: {
        preload: preloadFile,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        navigateOnDragDrop: false,
        spellcheck: false,
      },
    })
    window.once('ready-to-show', () => {
      if (this.#isHidden) return
      if (kept?.isMaximized === true) window.maximize()
      window.show()
    })
    window.on('close', (event) => {
      if (!this.#options.onClose()) event.preventDefault()
    })
    window.once('closed', () => {
      this.#window = null
    })
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      this.#options.logger.error({ reason }, 'the page of the window crashed')
      this.#reload(window).catch((error: unknown) => {
        this.#options.logger.error({ err: error }, 'the page could not be loaded again')
      })
    })
    window.loadURL(pageUrl).catch((error: unknown) => {
      this.#options.logger.error({ err: error }, 'the page could not be loaded')
    })
    return window
  }

  async #reload(window: BrowserWindow): Promise<void> {
    const now = Date.now()
    this.#crashes = [...this.#crashes, now]
    if (crashAction(this.#crashes, now) === 'ask') {
      this.#crashes = []
      if (!(await this.#options.onCrashes())) return
    }
    if (!window.isDestroyed()) window.webContents.reload()
  }
}
