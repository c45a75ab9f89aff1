import { ProtocolError } from '@modelcontextprotocol/client'
import { AppError } from '../../shared/domain/errors.ts'
import type { Health } from '../../shared/domain/server-state.ts'
import type { HealthTiming } from './lifecycle-timing.ts'
import type { McpConnection } from './mcp-connection.ts'
import type { ServerLog } from './server-log.ts'
import { isSessionRefused } from './session-over.ts'

/** How many unanswered checks in a row mean that a remote server is lost; a child has its exit to tell. */
const lostAfterChecks = 3

/** The first check comes this long after the first listing, in milliseconds: that was a sign of life, and servers often start together. */
const firstCheckMs = 1_000

/** What the checks tell, and what they ask before they judge. */
export interface HealthHooks {
  readonly onHealth: (health: Health, roundTripMs: number | null) => void
  /** A remote server gave no sign of life for too long. */
  readonly onLost: (error: AppError) => void
  /** False while the machine sleeps and just after: a check without an answer says nothing then. */
  readonly isAwake: () => boolean
}

/** What the checks of one connection need. */
export interface HealthChecksOptions {
  readonly connection: McpConnection
  readonly log: ServerLog
  readonly timing: HealthTiming
  readonly hooks: HealthHooks
  /** Aborted when the session ends. */
  readonly signal: AbortSignal
  /** Whether the server works on something now: it may answer late then, and that is no fault. */
  readonly isBusy: () => boolean
}

/** Asks a server again and again for a sign of life. */
export class HealthChecks {
  readonly #options: HealthChecksOptions
  #timer: NodeJS.Timeout | undefined
  #unanswered = 0
  /** A check under way, for those who want to know as well. */
  #checking: Promise<void> | null = null
  #isLost = false

  constructor(options: HealthChecksOptions) {
    this.#options = options
  }

  /** Whether the server gave no sign of life that its session could go on by. */
  get isLost(): boolean {
    return this.#isLost
  }

  /** From now on the server is asked each time its time has come. */
  begin(): void {
    this.#checkIn(Math.min(firstCheckMs, this.#options.timing.everyMs))
  }

  /** Ends them. */
  end(): void {
    clearTimeout(this.#timer)
  }

  /** Asks at once, or waits for the check under way; its verdict is told by the hooks. */
  askForSignOfLife(): Promise<void> {
    this.#checking ??= this.#ping().finally(() => {
      this.#checking = null
    })
    return this.#checking
  }

  #checkIn(ms: number): void {
    if (!this.#options.signal.aborted) this.#timer = setTimeout(() => void this.#check(), ms)
  }

  async #check(): Promise<void> {
    const { timing, isBusy } = this.#options
    if (!isBusy()) await this.askForSignOfLife()
    this.#checkIn(timing.everyMs)
  }

  async #ping(): Promise<void> {
    const { connection, log, timing, hooks, signal } = this.#options
    const { client, protocol, pid } = connection
    const options = { timeout: timing.timeoutMs, signal }
    const startedAt = performance.now()
    log.beginCheck()
    try {
      await (protocol.era === 'modern' ? client.discover(options) : client.ping(options))
    } catch (error) {
      // An error is an answer: the server lives, it only does not know the method.
      const isAnswer = error instanceof ProtocolError
      const isVerdict = hooks.isAwake()
      log.endCheck(!isAnswer && isVerdict && !signal.aborted)
      if (signal.aborted) return
      // A server that has forgotten the session has answered: only the new handshake helps, awake or not.
      if (!isAnswer && !isVerdict && !isSessionRefused(error)) return
      if (!isAnswer) {
        this.#unanswered += 1
        hooks.onHealth('unresponsive', null)
        log.lifecycle('warn', `No answer to a health check (${this.#unanswered}): ${textOf(error)}`)
        const isLost = isSessionRefused(error) || this.#unanswered >= lostAfterChecks
        if (pid === null && isLost) {
          this.#isLost = true
          hooks.onLost(new AppError('unreachable', { reason: textOf(error) }, { cause: error }))
        }
        return
      }
    }
    this.#unanswered = 0
    const roundTripMs = Math.round((performance.now() - startedAt) * 10) / 10
    const isSlow = roundTripMs > timing.slowMs
    log.endCheck(isSlow)
    hooks.onHealth(isSlow ? 'degraded' : 'ok', roundTripMs)
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
