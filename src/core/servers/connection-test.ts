import type { ConnectionTestEvent } from '../../shared/contract/servers.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import type { StartStep } from '../../shared/domain/server-state.ts'
import { redactInfo } from './redact-error.ts'
import type { ServerEvent } from './server-event.ts'
import { type LaunchServices, ServerLaunch } from './server-launch.ts'
import { ServerLog } from './server-log.ts'
import { ServerSession } from './server-session.ts'

/** Where the events of a test go. */
export interface TestSink {
  readonly push: (event: ConnectionTestEvent) => void
  /** Called once, when nothing of the server is left. */
  readonly end: (error?: unknown) => void
}

/** What a test needs beside the definition. */
export interface TestServices {
  readonly launch: LaunchServices
  readonly redact: (text: string) => string
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/**
 * One test of a connection: a launch apart from all servers, a handshake, a listing, and then the end of its whole process
 * tree, whatever came before. Nothing of it is stored.
 */
export class ConnectionTest {
  /** Settles when nothing of the server is left. Never rejects. */
  readonly done: Promise<void>
  readonly #definition: ServerDefinition
  readonly #services: TestServices
  readonly #sink: TestSink
  readonly #launch: ServerLaunch
  readonly #log: ServerLog
  #step: StartStep = 'queue'
  #session: ServerSession | null = null
  #finished = false
  #reportDone: () => void = () => {}

  constructor(definition: ServerDefinition, services: TestServices, sink: TestSink) {
    this.#definition = definition
    this.#services = services
    this.#sink = sink
    this.done = new Promise((resolve) => {
      this.#reportDone = resolve
    })
    this.#log = new ServerLog(definition.id, {
      append: ({ source, text }) => {
        if (source === 'stderr') this.#push({ type: 'printed', text })
      },
      redact: services.redact,
      now: services.now,
    })
    this.#launch = new ServerLaunch(1, definition, services.launch, this.#log, (event) =>
      this.#onEvent(event),
    )
  }

  /** Begins. Returns at once; everything after is told by events. */
  start(): void {
    this.#push({ type: 'step', step: this.#step })
    this.#launch.start()
  }

  /** Ends the test where it is; with an error, the reader is told. */
  cancel(error?: AppError): void {
    if (error === undefined) this.#finish(null)
    else this.#fail(error)
  }

  #onEvent(event: ServerEvent): void {
    switch (event.type) {
      case 'step':
        this.#step = event.step
        this.#push({ type: 'step', step: event.step })
        return
      case 'handshake_ok':
        void this.#list()
        return
      case 'start_failed':
      case 'exited':
        this.#finish({ type: 'failed', step: this.#step, error: event.error })
        return
      default:
        // The others tell of a stop, and of what only a supervisor sends.
        return
    }
  }

  async #list(): Promise<void> {
    const { connection } = this.#launch
    if (connection === null || this.#finished) return
    const { health } = this.#services.launch.timing
    this.#session = new ServerSession(this.#definition, connection, this.#log, health, {
      onInventory: () => {},
      onHealth: () => {},
      onLost: (error) => this.#fail(error),
      onUse: () => {},
      onAnswer: () => {},
      now: this.#services.now,
      // A person watches it: what fails is told.
      isAwake: () => true,
    })
    try {
      const { tools, prompts, resources, resourceTemplates } = await this.#session.inventory()
      this.#finish({
        type: 'connected',
        protocol: connection.protocol,
        counts: {
          tools: tools.length,
          prompts: prompts.length,
          resources: resources.length,
          resourceTemplates: resourceTemplates.length,
        },
      })
    } catch (error) {
      this.#fail(
        error instanceof AppError
          ? error
          : new AppError('internal', { reason: String(error) }, { cause: error }),
      )
    }
  }

  #fail(error: AppError): void {
    const info = redactInfo(error.toInfo(), this.#services.redact)
    this.#finish({ type: 'failed', step: this.#step, error: info })
  }

  #push(event: ConnectionTestEvent): void {
    // What a server prints while it is stopped comes after the result, which is the last event.
    if (!this.#finished) this.#sink.push(event)
  }

  #finish(event: ConnectionTestEvent | null): void {
    if (this.#finished) return
    if (event !== null) this.#push(event)
    this.#finished = true
    this.#session?.close()
    void this.#launch
      .stop()
      .then(
        () => this.#sink.end(),
        (error: unknown) => this.#sink.end(error),
      )
      .then(() => this.#reportDone())
  }
}
