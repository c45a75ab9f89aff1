import { app, clipboard, Menu, powerMonitor, session, shell, systemPreferences } from 'electron'
import { defaultTiming, longestStopMs } from '../core/servers/lifecycle-timing.ts'
import type { StateFile } from '../core/storage/state-file.ts'
import type { HostOptions } from '../host/host-options.ts'
import { StreamSender } from '../host/rpc/stream-sender.ts'
import type { DesktopRequest } from '../shared/contract/desktop.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import { menuTemplate } from './app-menu.ts'
import { readDeepLink } from './deep-link.ts'
import { askToLose, askToReload } from './desktop-dialogs.ts'
import type { DesktopPaths } from './desktop-paths.ts'
import { DesktopService } from './desktop-service.ts'
import { sayDesktop } from './desktop-texts.ts'
import { followProcess } from './follow-process.ts'
import { guardSession } from './guard-contents.ts'
import { HostKeeper } from './host-keeper.ts'
import { type HostLink, openHostLink } from './host-link.ts'
import type { LaunchArguments } from './launch-arguments.ts'
import { createLoginItem } from './login-item.ts'
import { MainWindow } from './main-window.ts'
import { switchFailureText } from './notification-text.ts'
import { Notifier } from './notifier.ts'
import { readOpenedFile } from './opened-file.ts'
import { servePage } from './page-scheme.ts'
import { createPersonCheck } from './person-check.ts'
import { PortDesk } from './port-desk.ts'
import { defaultPreferences, type Preferences } from './preferences.ts'
import { PreferencesKeeper } from './preferences-keeper.ts'
import { QuitSequence } from './quit-sequence.ts'
import { SecretClipboard } from './secret-clipboard.ts'
import { TrayCommands } from './tray-commands.ts'
import { watchTrayHost } from './tray-host.ts'
import { TrayIcon } from './tray-icon.ts'
import { trayModel } from './tray-model.ts'
import { UnsavedWork } from './unsaved-work.ts'
import { Updates } from './updates.ts'
import { WindowClosing } from './window-closing.ts'
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
  readonly #preferences: PreferencesKeeper
  readonly #unsaved: UnsavedWork
  #link: HostLink | null = null
  /** Null while there is no host. */
  #servers: readonly ServerView[] | null = null

  constructor(options: DesktopOptions) {
    this.#options = options
    const { host, paths } = options
    const { logger } = host
    this.#preferences = new PreferencesKeeper({
      open: options.openPreferences,
      service: () => this.#service,
      loginItem: createLoginItem(host.env, host.homeDir),
      updates: () => this.#updates,
      logger,
    })
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
        change: async (patch) => await this.#preferences.change(patch),
        confirmPerson: person.confirm,
        copySecret: async (value) => await this.#clipboard.copy(value),
        noteUnsaved: (isUnsaved) => this.#unsaved.note(isUnsaved),
        quitNow: () => this.#quit.hasten(),
        restartToUpdate: () => this.#quitAsPerson(() => this.#updates.install(() => this.#exit())),
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
    this.#unsaved = new UnsavedWork({
      ask: async () => {
        // With the form that it is about behind the question.
        this.show()
        return await askToLose(sayDesktop)
      },
      isQuitting: () => this.#quit.hasBegun,
      inBackground: (work) => this.#then(work),
    })
    const closing = new WindowClosing({
      state: () => this.#service.state,
      isQuitting: () => this.#quit.hasBegun,
      hide: () => this.#window.hide(),
      quit: () => this.#quitAsPerson(),
      keepAnswer: async (onClose) => await this.#preferences.change({ onClose }),
      inBackground: (work) => this.#then(work),
    })
    this.#window = new MainWindow({
      preloadFile: paths.preloadFile,
      title: sayDesktop('name', {}),
      keptPlace: () => this.#preferences.window,
      onClose: () => {
        void this.#keepPlace()
        return closing.onClose()
      },
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
      onNobody: () => this.#unsaved.note(false),
      logger,
    })
    const commands = new TrayCommands({
      client: async () => (await this.#keeper.link()).client,
      servers: () => this.#servers,
      open: () => this.show(),
      quit: () => this.#quitAsPerson(),
      onNotSwitched: (id, enabled, error) => {
        const server = this.#servers?.find(({ definition }) => definition.id === id)
        const name = server?.definition.name ?? sayDesktop('name', {})
        this.#notifier.show(switchFailureText({ id, name }, enabled, error, sayDesktop))
      },
      refresh: () => this.#showTray(),
      inBackground: (work) => this.#then(work),
    })
    this.#tray = new TrayIcon(paths.trayImages, commands)
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
    followProcess({
      quit: this.#quit,
      onQuit: () => this.#quitAsPerson(),
      onLink: (link) => this.#request(readDeepLink(link)),
      onFile: (file) => {
        this.#then(this.#takeFile(file))
        this.show()
      },
      logger: this.#options.host.logger,
    })
    await app.whenReady()
    const { host, paths } = this.#options
    // Before anything waits: a second start or a click in the dock can ask for the window from now on.
    servePage(paths.rendererDir)
    guardSession(session.defaultSession)
    await this.#preferences.open()
    Menu.setApplicationMenu(Menu.buildFromTemplate(this.#menu()))
    app.on('activate', () => this.show())
    powerMonitor.on('suspend', () => this.#link?.sleep?.suspend())
    powerMonitor.on('resume', () => this.#link?.sleep?.resume())
    await watchTrayHost(process.platform, host.env['DBUS_SESSION_BUS_ADDRESS'], (hasTray) => {
      this.#service.set({ hasTray })
      this.#showTray()
    })
    // The window is shown while the host starts: the page says that it connects.
    if (isHidden || this.#preferences.isStartedAtLogin) this.#showUnlessTray()
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

  /** Ends the program for a person, who is asked first where that would lose something. */
  #quitAsPerson(last?: () => void): void {
    this.#unsaved.before(() => this.#quit.begin(last))
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

  async #keepPlace(): Promise<void> {
    await this.#preferences.keepPlace(this.#window.place())
  }

  #exit(): void {
    this.#desk.closeAll()
    this.#window.destroy()
    app.exit(process.exitCode === 1 ? 1 : 0)
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
