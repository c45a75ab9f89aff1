import { randomBytes } from 'node:crypto'
import type { Client, RequestOptions } from '@modelcontextprotocol/client'
import type * as z from 'zod'
import type { CallEvent, SchemaProblem } from '../../shared/contract/tools.ts'
import type { Use } from '../../shared/domain/automatic-action.ts'
import { AppError } from '../../shared/domain/errors.ts'
import { type CallId, callIdSchema, type ServerId } from '../../shared/domain/ids.ts'
import {
  type Inventory,
  type PromptResult,
  promptResultSchema,
  type ResourceResult,
  resourceResultSchema,
  type Tool,
  type ToolResult,
  toolResultSchema,
} from '../../shared/domain/inventory.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import type { ServerState } from '../../shared/domain/server-state.ts'
import type { JsonObject } from '../../shared/lib/json.ts'
import { toCallFailure } from '../servers/launch-error.ts'
import type { McpConnection } from '../servers/mcp-connection.ts'
import { redactError } from '../servers/redact-error.ts'
import type { ServerRegistry } from '../servers/server-registry.ts'
import type { ServerSession } from '../servers/server-session.ts'
import type { ServerSupervisor } from '../servers/server-supervisor.ts'
import { SessionOver } from '../servers/session-over.ts'
import type { InventoryChange } from '../servers/unit-services.ts'
import { type CallTarget, defaultCallMs, toCallError } from './call-error.ts'
import { CallHistory } from './call-history.ts'
import { findTool, isAllowed, toolNotFound } from './find-tool.ts'
import type { SchemaChecker } from './schema-checker.ts'

/** Who calls: every door names itself, so that policy and audit can tell them apart. */
export type Caller = { readonly kind: 'ui' | 'cli' }

const callerWords = { ui: 'This window', cli: 'Command line' } as const satisfies Record<
  Caller['kind'],
  string
>

/** One call of a tool. */
export interface CallRequest {
  readonly serverId: ServerId
  readonly tool: string
  readonly args: JsonObject
}

/** What a server answered, and how long that took, in milliseconds. */
export interface Answer<T> {
  readonly result: T
  readonly durationMs: number
}

/** How a call ended. `isError` inside the result is a result. */
export interface CallOutcome extends Answer<ToolResult> {
  /** How the structured content differs from the output schema; null where there is nothing to compare (see the contract). */
  readonly outputProblems: SchemaProblem[] | null
}

/** What the router needs. */
export interface ToolRouterServices {
  readonly registry: ServerRegistry
  readonly supervisor: ServerSupervisor
  readonly checker: SchemaChecker
  /** Takes the known secrets out of a text; every error that a server has a part in goes through it. */
  readonly redact: (text: string) => string
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/**
 * The one door to tools: every face calls through it. What a server offers and what a person switched off is decided
 * here and nowhere else.
 */
export class ToolRouter {
  /** The newest calls of all callers. */
  readonly history = new CallHistory()
  readonly #services: ToolRouterServices
  readonly #listeners = new Set<(change: InventoryChange) => void>()

  constructor(services: ToolRouterServices) {
    this.#services = services
    const { registry, supervisor, checker } = services
    supervisor.onDidChangeInventory((change) => {
      checker.forget(change.type === 'listed' ? change.inventory.serverId : change.serverId)
      this.#announce(change)
    })
    registry.onDidChange((change) => {
      if (change.type !== 'changed' || !concernsInventory(change.before, change.server)) return
      const inventory = supervisor.lastInventory(change.server.id)
      if (inventory !== null) this.#announce({ type: 'listed', inventory })
    })
  }

