import type { Logger } from 'pino'
import type { StateFile } from '../core/storage/state-file.ts'
import type { DesktopSettings, DesktopSettingsPatch } from '../shared/contract/desktop.ts'
import { createTurns } from '../shared/lib/take-turns.ts'
import type { DesktopService } from './desktop-service.ts'
import type { LoginItem } from './login-item.ts'
import type { WindowPlace } from './place-window.ts'
import { type Preferences, withPatch } from './preferences.ts'
import type { Updates } from './updates.ts'

/** What the keeper works on. */
export interface PreferencesKeeperOptions {
  /** Opens the desktop's own file. */
  readonly open: () => Promise<StateFile<Preferences>>
  readonly service: () => DesktopService
  readonly loginItem: LoginItem
  readonly updates: () => Pick<Updates, 'setWanted'>
  readonly logger: Logger
}

/** Keeps what the desktop remembers on this machine, and does what follows from a change of its settings. */
export class PreferencesKeeper {
  readonly #options: PreferencesKeeperOptions
  readonly #inTurn = createTurns()
  #file: StateFile<Preferences> | null = null

  constructor(options: PreferencesKeeperOptions) {
    this.#options = options
  }

  /** Where the window was last; null before it was moved for the first time. */
  get window(): WindowPlace | null {
    return this.#file?.get().window ?? null
  }

  /** Whether the login item started this run. */
  get isStartedAtLogin(): boolean {
    return this.#options.loginItem.hasStartedUs()
  }

  /** Reads what was kept, and tells it. Throws what opening the file throws. */
  async open(): Promise<void> {
    const { open, loginItem, logger, service } = this.#options
    this.#file = await open()
    const startAtLogin = await loginItem.isOn().catch((error: unknown) => {
      logger.warn({ err: error }, 'the login item could not be read')
      return false
    })
    service().set({ settings: { ...this.#file.get().settings, startAtLogin } })
  }

  /** Stores a change of the settings. One after the other: of two at a time neither undoes the other. */
  async change(patch: DesktopSettingsPatch): Promise<DesktopSettings> {
    return await this.#inTurn(async () => await this.#change(patch))
  }

  /** Keeps where the window is. A failure is told in the log: nothing waits for it to succeed. */
  async keepPlace(window: WindowPlace | null): Promise<void> {
    if (window === null || this.#file === null) return
    try {
      await this.#keep((kept) => ({ ...kept, window }))
    } catch (error) {
      this.#options.logger.error({ err: error }, 'the place of the window could not be kept')
    }
  }

  async #change(patch: DesktopSettingsPatch): Promise<DesktopSettings> {
    const { loginItem, service, updates } = this.#options
    if (patch.startAtLogin !== undefined) await loginItem.set(patch.startAtLogin)
    const settings = withPatch(service().state.settings, patch)
    await this.#keep((kept) => ({ ...kept, settings }))
    service().set({ settings })
    if (patch.checkForUpdates !== undefined) await updates().setWanted(patch.checkForUpdates)
    return settings
  }

  async #keep(change: (kept: Preferences) => Preferences): Promise<Preferences> {
    if (this.#file === null) throw new Error('the preferences are not open')
    return await this.#file.update(change)
  }
}
