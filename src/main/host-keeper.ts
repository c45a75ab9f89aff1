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
  readonly open: () => Promise<HostLink>
  readonly logger: Logger
  /** A host is there, or there is none for now. */
  readonly onLink: (link: HostLink | null) => void
  /** All servers as they are, after each change. */
  readonly onServers: (servers: readonly ServerView[]) => void
  /** Somebody asked the host in this process to end. */
  readonly onAskedToEnd: () => void
}

/**
 * Keeps this program with the host of its data directory: attached to the one that runs, or running it; when the one it was
 * attached to goes away, it takes over.
 */
export class HostKeeper {
  readonly #options: HostKeeperOptions
  #link: HostLink | null = null
  /** The last attempt to have a link. */
  #opening: Promise<HostLink> | null = null
  #waiters: ((link: HostLink) => void)[] = []
  #isClosing = false

  constructor(options: HostKeeperOptions) {
    this.#options = options
  }

  /** The host, as soon as there is one. */
  async link(): Promise<HostLink> {
    if (this.#link !== null) return this.#link
    return await new Promise((resolve) => this.#waiters.push(resolve))
  }

  /** Opens the first link, and keeps one from then on. Throws where the first one cannot be had. */
  async start(): Promise<void> {
    const link = await this.#open()
    void this.#keep(link)
  }

  /** Ends the link; a host in this process stops all servers first. */
  async close(): Promise<void> {
    this.#isClosing = true
    // One that is just being opened has servers a moment later.
    const link = this.#link ?? (await this.#opening?.catch(noLink)) ?? null
    await link?.close()
  }

  /** Has an end that is under way wait no longer for servers that do not want to. */
  hurry(): void {
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
      link = await this.#reopen()
    }
    // Closed while a link was being opened.
    if (this.#isClosing) await link?.close()
  }

  #open(): Promise<HostLink> {
    this.#opening = this.#options.open()
    return this.#opening
  }

  async #reopen(): Promise<HostLink | null> {
    while (!this.#isClosing) {
      try {
        return await this.#open()
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

/** Whoever opened it has been told why there is none. */
function noLink(): null {
  return null
}
