import { ProtocolError, SdkError, SdkErrorCode } from '@modelcontextprotocol/client'
import { errorSentence } from '../../shared/domain/describe-error.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { Inventory } from '../../shared/domain/inventory.ts'
import { HealthChecks, type HealthHooks } from './health-checks.ts'
import { toCallFailure } from './launch-error.ts'
import type { HealthTiming } from './lifecycle-timing.ts'
import type { McpConnection } from './mcp-connection.ts'
import { readInventory } from './read-inventory.ts'
import type { ServerLog } from './server-log.ts'
import { cutOffError, isSessionRefused, SessionOver } from './session-over.ts'

/** Changes that a server announces within this time are read once, in milliseconds: one mostly comes with others. */
const coalesceMs = 20
/**
 * How long further changes have to wait after a listing that a change brought about, in milliseconds: servers announce them in
 * storms. Somebody who asks for the inventory does not wait.
 */
const restMs = 2_000

/** How long a call that was cut off waits to learn how the process ended, in milliseconds. */
const endMs = 40

/** What a session tells its owner. */
export interface SessionHooks extends HealthHooks {
  readonly onInventory: (inventory: Inventory) => void
  /** A request of somebody else begins or ends: how many are out now. */
  readonly onUse: (inFlight: number) => void
  /** The server answered a request of somebody else, with a result or a refusal. */
  readonly onAnswer: () => void
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/** The time between the handshake and the end of one connection: what the server offers, kept current, and its health. */
export class ServerSession {
  readonly connection: McpConnection
  readonly #serverId: ServerId
  readonly #serverName: string
  readonly #log: ServerLog
  readonly #hooks: SessionHooks
  readonly #health: HealthChecks
  readonly #abort = new AbortController()
  #inventory: Inventory | null = null
  /** The listing under way, if any. */
  #listing: Promise<Inventory> | null = null
  /** The server announced a change after the last listing began. */
  #isStale = false
  /** When the last listing ended that a change brought about. */
  #refreshedAt = Number.NEGATIVE_INFINITY
  #coalesceTimer: NodeJS.Timeout | undefined
  #inFlight = 0
  #wasCutOff = false