  /**
   * What a server offers, less what is switched off. One that starts on demand starts for that where it was not listed yet.
   * Throws `not_found` or `server_not_running`.
   */
  async inventory(serverId: ServerId, signal: AbortSignal = never): Promise<Inventory> {
    const { registry, supervisor } = this.#services
    registry.get(serverId)
    const { state } = supervisor.view(serverId)
    const remembered = supervisor.lastInventory(serverId)
    if (state.phase === 'stopped' && remembered !== null) return this.#offered(remembered)
    return (await this.#open(serverId, 'list', signal)).inventory
  }

  /**
   * A session and what it offers; the next one where the server did not know the first any more.
   * @param isEnough whether the last listing serves, though a change was announced since: a call must neither wait for a
   *   storm of changes nor add a listing to it.
   */
  async #open(
    serverId: ServerId,
    use: Use,
    signal: AbortSignal,
    isEnough: (inventory: Inventory) => boolean = () => false,
  ): Promise<{ readonly session: ServerSession; readonly inventory: Inventory }> {
    const { supervisor, redact } = this.#services
    const open = async () => {
      const session = await supervisor.use(serverId, use, signal)
      const last = session.lastInventory
      const listed = last !== null && isEnough(last) ? last : await session.inventory()
      return { session, inventory: this.#offered(listed) }
    }
    try {
      return await open().catch((error: unknown) => {
        if (error instanceof SessionOver) return open()
        throw error
      })
    } catch (error) {
      const failure = error instanceof SessionOver ? toCallFailure(error.cause) : error
      throw failure instanceof AppError ? redactError(failure, redact) : failure
    }
  }

  /**
   * What all servers offer that run or start on demand; one that cannot be listed is left out, and its log says why. One that
   * was never listed and does not run starts for it, and is left out: whoever watches is told when it is listed.
   */
  async inventories(signal: AbortSignal = never): Promise<Inventory[]> {
    const { supervisor } = this.#services
    const listings = supervisor.views().flatMap(({ definition: { id }, state }) => {
      if (state.phase !== 'running' && !isIdle(state)) return []
      const isKnown = state.phase === 'running' || supervisor.lastInventory(id) !== null
      if (isKnown) return [this.inventory(id, signal)]
      // Its state and its log say why it does not come up.
      this.inventory(id).catch(() => {})
      return []
    })
    const outcomes = await Promise.allSettled(listings)
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  }

  /** What all running servers offer as far as it was listed yet, less what is switched off. */
  listed(): Inventory[] {
    const { registry, supervisor } = this.#services
    const inventories = registry.list().map((server) => supervisor.lastInventory(server.id))
    return inventories.flatMap((one) => (one === null ? [] : [this.#offered(one)]))
  }

  /** Told of each change of what is `listed`. The answer ends it. */
  onDidChangeInventory(listener: (change: InventoryChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Calls a tool and waits for its result. Progress keeps the call alive beyond its time-out. Throws `not_found`,
   * `server_not_running`, `tool_not_found`, `rpc_error`, `call_timeout`, `call_cancelled`, `message_too_large`, `exited`
   * when the server ends in mid-call, `unreachable` or `auth_required` where a remote one cannot be asked, or `protocol_error`.
   */
  async call(
    caller: Caller,
    request: CallRequest,
    options: { readonly signal: AbortSignal; readonly onEvent: (event: CallEvent) => void },
  ): Promise<CallOutcome> {
    const definition = this.#services.registry.get(request.serverId)
    this.#assertAllowed(definition, request.tool)
    const { session, inventory } = await this.#open(
      request.serverId,
      'call',
      options.signal,
      ({ tools }) => tools.some(({ name }) => name === request.tool),
    )
    const tool = findTool(definition, inventory, request.tool)
    const callId = createCallId()
    const startedAt = performance.now()
    const end = this.history.begin({
      ...request,
      callId,
      caller: callerWords[caller.kind],
      startedAt: this.#services.now(),
    })
    options.onEvent({ type: 'started', callId })
    try {
      const answer = await this.#ask(definition, { tool: tool.name }, toolResultSchema, {
        session,
        signal: options.signal,
        onprogress: ({ progress, total, message }) =>
          options.onEvent({
            type: 'progress',
            progress,
            total: total ?? null,
            message: message ?? null,
          }),
        request: (client, requestOptions) =>
          client.callTool(
            { name: tool.name, arguments: request.args },
            { ...requestOptions, ...withoutOutputSchema(tool) },
          ),
      })
      const { result, durationMs } = answer
      const bytes = Buffer.byteLength(JSON.stringify(result))
      end({ durationMs, outcome: result.isError === true ? 'refused' : 'ok', error: null, bytes })
      return { ...answer, outputProblems: await this.#checkOutput(definition.id, tool, result) }
    } catch (error) {
      const info = (error instanceof AppError ? error : new AppError('internal')).toInfo()
      const outcome = info.code === 'call_cancelled' ? 'cancelled' : 'failed'
      const durationMs = Math.round(performance.now() - startedAt)
      end({ durationMs, outcome, error: info, bytes: null })
      throw error
    }
  }

  /** Where arguments do not fit the input schema of a tool; empty: they fit. Throws `not_found`, `server_not_running` or `tool_not_found`. */
  async check({ serverId, tool: name, args }: CallRequest): Promise<SchemaProblem[]> {
    const definition = this.#services.registry.get(serverId)
    const tool = findTool(definition, await this.inventory(serverId), name)
    return await this.#services.checker.check(serverId, tool.inputSchema, args)
  }

  /** Gets a prompt filled in. Throws what `call` throws, with `prompt_not_found` in place of `tool_not_found`. */
  async getPrompt(
    serverId: ServerId,
    name: string,
    args: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Answer<PromptResult>> {
    const definition = this.#services.registry.get(serverId)
    const { session, inventory } = await this.#open(serverId, 'call', signal, ({ prompts }) =>
      prompts.some((prompt) => prompt.name === name),
    )
    const known = inventory.prompts.map((prompt) => prompt.name)
    if (!known.includes(name)) {
      throw new AppError('prompt_not_found', { prompt: name, server: definition.name, known })
    }
    return await this.#ask(definition, { prompt: name }, promptResultSchema, {
      session,
      signal,
      request: (client, options) => client.getPrompt({ name, arguments: { ...args } }, options),
    })
  }

  /** Reads a resource anew. Throws what `call` throws, with `resource_not_found` in place of `tool_not_found`. */
  async readResource(
    serverId: ServerId,
    uri: string,
    signal: AbortSignal,
  ): Promise<Answer<ResourceResult>> {
    const definition = this.#services.registry.get(serverId)
    return await this.#ask(definition, { uri }, resourceResultSchema, {
      session: await this.#services.supervisor.use(serverId, 'call', signal),
      signal,
      request: (client, options) =>
        client.readResource({ uri }, { ...options, cacheMode: 'bypass' }),
    })
  }

