import { app, dialog, Menu, session, shell } from 'electron'
import type { StateFile } from '../core/storage/state-file.ts'
import type { HostOptions } from '../host/host-options.ts'
import { StreamSender } from '../host/rpc/stream-sender.ts'
import type {
  DesktopRequest,
  DesktopSettings,
  DesktopSettingsPatch,
} from '../shared/contract/desktop.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import { menuTemplate } from './app-menu.ts'
import { closeAction } from './close-action.ts'
import { readDeepLink } from './deep-link.ts'
import type { DesktopPaths } from './desktop-paths.ts'
import { DesktopService } from './desktop-service.ts'
import { sayDesktop } from './desktop-texts.ts'
import { guardSession } from './guard-contents.ts'
import { HostKeeper } from './host-keeper.ts'
import { type HostLink, openHostLink } from './host-link.ts'
import type { LaunchArguments } from './launch-arguments.ts'
import { MainWindow } from './main-window.ts'
import { readOpenedFile } from './opened-file.ts'
import { servePage } from './page-scheme.ts'
import { PortDesk } from './port-desk.ts'
import { defaultPreferences, openPreferences, type Preferences, withPatch } from './preferences.ts'
import { QuitSequence } from './quit-sequence.ts'
import { createWindowRouter } from './window-router.ts'

/** What the desktop face is started with. */
export interface DesktopOptions {
  readonly host: HostOptions
  readonly paths: DesktopPaths
  /** The desktop's own folder, below the data directory. */
  readonly folder: string
}

/** The desktop face: one host link, one window, and what is around them. The only place where its parts are put together. */
export class Desktop {
  readonly #options: DesktopOptions
  readonly #service: DesktopService
  readonly #keeper: HostKeeper
  readonly #window: MainWindow
  readonly #quit: QuitSequence
  #preferences: StateFile<Preferences> | null = null
  #servers: readonly ServerView[] = []

