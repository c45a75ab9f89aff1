import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { SchemaProblem } from '../../shared/contract/tools.ts'
import type { JsonObject, JsonValue } from '../../shared/lib/json.ts'
import { programFile } from '../program-file.ts'
import {
  type SchemaCheckReply,
  type SchemaCheckRequest,
  schemaCheckReplySchema,
} from './schema-check-messages.ts'

/** How long one check may take where nothing else is said, in milliseconds. */
const defaultMaxCheckMs = 2_000
/** How much longer the process is waited for: it ends a check by itself, unless it has no memory left or is paused. */
const graceMs = 2_000
/** Heap of the process. */
const maxHeapMb = 256

/** How to check. */
export interface SchemaCheckerOptions {
  /** The Node binary that runs the process. */
  readonly nodePath: string
  /** Folder of the built program; by default beside the running file. */
  readonly programsDir?: string | undefined
  readonly maxCheckMs?: number
}

/**
 * Checks values against the schemas of servers, in a process of its own: the schemas are not ours, and one whose `pattern`
 * or size takes for ever may not hold up the host, nor may it take all memory. A thread would not do: one that reaches the
 * limit of its heap can abort the whole program. The process starts with the first check, and again after its end. Checks
 * run one after the other.
 */
export class SchemaChecker {
  readonly #nodePath: string
  readonly #program: string
  readonly #maxCheckMs: number
  #child: ChildProcess | null = null
  #lastCheck: Promise<unknown> = Promise.resolve()
  #isClosed = false

  constructor(options: SchemaCheckerOptions) {
    this.#nodePath = options.nodePath
    this.#program = fileURLToPath(
      programFile('schema-check-process', import.meta.url, options.programsDir),
    )
    this.#maxCheckMs = options.maxCheckMs ?? defaultMaxCheckMs
  }

  /**
   * Where the value does not fit the schema; empty: it fits. What keeps it from being checked is a problem of the whole
   * value (path ''). Never rejects.
   * @param owner with whom the compiled schema is forgotten.
   */
  check(owner: string, schema: JsonObject, value: JsonValue): Promise<SchemaProblem[]> {
    const result = this.#lastCheck.then(() => this.#run(owner, schema, value))
    this.#lastCheck = result
    return result
  }

  /** Drops what was compiled for an owner, after the checks that were asked for before. */
  forget(owner: string): void {
    this.#lastCheck = this.#lastCheck.then(() => {
      // A process that is gone, will be, or never was, holds nothing.
      if (!this.#isClosed && this.#child?.connected === true)
        send(this.#child, { type: 'forget', owner })
    })
  }

  /** Ends the process, and a check that is under way. Resolves when it is gone. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#child !== null) await end(this.#child)
  }

  async #run(owner: string, schema: JsonObject, value: JsonValue): Promise<SchemaProblem[]> {
    if (this.#isClosed) return unchecked('MCP Manager is closing')
    try {
      const child = await this.#running()
      const request = { type: 'check', owner, schemaText: JSON.stringify(schema), value } as const
      const reply = await this.#ask(child, request)
      return reply.type === 'checked' ? reply.problems : unchecked(this.#tooLong)
    } catch (error) {
      if (this.#child !== null) await end(this.#child)
      return unchecked(error instanceof Error ? error.message : String(error))
    }
  }

  /** The process, ready to check. */
  async #running(): Promise<ChildProcess> {
    if (this.#child?.connected === true) return this.#child
    const child = fork(this.#program, [String(this.#maxCheckMs)], {
      execPath: this.#nodePath,
      execArgv: [`--max-old-space-size=${maxHeapMb}`],
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    // Also while it idles: one that cannot be spoken to is of no use, and an error that nobody hears would end the host.
    child.on('error', () => child.kill('SIGKILL'))
    this.#child = child
    await this.#ask(child, null)
    return child
  }

  /** The next reply of the process, which `request` asks for. Rejects where it ends, or takes far too long. */
  async #ask(child: ChildProcess, request: SchemaCheckRequest | null): Promise<SchemaCheckReply> {
    const answer = Promise.withResolvers<SchemaCheckReply>()
    const onMessage = (message: unknown) => answer.resolve(schemaCheckReplySchema.parse(message))
    const onExit = () => answer.reject(new Error('the check was ended'))
    const timer = setTimeout(
      () => answer.reject(new Error(this.#tooLong)),
      this.#maxCheckMs + graceMs,
    )
    child.on('message', onMessage).on('exit', onExit).on('error', answer.reject)
    try {
      if (request !== null) send(child, request)
      return await answer.promise
    } finally {
      clearTimeout(timer)
      child.off('message', onMessage).off('exit', onExit).off('error', answer.reject)
    }
  }

  get #tooLong(): string {
    return `it took longer than ${this.#maxCheckMs / 1000} s`
  }
}

function unchecked(reason: string): SchemaProblem[] {
  return [{ path: '', message: `could not be checked: ${reason}` }]
}

function send(child: ChildProcess, request: SchemaCheckRequest): void {
  child.send(request)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const exited = Promise.withResolvers<void>()
  // `once` of node:events would reject with what can no longer be sent to it.
  child.once('exit', () => exited.resolve())
  child.kill('SIGKILL')
  await exited.promise
}
