import { app, clipboard, Menu, powerMonitor, session, shell, systemPreferences } from 'electron'
import { defaultTiming, longestStopMs } from '../core/servers/lifecycle-timing.ts'
import type { StateFile } from '../core/storage/state-file.ts'
import type { HostOptions } from '../host/host-options.ts'
import { StreamSender } from '../host/rpc/stream-sender.ts'
import type {
  DesktopRequest,
  DesktopSettings,
  DesktopSettingsPatch,
} from '../shared/contract/desktop.ts'
import type { ServerId } from '../shared/domain/ids.ts'
import { isMeant } from '../shared/domain/lifecycle-choices.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import { createTurns } from '../shared/lib/take-turns.ts'
import { menuTemplate } from './app-menu.ts'
import { closeAction } from './close-action.ts'
import { readDeepLink } from './deep-link.ts'
import { askToClose, askToReload, type CloseAnswer, tellNoTray } from './desktop-dialogs.ts'
import type { DesktopPaths } from './desktop-paths.ts'
import { DesktopService } from './desktop-service.ts'
import { sayDesktop } from './desktop-texts.ts'
import { guardSession } from './guard-contents.ts'
import { HostKeeper } from './host-keeper.ts'
import { type HostLink, openHostLink } from './host-link.ts'
import type { LaunchArguments } from './launch-arguments.ts'
import { createLoginItem } from './login-item.ts'
import { MainWindow } from './main-window.ts'
import { Notifier } from './notifier.ts'
import { readOpenedFile } from './opened-file.ts'
import { servePage } from './page-scheme.ts'
import { createPersonCheck } from './person-check.ts'
import { PortDesk } from './port-desk.ts'
import { defaultPreferences, type Preferences, withPatch } from './preferences.ts'
import { QuitSequence } from './quit-sequence.ts'
import { SecretClipboard } from './secret-clipboard.ts'
import { watchTrayHost } from './tray-host.ts'
import { TrayIcon } from './tray-icon.ts'
import { type TrayCommand, trayModel } from './tray-model.ts'
import { Updates } from './updates.ts'
import { createWindowRouter } from './window-router.ts'

/** How long a hidden start waits for a tray before it shows its window, in milliseconds. */
const trayPatienceMs = 5_000

/** What the desktop face is started with. */
export interface DesktopOptions {
  readonly host: HostOptions
  readonly paths: DesktopPaths
  /** Opens the desktop's own file. */
  readonly openPreferences: () => Promise<StateFile<Preferences>>
}

/** The desktop face: one host link, one window, and what is around them. The only place where its parts are put together. */
export class Desktop {
  readonly #options: DesktopOptions
  readonly #service: DesktopService
  readonly #keeper: HostKeeper
  readonly #window: MainWindow
  readonly #desk: PortDesk
  readonly #tray: TrayIcon
  readonly #notifier: Notifier
  readonly #updates: Updates
  readonly #quit: QuitSequence
  readonly #clipboard: SecretClipboard
  #preferences: StateFile<Preferences> | null = null
  #link: HostLink | null = null
  #isAsking = false
  readonly #inTurn = createTurns()
  /** Null while there is no host. */
  #servers: readonly ServerView[] | null = null

