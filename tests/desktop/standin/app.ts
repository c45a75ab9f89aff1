import type {
  App as ElectronApp,
  LoginItemSettings,
  LoginItemSettingsOptions,
  Settings,
} from 'electron'
import type { AppFolder } from './app-folder.ts'
import { AppPaths } from './app-paths.ts'
import { BrowserWindow } from './browser-window.ts'
import { createEvent } from './event.ts'
import { lifecycle } from './lifecycle.ts'
import { runtime } from './runtime.ts'
import type { SingleInstance } from './single-instance.ts'
import { StrictEmitter, strictObject } from './strict.ts'

/** Tells the application that it is ready. */
export const becomeReady = Symbol('becomeReady')

type PathName = Parameters<ElectronApp['setPath']>[0]

const loginItem: LoginItemSettings = {
  openAtLogin: false,
  wasOpenedAtLogin: false,
  executableWillLaunchAtLogin: false,
  status: 'not-registered',
  launchItems: [],
}

/** Electron's `app`. */
export class App extends StrictEmitter {
  readonly isPackaged = false
  /** macOS alone has one, and the stand-in does not act it. */
  readonly dock = undefined
  readonly commandLine = strictObject('app.commandLine', {
    appendSwitch: (name: string, value = ''): void => {
      this.#switches.set(name, value)
    },
    appendArgument: (value: string): void => {
      this.#switches.set(value, '')
    },
    hasSwitch: (name: string): boolean => this.#switches.has(name),
    getSwitchValue: (name: string): string => this.#switches.get(name) ?? '',
    removeSwitch: (name: string): void => {
      this.#switches.delete(name)
    },
  })
  readonly #folder: AppFolder
  readonly #paths: AppPaths
  readonly #instance: SingleInstance
  readonly #switches = new Map(process.argv.flatMap(parseSwitch))
  readonly #protocols = new Set<string>()
  readonly #ready = Promise.withResolvers<void>()
  #loginItem = loginItem

  constructor(folder: AppFolder, instance: SingleInstance) {
    super()
    this.#folder = folder
    this.#paths = new AppPaths(folder.folder)
    this.#instance = instance
    lifecycle.appName = folder.name
    runtime.setApp(this)
    lifecycle.connect({
      closeWindows: () => {
        const windows = BrowserWindow.getAllWindows()
        for (const window of windows) window.close()
        return windows.length > 0
      },
      beforeExit: async () => {
        await instance.delivery
      },
      hearsAllClosed: () => this.listenerCount('window-all-closed') > 0,
    })
  }

  get name(): string {
    return lifecycle.appName
  }

  set name(name: string) {
    lifecycle.appName = name
  }

  getName(): string {
    return this.name
  }

  setName(name: string): void {
    this.name = name
  }

  getVersion(): string {
    return this.#folder.version
  }

  getAppPath(): string {
    return this.#folder.folder
  }

  getPath(name: PathName): string {
    return this.#paths.get(name, this.name)
  }

  setPath(name: PathName, folder: string): void {
    this.#paths.set(name, folder)
  }

  getLocale(): string {
    return 'en-US'
  }

  getSystemLocale(): string {
    return 'en-US'
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-US']
  }

  whenReady(): Promise<void> {
    return this.#ready.promise
  }

  isReady(): boolean {
    return runtime.isReady
  }

  quit(): void {
    lifecycle.quit()
  }

  exit(exitCode = 0): void {
    lifecycle.exit(exitCode)
  }

  focus(): void {
    BrowserWindow.getAllWindows()
      .find((window) => window.isVisible())
      ?.focus()
  }

  enableSandbox(): void {
    this.#assertNotReady('enableSandbox')
  }

  disableHardwareAcceleration(): void {
    this.#assertNotReady('disableHardwareAcceleration')
  }

  /** Windows alone heeds it. */
  setAppUserModelId(): void {}

  /** macOS and Windows alone have login items: elsewhere nothing is kept, as in Electron. */
  setLoginItemSettings(settings: Settings): void {
    if (process.platform === 'linux') return
    const { openAtLogin = false } = settings
    const status = openAtLogin ? 'enabled' : 'not-registered'
    this.#loginItem = { ...loginItem, openAtLogin, status }
  }

  getLoginItemSettings(_options?: LoginItemSettingsOptions): LoginItemSettings {
    return { ...this.#loginItem }
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    this.#protocols.add(scheme)
    return true
  }

  removeAsDefaultProtocolClient(scheme: string): boolean {
    return this.#protocols.delete(scheme)
  }

  isDefaultProtocolClient(scheme: string): boolean {
    return this.#protocols.has(scheme)
  }

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    const start = { argv: process.argv, workingDirectory: process.cwd(), additionalData }
    return this.#instance.request(this.getPath('userData'), start, (second) => {
      void this.whenReady().then(() => {
        const { argv, workingDirectory } = second
        this.emit('second-instance', createEvent(), argv, workingDirectory, second.additionalData)
      })
    })
  }

  hasSingleInstanceLock(): boolean {
    return this.#instance.hasLock
  }

  [becomeReady](): void {
    this.emit('will-finish-launching')
    this.emit('ready', createEvent(), {})
    this.#ready.resolve()
  }

  #assertNotReady(what: string): void {
    if (runtime.isReady) throw new Error(`app.${what}() can only be called before app is ready`)
  }
}

/** `--name=value` or `--name` of a command line. */
function parseSwitch(argument: string): [string, string][] {
  const { name, value = '' } = /^--(?<name>[^=]+)(?:=(?<value>.*))?$/s.exec(argument)?.groups ?? {}
  return name === undefined ? [] : [[name, value]]
}