  constructor(options: DesktopOptions) {
    this.#options = options
    const { host, paths } = options
    const { logger } = host
    this.#service = new DesktopService(
      {
        isDesktop: true,
        settings: defaultPreferences.settings,
        hasTray: false,
        attachedTo: null,
        update: { state: 'off' },
        quitting: null,
      },
      {
        change: async (patch) => await this.#changeSettings(patch),
        quitNow: () => this.#quit.begin(),
        restartToUpdate: () => {},
      },
    )
    this.#keeper = new HostKeeper({
      open: async () =>
        await openHostLink({
          ...host,
          port: null,
          rendererDir: paths.rendererDir,
          nodePath: paths.nodePath,
          programsDir: paths.programsDir,
        }),
      logger,
      onLink: (link) => this.#onLink(link),
      onServers: (servers) => this.#onServers(servers),
      onAskedToEnd: () => app.quit(),
    })
    this.#window = new MainWindow({
      preloadFile: paths.preloadFile,
      title: sayDesktop('name', {}),
      place: () => this.#preferences?.get().window ?? null,
      keepPlace: (window) => void this.#keep((kept) => ({ ...kept, window })),
      onClose: () => this.#onClose(),
      onCrashes: async () => await this.#askToReload(),
      logger,
    })
    this.#quit = new QuitSequence({
      onBegin: () => this.#onQuitting(),
      close: async () => await this.#keeper.close(),
      onFault: (error) => logger.error({ err: error }, 'the end was not orderly'),
      exit: () => app.exit(process.exitCode === 1 ? 1 : 0),
    })
  }

  /** Runs until the person quits. Throws where there can be no host. */
  async start(isHidden: boolean): Promise<void> {
    this.#followProcess()
    await app.whenReady()
    const { folder, host, paths } = this.#options
    const preferences = await openPreferences(folder, (notice) =>
      host.logger.warn({ notice }, 'notice'),
    )
    this.#preferences = preferences
    this.#service.set({ settings: preferences.get().settings })
    servePage(paths.rendererDir)
    guardSession(session.defaultSession)
    this.#openDesk()
    Menu.setApplicationMenu(Menu.buildFromTemplate(this.#menu()))
    app.on('activate', () => this.show())
    // The window is shown while the host starts: the page says that it connects.
    if (!isHidden) this.show()
    await this.#keeper.start()
  }

  /** Brings the window before the person. */
  show(): void {
    if (app.isReady()) this.#window.show()
  }

  /** Takes the links and files of a start, to be shown in the window. */
  take({ links, files }: LaunchArguments): void {
    for (const link of links) this.#service.request(readDeepLink(link))
    for (const file of files) this.#takeFile(file)
  }

  #takeFile(file: string): void {
    readOpenedFile(file).then(
      (request) => this.#service.request(request),
      (error: unknown) => this.#options.host.logger.error({ err: error }, 'a file was not read'),
    )
  }

  /** Shows something in the page, with the window before the person. */
  #request(request: DesktopRequest): void {
    this.#service.request(request)
    this.show()
  }

  /** Links and files that the system hands over, signals, faults, and the end. */
  #followProcess(): void {
    const { logger } = this.#options.host
    // macOS only; elsewhere they are arguments of a start.
    app.on('open-url', (event, url) => {
      event.preventDefault()
      this.#request(readDeepLink(url))
    })
    app.on('open-file', (event, file) => {
      event.preventDefault()
      this.#takeFile(file)
      this.show()
    })
    app.on('before-quit', (event) => {
      event.preventDefault()
      this.#quit.begin()
    })
    // The program ends by its own sequence only, not because its last window was closed.
    app.on('window-all-closed', () => {})
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => this.#quit.begin())
    }
    const onFault = (error: unknown) => {
      logger.fatal({ err: error }, 'unexpected failure; stopping')
      process.exitCode = 1
      if (!this.#quit.hasBegun) this.#quit.begin()
    }
    process.on('unhandledRejection', onFault)
    process.on('uncaughtException', onFault)
  }

  #openDesk(): void {
    const { logger } = this.#options.host
    const streams = new StreamSender()
    const desk = new PortDesk({
      router: async () => {
        const { client } = await this.#keeper.link()
        return createWindowRouter(client, this.#service, streams, (error, id) =>
          logger.error({ err: error, id }, 'unexpected failure'),
        )
      },
      isWindow: (contentsId) => this.#window.isContents(contentsId),
      logger,
    })
    this.#desk = desk
  }

  #desk: PortDesk | null = null

  #onLink(link: HostLink | null): void {
    // What the page has was the last host's; it asks for a port to the next one.
    this.#desk?.closeAll()
    if (link === null) this.#onServers([])
    else this.#service.set({ attachedTo: link.attachedTo })
  }

  #onServers(servers: readonly ServerView[]): void {
    this.#servers = servers
    if (this.#service.state.quitting !== null) this.#service.set({ quitting: this.#remaining() })
  }

  #onQuitting(): void {
    this.#service.set({ quitting: this.#remaining() })
    // The page shows what is still stopping, and offers not to wait for it.
    if (this.#remaining().remaining > 0) this.show()
  }

  /** Servers that have to stop before this process can end; those of another process's host stay. */
  #remaining(): { remaining: number } {
    if (this.#service.state.attachedTo !== null) return { remaining: 0 }
    return { remaining: this.#servers.filter(({ state }) => isAlive(state.phase)).length }
  }

  #onClose(): boolean {
    const { settings, hasTray } = this.#service.state
    switch (closeAction(settings.onClose, hasTray, this.#quit.hasBegun)) {
      case 'close':
        return true
      case 'hide':
        this.#window.hide()
        return false
      case 'quit':
        this.#quit.begin()
        return false
      case 'ask':
        this.#then(this.#askToClose())
        return false
      case 'tell-no-tray':
        this.#then(this.#tellNoTray())
        return false
    }
  }

  async #askToClose(): Promise<void> {
    const { response, checkboxChecked } = await dialog.showMessageBox({
      type: 'question',
      message: sayDesktop('close.title', {}),
      detail: sayDesktop('close.text', {}),
      buttons: [
        sayDesktop('close.tray', {}),
        sayDesktop('close.quit', {}),
        sayDesktop('close.cancel', {}),
      ],
      defaultId: 0,
      cancelId: 2,
      checkboxLabel: sayDesktop('close.remember', {}),
    })
    if (response === 2) return
    const onClose = response === 0 ? 'tray' : 'quit'
    if (checkboxChecked) await this.#changeSettings({ onClose })
    if (onClose === 'tray') this.#window.hide()
    else this.#quit.begin()
  }

  async #tellNoTray(): Promise<void> {
    const { response, checkboxChecked } = await dialog.showMessageBox({
      type: 'info',
      message: sayDesktop('noTray.title', {}),
      detail: sayDesktop('noTray.text', {}),
      buttons: [sayDesktop('close.quit', {}), sayDesktop('close.cancel', {})],
      defaultId: 0,
      cancelId: 1,
      checkboxLabel: sayDesktop('close.remember', {}),
    })
    if (response === 1) return
    if (checkboxChecked) await this.#changeSettings({ onClose: 'quit' })
    this.#quit.begin()
  }

  async #askToReload(): Promise<boolean> {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: sayDesktop('crash.title', {}),
      detail: sayDesktop('crash.text', {}),
      buttons: [sayDesktop('crash.reload', {}), sayDesktop('crash.quit', {})],
      defaultId: 0,
      cancelId: 0,
    })
    if (response === 1) this.#quit.begin()
    return response === 0
  }

  async #changeSettings(patch: DesktopSettingsPatch): Promise<DesktopSettings> {
    const { settings } = await this.#keep((kept) => ({
      ...kept,
      settings: withPatch(kept.settings, patch),
    }))
    this.#service.set({ settings })
    return settings
  }

  async #keep(change: (kept: Preferences) => Preferences): Promise<Preferences> {
    if (this.#preferences === null) throw new Error('the preferences are not open')
    return await this.#preferences.update(change)
  }

  #menu() {
    return menuTemplate(process.platform, sayDesktop, {
      addServer: () => this.#request({ show: 'new-server', text: '' }),
      importServers: () => this.#request({ show: 'import', name: '', text: '' }),
      openSettings: () => this.#request({ show: 'settings' }),
      showDataFolder: () => this.#then(shell.openPath(this.#options.host.paths.root)),
    })
  }

  /** For work that nobody waits for: a failure there is told in the log. */
  #then(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.#options.host.logger.error({ err: error }, 'something of the window failed')
    })
  }
}

function isAlive(phase: ServerView['state']['phase']): boolean {
  return phase === 'running' || phase === 'starting' || phase === 'stopping'
}
