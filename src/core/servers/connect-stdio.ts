import { randomUUID } from 'node:crypto'
import { SdkError, SdkErrorCode } from '@modelcontextprotocol/client'
import { AppError } from '../../shared/domain/errors.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { Exit } from '../../shared/domain/server-state.ts'
import type { Leftover } from '../processes/end-tree.ts'
import type { TreeWatch } from '../processes/tree-watch.ts'
import { type ChildPipes, exitLagMs, readPipes } from './child-pipes.ts'
import type { EraCache } from './era-cache.ts'
import type { ProbeLimits } from './era-probe.ts'
import { toLaunchError } from './launch-error.ts'
import type { ConnectHooks, Connector, McpConnection, OnStopStep } from './mcp-connection.ts'
import type { ServerLog } from './server-log.ts'
import { ServerProcess, type SpawnSpec } from './server-process.ts'
import { ExitedOnProbe, shakeHands } from './shake-hands.ts'
import type { StdioTransport } from './stdio-transport.ts'
import { hasExitedWithin, killTree, type StopGrace, stopTree } from './stop-sequence.ts'

/** What a stdio connector needs beside the spec. */
export interface StdioOptions {
  readonly serverId: ServerId
  readonly serverName: string
  readonly trees: TreeWatch
  readonly log: ServerLog
  readonly eraCache: EraCache
  readonly eraKey: string
  /** Asked at each stop: a person may have changed it meanwhile. */
  readonly grace: () => StopGrace
  readonly probeLimits: ProbeLimits
  /** Bound of the whole start from the spawn to the end of the handshake, in milliseconds. */
  readonly startMs: number
}

/** Runs a server as a child process and speaks MCP over its pipes, in the era that the child itself shows. */
export class StdioConnector implements Connector {
  readonly lost: Promise<AppError>
  readonly #spec: SpawnSpec
  readonly #options: StdioOptions
  #reportLost: (error: AppError) => void = () => {}
  #child: ServerProcess | null = null
  #transport: StdioTransport | null = null
  /** The handshake is done: from now on the end of the child is a loss. */
  #connected = false
  #stopping = false
  /** Why the connection was given up, where this program did. */
  #stuck: AppError | null = null
  /** Nothing of the tree is left. */
  #gone = true
  /** The last process has ended and all that it wrote has been read. */
  #drained: Promise<void> = Promise.resolve()

  constructor(spec: SpawnSpec, options: StdioOptions) {
    this.#spec = spec
    this.#options = options
    this.lost = new Promise((resolve) => {
      this.#reportLost = resolve
    })
  }

  isAlive(): boolean {
    return !this.#gone
  }

  async connect(hooks: ConnectHooks): Promise<McpConnection> {
    const startedAt = performance.now()
    const { eraCache, eraKey, startMs, probeLimits, log } = this.#options
    const deadline = startedAt + startMs
    let isLegacy = eraCache.isLegacy(eraKey)
    for (;;) {
      const { child, transport, exitWithin } = await this.#spawn(hooks)
      try {
        const how = { isLegacy, deadline, signal: hooks.signal, probeLimits, log }
        const { client, era, isCertain } = await shakeHands(child, transport, how)
        const server = client.getServerVersion()
        if (isCertain) eraCache.learn(eraKey, era, server?.version ?? '')
        this.#connected = true
        return {
          client,
          pid: child.pid,
          exitWithin,
          protocol: {
            era,
            version: client.getNegotiatedProtocolVersion() ?? '',
            serverName: server?.name ?? '',
            serverVersion: server?.version ?? '',
            handshakeMs: Math.round(performance.now() - startedAt),
          },
        }
      } catch (error) {
        if (error instanceof ExitedOnProbe && !hooks.signal.aborted) {
          log.lifecycle(
            'info',
            'The process ended on the probe for the protocol era. Starting it once more as an older server.',
          )
          isLegacy = true
          // What it printed belongs to a process that nobody is told of.
          log.forgetStderr()
          this.#report(await killTree(child))
          continue
        }
        const failure = await this.#explain(child, error)
        // It lives and does not shake hands as it did before: it may have become a modern server.
        if (isLegacy && child.exit === null) eraCache.forget(eraKey)
        // What the leader left behind has no use any more; a living leader gets the whole stop sequence instead.
        if (child.exit !== null) await this.#sweep(child)
        throw failure
      }
    }
  }

  async stop(onStep: OnStopStep): Promise<Exit | null> {
    this.#stopping = true
    const child = this.#child
    if (child === null) return null
    this.#report(await stopTree(child, this.#options.grace(), onStep))
    this.#gone = true
    this.#transport?.end()
    await this.#drained
    return child.exit
  }

