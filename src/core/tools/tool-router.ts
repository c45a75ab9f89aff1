import { randomBytes } from 'node:crypto'
import type { CallEvent, SchemaProblem } from '../../shared/contract/tools.ts'
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
import type { JsonObject } from '../../shared/lib/json.ts'
import type { ServerRegistry } from '../servers/server-registry.ts'
import type { ServerSupervisor } from '../servers/server-supervisor.ts'
import type { InventoryChange } from '../servers/unit-services.ts'
import { type Answer, askSession, type SessionRequest } from './ask-session.ts'
import { CallHistory } from './call-history.ts'
import { findTool, isAllowed, toolNotFound } from './find-tool.ts'
import { OfferedInventories } from './offered-inventories.ts'
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
  readonly #offers: OfferedInventories

  constructor(services: ToolRouterServices) {
    this.#services = services
    const { supervisor, checker } = services
    // Before anybody is told of what was listed anew: they may ask for it at once.
    supervisor.onDidChangeInventory((change) => {
      checker.forget(change.type === 'listed' ? change.inventory.serverId : change.serverId)
    })
    this.#offers = new OfferedInventories(services)
  }

  /** `OfferedInventories.of`: what a server offers, less what is switched off. */
  async inventory(serverId: ServerId, signal?: AbortSignal): Promise<Inventory> {
    return await this.#offers.of(serverId, signal)
  }

  /** `OfferedInventories.all`: what all servers offer that run or start on demand. */
  async inventories(signal?: AbortSignal): Promise<Inventory[]> {
    return await this.#offers.all(signal)
  }

  /** `OfferedInventories.listed`: what all running servers offer as far as it was listed yet. */
  listed(): Inventory[] {
    return this.#offers.listed()
  }

  /** Told of each change of what is `listed`. The answer ends it. */
  onDidChangeInventory(listener: (change: InventoryChange) => void): () => void {
    return this.#offers.onDidChange(listener)
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
    const { session, inventory } = await this.#offers.open(
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
      const answer = await this.#ask({
        definition,
        target: { tool: tool.name },
        schema: toolResultSchema,
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
    const { session, inventory } = await this.#offers.open(
      serverId,
      'call',
      signal,
      ({ prompts }) => prompts.some((prompt) => prompt.name === name),
    )
    const known = inventory.prompts.map((prompt) => prompt.name)
    if (!known.includes(name)) {
      throw new AppError('prompt_not_found', { prompt: name, server: definition.name, known })
    }
    return await this.#ask({
      definition,
      target: { prompt: name },
      schema: promptResultSchema,
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
    return await this.#ask({
      definition,
      target: { uri },
      schema: resourceResultSchema,
      session: await this.#services.supervisor.use(serverId, 'call', signal),
      signal,
      request: (client, options) =>
        client.readResource({ uri }, { ...options, cacheMode: 'bypass' }),
    })
  }

  async #ask<T>(request: SessionRequest<T>): Promise<Answer<T>> {
    return await askSession(request, this.#services)
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
    throw toolNotFound(definition, this.#offers.last(definition.id)?.tools ?? [], name)
  }
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