  constructor(options: DesktopOptions) {
    this.#options = options
    const { host, paths } = options
    const { logger } = host
    const person = createPersonCheck(process.platform, () => systemPreferences)
    this.#clipboard = new SecretClipboard(clipboard, (error) =>
      logger.warn({ err: error }, 'the clipboard was not cleared'),
    )
    this.#service = new DesktopService(
      {
        isDesktop: true,
        settings: defaultPreferences.settings,
        hasTray: false,
        hasTouchId: person.hasTouchId,
        attachedTo: null,
        update: { state: 'off' },
        quitting: null,
      },
      {
        change: async (patch) => await this.#changeSettings(patch),
        confirmPerson: person.confirm,
        copySecret: async (value) => await this.#clipboard.copy(value),
        quitNow: () => this.#quit.hasten(),
        restartToUpdate: () => this.#quit.begin(() => this.#updates.install(() => this.#exit())),
      },
    )
    this.#keeper = new HostKeeper({
      open: async (startServers) =>
        await openHostLink({
          ...host,
          ...(!startServers && { startServers }),
          port: null,
          rendererDir: paths.rendererDir,
          nodePath: paths.nodePath,
          programsDir: paths.programsDir,
        }),
      logger,
      onTakenOver: () => this.#service.request({ show: 'taken-over' }),
      onLink: (link) => this.#onLink(link),
      onServers: (servers) => this.#onServers(servers),
      onAskedToEnd: () => this.#quit.begin(),
    })
    this.#window = new MainWindow({
      preloadFile: paths.preloadFile,
      title: sayDesktop('name', {}),
      keptPlace: () => this.#preferences?.get().window ?? null,
      onClose: () => this.#onClose(),
      onCrashes: async () => {
        const choice = await askToReload(sayDesktop)
        if (choice === 'quit') this.#quit.begin()
        return choice === 'reload'
      },
      logger,
    })
    const streams = new StreamSender()
    this.#desk = new PortDesk({
      router: async () => {
        const { client } = await this.#keeper.link()
        return createWindowRouter(client, this.#service, streams, (error, id) =>
          logger.error({ err: error, id }, 'unexpected failure'),
        )
      },
      isWindow: (contentsId) => this.#window.isContents(contentsId),
      logger,
    })
    this.#tray = new TrayIcon(paths.trayImages, {
      setEnabled: (id, enabled) => this.#then(this.#setEnabled(id, enabled)),
      run: (command) => this.#runTrayCommand(command),
    })
    this.#notifier = new Notifier({
      say: sayDesktop,
      isWanted: () => this.#service.state.settings.notifications,
      onClick: (serverId) =>
        this.#request(serverId === null ? { show: 'servers' } : { show: 'server', serverId }),
    })
    this.#updates = new Updates(logger, (update) => this.#service.set({ update }))
    this.#quit = new QuitSequence({
      onBegin: () => this.#onQuitting(),
      close: async () => {
        await Promise.all([this.#keeper.close(), this.#keepPlace(), this.#clipboard.clear()])
      },
      hurry: () => this.#keeper.hurry(),
      onFault: (error) => logger.error({ err: error }, 'the end was not orderly'),
      exit: () => this.#exit(),
      now: () => performance.now(),
    })
  }

  /** Runs until the person quits. Throws where there can be no host. */
  async start(isHidden: boolean): Promise<void> {
    this.#followProcess()
    await app.whenReady()
    const { host, openPreferences, paths } = this.#options
    const { logger } = host
    // Before anything waits: a second start or a click in the dock can ask for the window from now on.
    servePage(paths.rendererDir)
    guardSession(session.defaultSession)
    this.#preferences = await openPreferences()
    const loginItem = this.#loginItem()
    const startAtLogin = await loginItem.isOn().catch((error: unknown) => {
      logger.warn({ err: error }, 'the login item could not be read')
      return false
    })
    this.#service.set({ settings: { ...this.#preferences.get().settings, startAtLogin } })
    Menu.setApplicationMenu(Menu.buildFromTemplate(this.#menu()))
    app.on('activate', () => this.show())
    powerMonitor.on('suspend', () => this.#link?.sleep?.suspend())
    powerMonitor.on('resume', () => this.#link?.sleep?.resume())
    await watchTrayHost(process.platform, host.env['DBUS_SESSION_BUS_ADDRESS'], (hasTray) => {
      this.#service.set({ hasTray })
      this.#showTray()
    })
    // The window is shown while the host starts: the page says that it connects.
    if (isHidden || loginItem.hasStartedUs()) this.#showUnlessTray()
    else this.show()
    await this.#keeper.start()
    this.#then(this.#updates.setWanted(this.#service.state.settings.checkForUpdates))
  }

  /** A start that is hidden needs a tray to be found in. A panel may start later than this, as at login. */
  #showUnlessTray(): void {
    setTimeout(() => {
      if (!this.#service.state.hasTray && !this.#quit.hasBegun) this.show()
    }, trayPatienceMs)
  }

  /** Brings the window before the person. */
  show(): void {
    if (app.isReady()) this.#window.show()
  }

  /** Takes the links and files of a start, to be shown in the window. */
  take({ links, files }: LaunchArguments): void {
    for (const link of links) this.#service.request(readDeepLink(link))
    for (const file of files) this.#then(this.#takeFile(file))
  }

  async #takeFile(file: string): Promise<void> {
    this.#service.request(await readOpenedFile(file))
  }

  /** Shows something in the page, with the window before the person. */
  #request(request: DesktopRequest): void {
    this.#service.request(request)
    this.show()
  }

  /** Links and files that the system hands over, signals, faults, and the end. */
  #followProcess(): void {
    // macOS only; elsewhere they are arguments of a start.
    app.on('open-url', (event, url) => {
      event.preventDefault()
      this.#request(readDeepLink(url))
    })
    app.on('open-file', (event, file) => {
      event.preventDefault()
      this.#then(this.#takeFile(file))
      this.show()
    })
    app.on('before-quit', (event) => {
      // An installer of updates ends the program this way, once everything has stopped.
      if (this.#quit.hasStopped) return
      event.preventDefault()
      this.#quit.begin()
    })
    // The program ends by its own sequence only, not because its last window was closed.
    app.on('window-all-closed', () => {})
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => this.#quit.begin())
    }
    // A fault in one place must not take every server with it unordered.
    const onFault = (error: unknown) => {
      this.#options.host.logger.fatal({ err: error }, 'unexpected failure; stopping')
      process.exitCode = 1
      if (!this.#quit.hasBegun) this.#quit.begin()
    }
    process.on('unhandledRejection', onFault)
    process.on('uncaughtException', onFault)
  }

  #onLink(link: HostLink | null): void {
    this.#link = link
    // What the page has was the last host's; it asks for a port to the next one.
    this.#desk.closeAll()
    if (link !== null) this.#service.set({ attachedTo: link.attachedTo })
    else this.#onServers(null)
  }

  #onServers(servers: readonly ServerView[] | null): void {
    this.#servers = servers
    this.#showTray()
    if (this.#quit.hasBegun) this.#service.set({ quitting: this.#remaining() })
    else this.#notifier.take(servers)
  }

  #showTray(): void {
    const { hasTray } = this.#service.state
    this.#tray.show(hasTray ? trayModel(this.#servers, sayDesktop) : null)
  }

  async #setEnabled(id: ServerId, enabled: boolean): Promise<void> {
    try {
      const { client } = await this.#keeper.link()
      await client.servers.setEnabled({ id, enabled })
    } finally {
      // The system has moved the check mark by itself: where the call failed, it has to be moved back.
      this.#showTray()
    }
  }

  #runTrayCommand(command: TrayCommand): void {
    switch (command) {
      case 'open':
        this.show()
        return
      case 'quit':
        this.#quit.begin()
        return
      case 'start-all':
        this.#then(this.#commandAll('start'))
        return
      case 'stop-all':
        this.#then(this.#commandAll('stop'))
        return
    }
  }

  async #commandAll(type: 'start' | 'stop'): Promise<void> {
    const { client } = await this.#keeper.link()
    const meant = (this.#servers ?? []).filter((server) => isMeant(server, type))
    await Promise.all(
      meant.map(async ({ definition: { id } }) => await client.servers[type]({ id })),
    )
  }

  #onQuitting(): void {
    const remaining = this.#remaining()
    this.#service.set({ quitting: remaining })
    // The page shows what is still stopping, and offers not to wait for it.
    if (remaining.remaining > 0) this.show()
  }

  /** Servers that have to stop before this process can end; those of another process's host stay. */
  #remaining(): { remaining: number; forcedAt: number } {
    const { attachedTo, quitting } = this.#service.state
    const alive = (this.#servers ?? []).filter(({ state }) => hasProcess(state.phase))
    const forcedAt = quitting?.forcedAt ?? Date.now() + longestStopMs(alive, defaultTiming.grace)
    if (attachedTo !== null) return { remaining: 0, forcedAt }
    return { remaining: alive.length, forcedAt }
  }

  #onClose(): boolean {
    void this.#keepPlace()
    const { settings, hasTray, attachedTo } = this.#service.state
    const isAttached = attachedTo !== null
    const action = closeAction(settings.onClose, hasTray, this.#quit.hasBegun)
    if (action === 'hide') this.#window.hide()
    if (action === 'quit') this.#quit.begin()
    if (action === 'ask') this.#then(this.#doAsAnswered(() => askToClose(sayDesktop, isAttached)))
    if (action === 'tell-no-tray')
      this.#then(this.#doAsAnswered(() => tellNoTray(sayDesktop, isAttached)))
    return action === 'close'
  }

  async #doAsAnswered(ask: () => Promise<CloseAnswer>): Promise<void> {
    // The question is on the screen already.
    if (this.#isAsking) return
    this.#isAsking = true
    const { choice, isForGood } = await ask().finally(() => {
      this.#isAsking = false
    })
    if (choice === 'cancel') return
    if (isForGood) await this.#changeSettings({ onClose: choice })
    if (choice === 'tray') this.#window.hide()
    else this.#quit.begin()
  }

  /** One change after the other: of two at a time neither undoes the other. */
  async #changeSettings(patch: DesktopSettingsPatch): Promise<DesktopSettings> {
    return await this.#inTurn(async () => await this.#change(patch))
  }

  async #change(patch: DesktopSettingsPatch): Promise<DesktopSettings> {
    if (patch.startAtLogin !== undefined) await this.#loginItem().set(patch.startAtLogin)
    const settings = withPatch(this.#service.state.settings, patch)
    await this.#keep((kept) => ({ ...kept, settings }))
    this.#service.set({ settings })
    if (patch.checkForUpdates !== undefined) await this.#updates.setWanted(patch.checkForUpdates)
    return settings
  }

  async #keep(change: (kept: Preferences) => Preferences): Promise<Preferences> {
    if (this.#preferences === null) throw new Error('the preferences are not open')
    return await this.#preferences.update(change)
  }

  /** Keeps where the window is. A failure is told in the log: nothing waits for it to succeed. */
  async #keepPlace(): Promise<void> {
    const window = this.#window.place()
    if (window === null || this.#preferences === null) return
    try {
      await this.#keep((kept) => ({ ...kept, window }))
    } catch (error) {
      this.#options.host.logger.error({ err: error }, 'the place of the window could not be kept')
    }
  }

  #exit(): void {
    this.#desk.closeAll()
    this.#window.destroy()
    app.exit(process.exitCode === 1 ? 1 : 0)
  }

  #loginItem() {
    const { env, homeDir } = this.#options.host
    return createLoginItem(env, homeDir)
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
      this.#options.host.logger.error({ err: error }, 'something around the window failed')
    })
  }
}

function hasProcess(phase: ServerView['state']['phase']): boolean {
  return phase === 'running' || phase === 'starting' || phase === 'stopping'
}