  constructor(
    server: { id: ServerId; name: string },
    connection: McpConnection,
    log: ServerLog,
    timing: HealthTiming,
    hooks: SessionHooks,
  ) {
    this.connection = connection
    this.#serverId = server.id
    this.#serverName = server.name
    this.#log = log
    this.#hooks = hooks
    this.#health = new HealthChecks({
      connection,
      log,
      timing,
      hooks,
      signal: this.#abort.signal,
      isBusy: () => this.#inFlight > 0,
    })
  }

  /** The last listing; null before the first. */
  get lastInventory(): Inventory | null {
    return this.#inventory
  }

  /** Whether nothing can be asked of it any more: the connection is closed, or the server has forgotten it. */
  get isOver(): boolean {
    return this.#health.isLost || this.connection.client.transport === undefined
  }

  /** How many requests of others wait for their answers. */
  get inFlight(): number {
    return this.#inFlight
  }

  /** Whether a request of somebody else was waiting for its answer when the connection ended. */
  get wasCutOff(): boolean {
    return this.#wasCutOff
  }

  /** Begins to list and to check. */
  open(): void {
    const { client } = this.connection
    const changed = () => {
      this.#isStale = true
      this.#listSoon()
    }
    client.setNotificationHandler('notifications/tools/list_changed', changed)
    client.setNotificationHandler('notifications/prompts/list_changed', changed)
    client.setNotificationHandler('notifications/resources/list_changed', changed)
    if (this.connection.protocol.era === 'modern') void this.#listen()
    void this.#listAndReport(false).then(() => this.#health.begin())
  }

  /** Ends all that runs for the session. The connection itself is ended by its owner. */
  close(): void {
    this.#abort.abort()
    clearTimeout(this.#coalesceTimer)
    this.#health.end()
  }

  /**
   * What the server offers, with all changes that it announced. Rejects with `protocol_error` where it cannot be listed,
   * with the codes of a connection that failed, or with `SessionOver`.
   */
  async inventory(): Promise<Inventory> {
    // The one under way may have begun before the last change.
    if (this.#listing !== null) await this.#listing
    return this.#inventory === null || this.#isStale ? await this.#list() : this.#inventory
  }

  /**
   * Runs a request of somebody else; no health check disturbs the server meanwhile. Rejects with `exited`, and how the
   * process ended, where that cut it off; with `SessionOver` where the server took no notice of the request because the
   * session was over: another session can take it.
   */
  async use<T>(run: (connection: McpConnection) => Promise<T>): Promise<T> {
    this.#inFlight += 1
    this.#hooks.onUse(this.#inFlight)
    try {
      const result = await run(this.connection)
      this.#hooks.onAnswer()
      return result
    } catch (error) {
      if (error instanceof ProtocolError) this.#hooks.onAnswer()
      const why = await this.#explain(error)
      if (why instanceof SessionOver || toCallFailure(why)?.code !== 'exited') throw why
      this.#wasCutOff = true
      const exit = await this.connection.exitWithin(endMs)
      throw cutOffError(exit, this.#log.lastStderr(), error)
    } finally {
      this.#inFlight -= 1
      this.#hooks.onUse(this.#inFlight)
    }
  }

  /**
   * What a failed request means. A server that was restarted knows none of its sessions, and only a new handshake helps
   * (specification 2025-11-25, "Session Management"). It says so with 404, and many servers with 400, which can also mean
   * the request: so it is asked at once.
   */
  async #explain(error: unknown): Promise<unknown> {
    if (error instanceof SdkError && error.code === SdkErrorCode.NotConnected) {
      return new SessionOver(error)
    }
    const isOver = this.#abort.signal.aborted || this.connection.pid !== null
    if (isOver || !isSessionRefused(error)) return error
    await this.#health.askForSignOfLife()
    return this.#health.isLost ? new SessionOver(error) : error
  }

  /** A modern server announces changes only to those who subscribe (specification 2026-07-28, "Subscriptions"). */
  async #listen(): Promise<void> {
    const capabilities = this.connection.client.getServerCapabilities()
    const filter = {
      ...(capabilities?.tools?.listChanged === true && { toolsListChanged: true }),
      ...(capabilities?.prompts?.listChanged === true && { promptsListChanged: true }),
      ...(capabilities?.resources?.listChanged === true && { resourcesListChanged: true }),
    }
    if (Object.keys(filter).length === 0) return
    try {
      await this.connection.client.listen(filter, { signal: this.#abort.signal })
    } catch (error) {
      if (!this.#abort.signal.aborted) {
        this.#log.lifecycle('warn', `Changes of its tools will not be seen: ${textOf(error)}`)
      }
    }
  }

  #listSoon(): void {
    if (this.#abort.signal.aborted) return
    const waitMs = Math.max(coalesceMs, this.#refreshedAt + restMs - performance.now())
    this.#coalesceTimer ??= setTimeout(() => {
      this.#coalesceTimer = undefined
      // Whoever asked for the inventory meanwhile has had it listed.
      if (this.#isStale) void this.#listAndReport(true)
    }, waitMs)
  }

  async #listAndReport(isRefresh: boolean): Promise<void> {
    try {
      await this.#list(isRefresh)
    } catch (error) {
      if (this.#abort.signal.aborted) return
      const { code, data } = toSessionError(error instanceof SessionOver ? error.cause : error)
      this.#log.lifecycle(
        'warn',
        `What the server offers could not be listed: ${errorSentence(code, data)}`,
      )
    }
  }

  #list(isRefresh = false): Promise<Inventory> {
    if (this.#listing !== null) return this.#listing
    this.#isStale = false
    this.#listing = this.#readLists()
      .catch(async (error: unknown) => {
        const why = await this.#explain(error)
        throw why instanceof SessionOver ? why : toSessionError(why)
      })
      .finally(() => {
        this.#listing = null
        if (isRefresh) this.#refreshedAt = performance.now()
        if (this.#isStale) this.#listSoon()
      })
    return this.#listing
  }

  async #readLists(): Promise<Inventory> {
    const inventory = await readInventory(this.connection.client, {
      serverId: this.#serverId,
      serverName: this.#serverName,
      at: this.#hooks.now,
      signal: this.#abort.signal,
      onNote: (text) => this.#log.lifecycle('debug', text),
    })
    this.#inventory = inventory
    if (!this.#abort.signal.aborted) this.#hooks.onInventory(inventory)
    return inventory
  }
}

/** A failed listing, as one of our errors; one of ours passes through. */
function toSessionError(error: unknown): AppError {
  if (error instanceof ProtocolError) {
    return new AppError('protocol_error', { reason: error.message }, { cause: error })
  }
  return (
    toCallFailure(error) ??
    new AppError('protocol_error', { reason: textOf(error) }, { cause: error })
  )
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
