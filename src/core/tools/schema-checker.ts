import { Worker } from 'node:worker_threads'
import type { SchemaProblem } from '../../shared/contract/tools.ts'
import type { JsonObject, JsonValue } from '../../shared/lib/json.ts'
import { type SchemaCheckRequest, schemaCheckReplySchema } from './schema-check-messages.ts'

/** How long one check may take, in milliseconds. */
const defaultMaxCheckMs = 2_000
/** Memory of the worker. */
const maxHeapMb = 256

/**
 * Checks values against the schemas of servers, in a thread of its own: the schemas are not ours, and one whose `pattern`
 * or size takes for ever may not hold up the host. Such a check is ended, with its thread; the next one has a new thread.
 * Checks run one after the other.
 */
export class SchemaChecker {
  readonly #maxCheckMs: number
  #worker: Promise<Worker> | null = null
  #lastCheck: Promise<unknown> = Promise.resolve()
  #isClosed = false

  constructor(maxCheckMs: number = defaultMaxCheckMs) {
    this.#maxCheckMs = maxCheckMs
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
    this.#lastCheck = this.#lastCheck.then(async () => {
      // A thread that is gone, or never was, holds nothing.
      const worker = await this.#worker?.catch(() => null)
      if (worker) post(worker, { type: 'forget', owner })
    })
  }

  /** Ends the thread, and a check that is under way. */
  async close(): Promise<void> {
    this.#isClosed = true
    const worker = await this.#worker?.catch(() => null)
    await worker?.terminate()
  }

  async #run(owner: string, schema: JsonObject, value: JsonValue): Promise<SchemaProblem[]> {
    if (this.#isClosed) return [unchecked('MCP Manager is closing')]
    try {
      this.#worker ??= startWorker()
      const worker = await this.#worker
      const request = { type: 'check', owner, schemaText: JSON.stringify(schema), value } as const
      const problems = await this.#ask(worker, request)
      if (problems !== null) return problems
      this.#worker = null
      await worker.terminate()
      return [unchecked(`it took longer than ${this.#maxCheckMs / 1000} s`)]
    } catch (error) {
      this.#worker = null
      return [unchecked(error instanceof Error ? error.message : String(error))]
    }
  }

  /** Null where there was no answer in time. */
  async #ask(worker: Worker, request: SchemaCheckRequest): Promise<SchemaProblem[] | null> {
    const answer = Promise.withResolvers<SchemaProblem[] | null>()
    const onMessage = (message: unknown) => {
      const reply = schemaCheckReplySchema.parse(message)
      if (reply.type === 'checked') answer.resolve(reply.problems)
    }
    const onExit = () => answer.reject(new Error('the check was ended'))
    const timer = setTimeout(() => answer.resolve(null), this.#maxCheckMs)
    worker.on('message', onMessage).on('error', answer.reject).on('exit', onExit)
    try {
      post(worker, request)
      return await answer.promise
    } finally {
      clearTimeout(timer)
      worker.off('message', onMessage).off('error', answer.reject).off('exit', onExit)
    }
  }
}

function unchecked(reason: string): SchemaProblem {
  return { path: '', message: `could not be checked: ${reason}` }
}

function post(port: Worker, request: SchemaCheckRequest): void {
  port.postMessage(request)
}

/** Resolves once the thread can check. */
async function startWorker(): Promise<Worker> {
  const worker = new Worker(workerUrl(), {
    name: 'schema-check',
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
  })
  const started = Promise.withResolvers<void>()
  worker.once('message', () => started.resolve())
  // It stays while the thread idles: an error that nobody hears would end the host.
  worker.once('error', started.reject)
  worker.once('exit', () => started.reject(new Error('the thread of the checks ended')))
  await started.promise
  return worker
}

/** Beside this file as TypeScript where the source runs as it is, beside the bundle as JavaScript where it was built. */
function workerUrl(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  // Put together at run time: a bundler would take a literal for an asset and copy the source.
  return new URL(`./schema-check-worker.${extension}`, import.meta.url)
}