  async #spawn(hooks: ConnectHooks): Promise<ChildPipes & { readonly child: ServerProcess }> {
    const { log } = this.#options
    hooks.signal.throwIfAborted()
    const { serverId, serverName, trees } = this.#options
    const run = { serverId, serverName, runId: randomUUID() }
    const child = await ServerProcess.spawn(this.#spec, run, trees)
    this.#child = child
    this.#gone = false
    hooks.onSpawn(child.pid)
    log.lifecycle('info', `Started process ${child.pid}.`)
    const pipes = readPipes(child, log)
    const { transport } = pipes
    this.#drained = pipes.drained
    this.#transport = transport
    transport.onstuck = (error) => {
      this.#stuck = error
      log.lifecycle('error', 'The server does not read its stdin, and too much waits for it.')
      void this.#stopStuck(child)
    }
    child.stdout.once('end', () => {
      this.#onStdoutEnd(child).catch(this.#noteFault)
    })
    child.exited.then((exit) => this.#onExit(child, exit)).catch(this.#noteFault)
    return { child, ...pipes }
  }

  /** The failure of a start, with how the process ended where it ended. Its last words have been read by then. */
  async #explain(child: ServerProcess, error: unknown): Promise<AppError> {
    if (this.#stuck !== null) return this.#stuck
    // A pipe that closes is seen a moment before the exit that closed it.
    if (isClosed(error) && (await hasExitedWithin(child, exitLagMs))) await this.#drained
    if (child.exit !== null) return exitError(child.exit, error)
    return isClosed(error)
      ? new AppError('handshake_failed', { reason: 'It closed its pipes.' }, { cause: error })
      : toLaunchError(error, { seconds: Math.round(this.#options.startMs / 1000) })
  }

  /** A server without stdout can answer nobody, so what is left of it is stopped; its exit is then the loss. */
  async #onStdoutEnd(child: ServerProcess): Promise<void> {
    if (!this.#connected || this.#stopping || (await hasExitedWithin(child, exitLagMs))) return
    this.#options.log.lifecycle(
      'error',
      'The server closed its stdout. Stopping what is left of it.',
    )
    // However it ends now, this is no end of its own.
    this.#stuck ??= new AppError('unresponsive', { reason: 'It closed its stdout.' })
    this.#report(await stopTree(child, this.#options.grace(), () => {}))
  }

  /** Its exit is then the loss. A start that fails for it is stopped by its launch. */
  async #stopStuck(child: ServerProcess): Promise<void> {
    if (!this.#connected || this.#stopping) return
    try {
      this.#report(await stopTree(child, this.#options.grace(), () => {}))
    } catch (error) {
      this.#noteFault(error)
    }
  }

  async #onExit(child: ServerProcess, exit: Exit): Promise<void> {
    await this.#drained
    const text = exit.signal === null ? `code ${exit.code}` : `signal ${exit.signal}`
    this.#options.log.lifecycle(
      this.#stopping || exit.code === 0 ? 'info' : 'error',
      `Process ${child.pid} ended with ${text}.`,
    )
    if (!this.#connected || this.#stopping) return
    await this.#sweep(child)
    this.#reportLost(this.#stuck ?? exitError(exit))
  }

  async #sweep(child: ServerProcess): Promise<void> {
    this.#report(await killTree(child))
    this.#gone = true
  }

  /** Says what a stop had to leave behind, so that a person can end it. */
  #report(leftover: Leftover | null): void {
    if (leftover === null) return
    const { pids, problem } = leftover
    const what = pids.length === 0 ? '' : ` Still running: process ${pids.join(', ')}.`
    const why = problem === null ? '' : ` The process table could not be read: ${problem}.`
    this.#options.log.lifecycle('error', `Not all of its processes could be ended.${what}${why}`)
  }

  /** For work that nobody waits for: a failure there is told in the log, and must not end the host. */
  readonly #noteFault = (error: unknown): void => {
    this.#options.log.lifecycle(
      'error',
      `The end of the server could not be handled: ${String(error)}`,
    )
  }
}

function isClosed(error: unknown): boolean {
  return error instanceof AppError
    ? error.code === 'exited'
    : error instanceof SdkError && error.code === SdkErrorCode.ConnectionClosed
}

function exitError(exit: Exit, cause?: unknown): AppError {
  const how: Record<string, string | number> = {}
  if (exit.code !== null) how['exitCode'] = exit.code
  if (exit.signal !== null) how['signal'] = exit.signal
  return new AppError('exited', how, { cause })
}
