import { randomUUID } from 'node:crypto'
import { Client, type PriorDiscovery } from '@modelcontextprotocol/client'
import { AppError } from '../../shared/domain/errors.ts'
import type { Exit, StopStep } from '../../shared/domain/server-state.ts'
import { LineSplitter } from '../logs/line-splitter.ts'
import { levelOfLine } from '../logs/level-of-line.ts'
import { clientInfo } from './client-info.ts'
import type { EraCache } from './era-cache.ts'
import { type ProbeLimits, probeEra } from './era-probe.ts'
import { toLaunchError } from './launch-error.ts'
import type { ConnectHooks, Connector, McpConnection } from './mcp-connection.ts'
import type { ServerLog } from './server-log.ts'
import { ServerProcess, type SpawnSpec } from './server-process.ts'
import { StdioTransport } from './stdio-transport.ts'
import { killTree, type StopGrace, stopTree } from './stop-sequence.ts'

/** What a stdio connector needs beside the spec. */
export interface StdioOptions {
  readonly log: ServerLog
  readonly eraCache: EraCache
  readonly eraKey: string
  readonly grace: StopGrace
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
  /** Nothing of the tree is left. */
  #gone = true

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
    const { eraCache, startMs, log } = this.#options
    const deadline = startedAt + startMs
    let knownLegacy = eraCache.isLegacy(this.#options.eraKey)
    for (;;) {
      const { child, transport } = await this.#spawn(hooks)
      try {
        const { client, era } = await this.#shakeHands(child, transport, {
          knownLegacy,
          deadline,
          signal: hooks.signal,
        })
        const server = client.getServerVersion()
        eraCache.learn(this.#options.eraKey, era, server?.version ?? '')
        this.#connected = true
        return {
          client,
          pid: child.pid,
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
          eraCache.assumeLegacy(this.#options.eraKey)
          knownLegacy = true
          await killTree(child)
          continue
        }
        if (knownLegacy && child.exit === null) eraCache.forget(this.#options.eraKey)
        const failure = await this.#explain(child, error, startMs)
        // What the leader left behind has no use any more; a living leader gets the whole stop sequence instead.
        if (child.exit !== null) await this.#sweep(child)
        throw failure
      }
    }
  }

  async stop(onStep: (step: StopStep) => void): Promise<Exit | null> {
    this.#stopping = true
    const child = this.#child
    if (child === null) return null
    await stopTree(child, this.#options.grace, onStep)
    this.#gone = true
    this.#transport?.end()
    return child.exit
  }

  async #spawn(hooks: ConnectHooks): Promise<{ child: ServerProcess; transport: StdioTransport }> {
    const { log } = this.#options
    if (hooks.signal.aborted) throw new AppError('call_cancelled')
    const child = await ServerProcess.spawn(this.#spec, randomUUID())
    this.#child = child
    this.#gone = false
    hooks.onSpawn(child.pid)
    log.lifecycle('info', `Started process ${child.pid}.`)
    const splitter = new LineSplitter(({ text, cutBytes }) =>
      log.stderr(cutBytes === 0 ? text : `${text} [${cutBytes} bytes left out]`, levelOfLine(text)),
    )
    child.stderr.on('data', (chunk: Buffer) => splitter.push(chunk))
    child.stderr.once('end', () => splitter.end())
    const transport = new StdioTransport(child, log)
    this.#transport = transport
    void child.exited.then((exit) => this.#onExit(child, transport, exit))
    return { child, transport }
  }

  async #shakeHands(
    child: ServerProcess,
    transport: StdioTransport,
    how: { knownLegacy: boolean; deadline: number; signal: AbortSignal },
  ): Promise<{ client: Client; era: 'legacy' | 'modern' }> {
    const remaining = () => Math.max(1, how.deadline - performance.now())
    const connect = async (prior: PriorDiscovery) => {
      const client = new Client(clientInfo)
      const connecting = client.connect(transport, {
        prior,
        timeout: remaining(),
        signal: how.signal,
      })
      await connecting
      return { client, era: prior.kind }
    }
    if (how.knownLegacy) return await connect({ kind: 'legacy' })

    const probe = probeEra(child, transport, clientInfo, this.#options.probeLimits)
    transport.intercept = probe.take
    const verdict = await withSignal(probe.verdict, how.signal)
    switch (verdict.kind) {
      case 'modern':
        return await connect({ kind: 'modern', discover: verdict.discover })
      case 'exited':
        throw new ExitedOnProbe()
      case 'legacy':
        return await connect({ kind: 'legacy' })
      case 'silent':
        try {
          return await connect({ kind: 'legacy' })
        } catch (error) {
          const late = probe.late()
          if (late === undefined || how.signal.aborted) throw error
          return await connect({ kind: 'modern', discover: late })
        }
    }
  }

  /** The failure of a start, with how the process ended and its last words where it ended. */
  async #explain(child: ServerProcess, error: unknown, startMs: number): Promise<AppError> {
    const failure = toLaunchError(error, { seconds: Math.round(startMs / 1000) })
    // A pipe that closes is seen a moment before the exit that closed it.
    if (child.exit === null && isClosed(error)) await exitWithin(child, 200)
    return child.exit === null ? failure : this.#exitError(child.exit, error)
  }

  #exitError(exit: Exit, cause?: unknown): AppError {
    const how: Record<string, string | number> = {}
    if (exit.code !== null) how['exitCode'] = exit.code
    if (exit.signal !== null) how['signal'] = exit.signal
    return new AppError('exited', how, { cause })
  }

  async #onExit(child: ServerProcess, transport: StdioTransport, exit: Exit): Promise<void> {
    // What the child wrote last is still in the pipes; they end by themselves unless a descendant holds them.
    await Promise.race([ended(child), delay(100)])
    transport.end()
    const text = exit.signal === null ? `code ${exit.code}` : `signal ${exit.signal}`
    this.#options.log.lifecycle(
      this.#stopping || exit.code === 0 ? 'info' : 'error',
      `Process ${child.pid} ended with ${text}.`,
    )
    if (!this.#connected || this.#stopping) return
    await this.#sweep(child)
    this.#reportLost(this.#exitError(exit))
  }

  async #sweep(child: ServerProcess): Promise<void> {
    await killTree(child)
    this.#gone = true
  }
}

/** The process ended on the probe. Not a failure: it is started once more as legacy. */
class ExitedOnProbe extends Error {}

function isClosed(error: unknown): boolean {
  return error instanceof Error && /clos|EPIPE|destroyed/i.test(`${error.message} ${error.name}`)
}

async function exitWithin(child: ServerProcess, ms: number): Promise<void> {
  await Promise.race([child.exited, delay(ms)])
}

function ended(child: ServerProcess): Promise<unknown> {
  return Promise.all(
    [child.stdout, child.stderr].map((stream) =>
      stream.readableEnded || stream.destroyed
        ? undefined
        : new Promise((resolve) => {
            stream.once('close', resolve)
          }),
    ),
  )
}

async function withSignal<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  return await new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(new AppError('call_cancelled'))
    signal.addEventListener('abort', onAbort, { once: true })
    void promise.then((value) => {
      signal.removeEventListener('abort', onAbort)
      resolve(value)
    })
  })
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
