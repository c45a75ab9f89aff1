import type { HostClient } from '../shared/contract/contract.ts'
import { toAppError } from '../shared/contract/rpc-error.ts'
import type { ErrorInfo } from '../shared/domain/errors.ts'
import type { ServerId } from '../shared/domain/ids.ts'
import { isMeant } from '../shared/domain/lifecycle-choices.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import type { TrayActions } from './tray-icon.ts'
import type { TrayCommand } from './tray-model.ts'

/** What the commands of the tray work on. */
export interface TrayCommandsOptions {
  /** A client of the host, as soon as there is one. */
  readonly client: () => Promise<HostClient>
  /** Null while there is no host. */
  readonly servers: () => readonly ServerView[] | null
  readonly open: () => void
  readonly quit: () => void
  /** A server could not be switched on or off. */
  readonly onNotSwitched: (id: ServerId, enabled: boolean, error: ErrorInfo) => void
  /** Has the tray show what is true. */
  readonly refresh: () => void
  /** For work that nobody waits for. */
  readonly inBackground: (work: Promise<unknown>) => void
}

/** What a click in the tray does. */
export class TrayCommands implements TrayActions {
  readonly #options: TrayCommandsOptions

  constructor(options: TrayCommandsOptions) {
    this.#options = options
  }

  setEnabled(id: ServerId, enabled: boolean): void {
    this.#options.inBackground(this.#switch(id, enabled))
  }

  run(command: TrayCommand): void {
    const { open, quit, inBackground } = this.#options
    switch (command) {
      case 'open':
        open()
        return
      case 'quit':
        quit()
        return
      case 'start-all':
        inBackground(this.#commandAll('start'))
        return
      case 'stop-all':
        inBackground(this.#commandAll('stop'))
        return
    }
  }

  async #switch(id: ServerId, enabled: boolean): Promise<void> {
    try {
      const client = await this.#options.client()
      await client.servers.setEnabled({ id, enabled })
    } catch (error) {
      this.#options.onNotSwitched(id, enabled, toAppError(error).toInfo())
      throw error
    } finally {
      // The system has moved the check mark by itself: where the call failed, it has to be moved back.
      this.#options.refresh()
    }
  }

  async #commandAll(type: 'start' | 'stop'): Promise<void> {
    const client = await this.#options.client()
    const meant = (this.#options.servers() ?? []).filter((server) => isMeant(server, type))
    await Promise.all(
      meant.map(async ({ definition: { id } }) => await client.servers[type]({ id })),
    )
  }
}
