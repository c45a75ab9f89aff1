import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import type { AppUpdater } from 'electron-updater'
import type { Logger } from 'pino'
import type { UpdateState } from '../shared/contract/desktop.ts'
import { checkForUpdates } from './check-for-updates.ts'

/** How often newer versions are looked for, in milliseconds. */
const everyMs = 24 * 60 * 60_000

/**
 * Looks for newer versions and downloads them; none is installed before the person says so. Only the packaged program that knows
 * where its versions come from does: a build of a checkout stays `off`.
 */
export class Updates {
  readonly #onState: (state: UpdateState) => void
  readonly #logger: Logger
  #updater: AppUpdater | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(logger: Logger, onState: (state: UpdateState) => void) {
    this.#logger = logger
    this.#onState = onState
  }

  /** Looks now and once a day, or no longer. */
  async setWanted(wanted: boolean): Promise<void> {
    clearInterval(this.#timer)
    if (!app.isPackaged || !existsSync(join(process.resourcesPath, 'app-update.yml'))) return
    if (!wanted) {
      this.#onState({ state: 'off' })
      return
    }
    const updater = (this.#updater ??= await this.#load())
    const check = () => void this.#check(updater)
    check()
    this.#timer = setInterval(check, everyMs)
    this.#timer.unref()
  }

  /**
   * Ends this process and starts the version that was downloaded; to be called when everything has stopped.
   * @param onFault called where it cannot be installed: the process is not ended then.
   */
  install(onFault: () => void): void {
    if (this.#updater === null) return onFault()
    this.#updater.once('error', onFault)
    this.#updater.quitAndInstall()
  }

  async #load(): Promise<AppUpdater> {
    const { autoUpdater } = await import('electron-updater')
    autoUpdater.logger = null
    autoUpdater.autoDownload = true
    // Never behind a person's back.
    autoUpdater.autoInstallOnAppQuit = false
    autoUpdater.on('checking-for-update', () => this.#onState({ state: 'checking' }))
    autoUpdater.on('update-not-available', () => this.#onState({ state: 'none' }))
    autoUpdater.on('update-available', ({ version }) =>
      this.#onState({ state: 'downloading', version }),
    )
    autoUpdater.on('update-downloaded', ({ version }) => this.#onState({ state: 'ready', version }))
    autoUpdater.on('error', (error) => {
      this.#logger.warn({ err: error }, 'no update could be had')
      this.#onState({ state: 'failed', reason: error.message })
    })
    return autoUpdater
  }

  async #check(updater: AppUpdater): Promise<void> {
    try {
      await checkForUpdates(updater)
    } catch (error) {
      // Told by the `error` event as well, which sets the state.
      this.#logger.info({ err: error }, 'the check for updates ended with an error')
    }
  }
}