  /** Asks a running server and takes the time; a failure is one of our errors, without secrets. */
  async #ask<T>(
    definition: ServerDefinition,
    target: CallTarget,
    schema: z.ZodType<T>,
    how: Pick<RequestOptions, 'onprogress'> & {
      readonly session: ServerSession
      readonly signal: AbortSignal
      readonly request: (client: Client, options: RequestOptions) => Promise<unknown>
    },
  ): Promise<Answer<T>> {
    const startedAt = performance.now()
    try {
      const run = ({ client }: McpConnection) =>
        how.request(client, {
          signal: how.signal,
          timeout: definition.timeouts.callMs ?? defaultCallMs,
          resetTimeoutOnProgress: true,
          ...(how.onprogress !== undefined && { onprogress: how.onprogress }),
        })
      const result = await how.session.use(run).catch(async (error: unknown) => {
        if (!(error instanceof SessionOver)) throw error
        // The server never took the request, so the next session can.
        const next = await this.#services.supervisor.use(definition.id, 'call', how.signal)
        return await next.use(run)
      })
      const durationMs = Math.round(performance.now() - startedAt)
      return { result: schema.parse(result), durationMs }
    } catch (error) {
      const failure = toCallError(error, definition, target, how.signal.aborted)
      throw redactError(failure, this.#services.redact)
    }
  }

  async #checkOutput(
    serverId: ServerId,
    { outputSchema }: Tool,
    { structuredContent, isError }: ToolResult,
  ): Promise<SchemaProblem[] | null> {
    if (outputSchema === undefined || isError === true) return null
    if (structuredContent === undefined) {
      return [{ path: '', message: 'is missing: the tool has an output schema' }]
    }
    return await this.#services.checker.check(serverId, outputSchema, structuredContent)
  }

  /** A tool that is switched off starts no server. Throws `tool_not_found`. */
  #assertAllowed(definition: ServerDefinition, name: string): void {
    if (isAllowed(definition, name)) return
    const listed = this.#services.supervisor.lastInventory(definition.id)
    const tools = listed === null ? [] : this.#offered(listed).tools
    throw toolNotFound(definition, tools, name)
  }

  #offered(inventory: Inventory): Inventory {
    const definition = this.#services.registry.get(inventory.serverId)
    return {
      ...inventory,
      // It may have been renamed since it was listed.
      serverName: definition.name,
      tools: inventory.tools.filter((tool) => isAllowed(definition, tool.name)),
    }
  }

  #announce(change: InventoryChange): void {
    const told: InventoryChange =
      change.type === 'listed'
        ? { type: 'listed', inventory: this.#offered(change.inventory) }
        : change
    for (const listener of this.#listeners) listener(told)
  }
}

function isIdle(state: ServerState): boolean {
  return state.phase === 'stopped' && state.reason === 'idle'
}

/** For those who have no way to say that they want the answer no more. */
const never = new AbortController().signal

/** Whether the difference shows in what the server offers. */
function concernsInventory(before: ServerDefinition, after: ServerDefinition): boolean {
  return JSON.stringify([before.name, before.tools]) !== JSON.stringify([after.name, after.tools])
}

/**
 * Keeps the SDK from checking the output: it would do so on this thread, with a schema that is not ours, and throw the
 * result away where it does not fit.
 */
function withoutOutputSchema({ name, inputSchema, outputSchema }: Tool) {
  if (outputSchema === undefined) return {}
  return { toolDefinition: { name, inputSchema: { ...inputSchema, type: 'object' as const } } }
}

function createCallId(): CallId {
  const number = BigInt(`0x${randomBytes(10).toString('hex')}`)
  return callIdSchema.parse(`call_${number.toString(36).padStart(16, '0').slice(-16)}`)
}
