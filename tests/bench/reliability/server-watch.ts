import type { HostConnection } from '../../../src/host/connect-live-host.ts'
import { readStream } from '../../../src/shared/contract/read-stream.ts'
import type { ServerId } from '../../../src/shared/domain/ids.ts'
import type { ServerState } from '../../../src/shared/domain/server-state.ts'
import type { ServerView } from '../../../src/shared/domain/server-view.ts'

/** The servers of a host as they are and become, over one subscription that lasts as long as the connection. */
export class ServerWatch {
  readonly #servers = new Map<ServerId, ServerView>()
  readonly #waiting = new Set<() => void>()
  /** Told as a failure to all who wait, now and later. */
  #end: unknown = null

  constructor(connection: HostConnection) {
    this.#follow(connection).then(
      () => this.#fail(new Error('The host ended.')),
      (error: unknown) => this.#fail(error),
    )
  }

  /** Resolves once the condition holds; rejects when the connection ends before. */
  async where(isSo: (servers: ReadonlyMap<ServerId, ServerView>) => boolean): Promise<void> {
    const done = Promise.withResolvers<void>()
    const look = () => {
      if (this.#end !== null) done.reject(this.#end)
      else if (isSo(this.#servers)) done.resolve()
    }
    this.#waiting.add(look)
    look()
    await done.promise.finally(() => this.#waiting.delete(look))
  }

  /** Resolves once one server is so, with its state. */
  async stateWhere(id: ServerId, isSo: (state: ServerState) => boolean): Promise<ServerState> {
    await this.where((servers) => {
      const state = servers.get(id)?.state
      return state !== undefined && isSo(state)
    })
    return this.view(id).state
  }

  /** Resolves once all these servers run; rejects once one of them failed for good. */
  async allRun(ids: readonly ServerId[]): Promise<void> {
    const isFailed = (id: ServerId) => this.#servers.get(id)?.state.phase === 'failed'
    await this.where((servers) =>
      ids.every((id) => isFailed(id) || servers.get(id)?.state.phase === 'running'),
    )
    const failed = ids.find(isFailed)
    if (failed !== undefined) throw new Error(`failed: ${JSON.stringify(this.view(failed).state)}`)
  }

  /** A server as it was last told. Throws where there is none. */
  view(id: ServerId): ServerView {
    const view = this.#servers.get(id)
    if (view === undefined) throw new Error(`There is no server ${id}.`)
    return view
  }

  async #follow({ client }: HostConnection): Promise<void> {
    for await (const { items } of readStream(client.servers.watch(), client.streams.ack)) {
      for (const event of items) {
        if (event.type === 'changed') this.#servers.set(event.server.definition.id, event.server)
        if (event.type === 'removed') this.#servers.delete(event.id)
      }
      this.#look()
    }
  }

  #fail(error: unknown): void {
    this.#end = error
    this.#look()
  }

  #look(): void {
    for (const look of this.#waiting) look()
  }
}
