import type { Logger } from 'pino'
import type { HostClient } from '../shared/contract/contract.ts'
import { readStream } from '../shared/contract/read-stream.ts'
import type { ServerEvent } from '../shared/contract/servers.ts'
import type { ServerId } from '../shared/domain/ids.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import type { HostLink } from './host-link.ts'

/** How long to wait before a host that could not be had is tried again, in milliseconds. */
const retryMs = 1_000

/** What the keeper needs, and whom it tells. */
export interface HostKeeperOptions {
  /** @param startServers false: a host that starts here leaves its servers at rest. */
  readonly open: (startServers: boolean) => Promise<HostLink>
  readonly logger: Logger
  /** A host is there, or there is none for now. */
  readonly onLink: (link: HostLink | null) => void
  /** All servers as they are, after each change. */
  readonly onServers: (servers: readonly ServerView[]) => void
  /** Somebody asked the host in this process to end. */
  readonly onAskedToEnd: () => void
  /** Somebody stopped the other process's host and its servers; this program has taken its place. */
  readonly onTakenOver: () => void
}

/**
 * Keeps this program with the host of its data directory: attached to the one that runs, or running it; when the one it was
 * attached to goes away, it takes over. Servers that somebody stopped with that one stay stopped.
 */
export class HostKeeper {
  readonly #options: HostKeeperOptions
  #link: HostLink | null = null
  #waiters: ((link: HostLink) => void)[] = []
  #isClosing = false
  #isHurried = false
  /** A link that is being opened: a host that starts may have started servers already. */
  #opening: Promise<HostLink> | null = null

  constructor(options: HostKeeperOptions) {
    this.#options = options
  }

  /** The host, as soon as there is one. */
  async link(): Promise<HostLink> {
    if (this.#link !== null) return this.#link
    return await new Promise((resolve) => this.#waiters.push(resolve))
  }

  /** Opens the first link, and keeps one from then on; does nothing once it was closed. Throws where the first one cannot be had. */
  async start(): Promise<void> {
    if (this.#isClosing) return
    const link = await this.#open(true)
    void this.#keep(link)
  }

  /** Ends the link, also one that is still being opened; a host in this process stops all servers first. */
  async close(): Promise<void> {
    this.#isClosing = true
    const link = this.#link ?? (await this.#opened())
    if (this.#isHurried) link?.hurry()
    await link?.close()
  }

  /** Has an end that is under way wait no longer for servers that do not want to. */
  hurry(): void {
    this.#isHurried = true
    this.#link?.hurry()
  }

  async #keep(first: HostLink): Promise<void> {
    const { logger, onLink, onAskedToEnd } = this.#options
    let link: HostLink | null = first
    while (link !== null && !this.#isClosing) {
      this.#link = link
      onLink(link)
      for (const resolve of this.#waiters.splice(0)) resolve(link)
      void this.#follow(link.client)
      const end = await link.ended
      this.#link = null
      if (this.#isClosing) return
      logger.info({ end }, 'the host ended')
      onLink(null)
      if (end === 'asked') {
        onAskedToEnd()
        return
      }
      link = await this.#reopen(end !== 'stopped')
      if (end === 'stopped' && link?.attachedTo === null) this.#options.onTakenOver()
    }
    // One that came while this was being closed is ended by `close`, which waits for it.
  }

  async #open(startServers: boolean): Promise<HostLink> {
    this.#opening = this.#options.open(startServers)
    return await this.#opening
  }

  /** The link that is being opened, once it is; null where there is none, or it cannot be had. */
  async #opened(): Promise<HostLink | null> {
    try {
      return await this.#opening
    } catch {
      // Told to whoever opens it. There is nothing to end.
      return null
    }
  }

  async #reopen(startServers: boolean): Promise<HostLink | null> {
    while (!this.#isClosing) {
      try {
        return await this.#open(startServers)
      } catch (error) {
        this.#options.logger.error({ err: error }, 'no host could be had')
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    }
    return null
  }

  /** Tells of the servers until the link ends. */
  async #follow(client: HostClient): Promise<void> {
    const known = new Map<ServerId, ServerView>()
    let isReady = false
    try {
      for await (const { items } of readStream(client.servers.watch(), client.streams.ack)) {
        for (const event of items) isReady = takeIn(known, event) || isReady
        if (isReady) this.#options.onServers([...known.values()])
      }
    } catch (error) {
      // The link's end says the rest.
      this.#options.logger.info({ err: error }, 'the servers are no longer followed')
    }
  }
}

/** Answers whether all servers are known now. */
function takeIn(known: Map<ServerId, ServerView>, event: ServerEvent): boolean {
  switch (event.type) {
    case 'changed':
      known.set(event.server.definition.id, event.server)
      return false
    case 'removed':
      known.delete(event.id)
      return false
    case 'ready':
      return true
  }
}
