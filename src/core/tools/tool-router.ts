import { randomBytes } from 'node:crypto'
import { ProtocolError, SdkError, SdkErrorCode } from '@modelcontextprotocol/client'
import type { CallEvent } from '../../shared/contract/tools.ts'
import { AppError } from '../../shared/domain/errors.ts'
import { type CallId, callIdSchema, type ServerId } from '../../shared/domain/ids.ts'
import {
  type Inventory,
  type Tool,
  type ToolResult,
  toolResultSchema,
} from '../../shared/domain/inventory.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import type { JsonObject } from '../../shared/lib/json.ts'
import { toCallFailure } from '../servers/launch-error.ts'
import { redactError } from '../servers/redact-error.ts'
import type { ServerRegistry } from '../servers/server-registry.ts'
import type { ServerSupervisor } from '../servers/server-supervisor.ts'
import { oversizedCode } from '../servers/stdio-transport.ts'

/** How long a call may go without an answer or progress where the definition does not say, in milliseconds. */
export const defaultCallMs = 60_000

/** Who calls: every door names itself, so that policy and audit can tell them apart. */
export type Caller = { readonly kind: 'ui' | 'cli' }

/** One call of a tool. */
export interface CallRequest {
  readonly serverId: ServerId
  readonly tool: string
  readonly args: JsonObject
}

/** How a call ended. `isError` inside the result is a result. */
export interface CallOutcome {
  readonly result: ToolResult
  readonly durationMs: number
}

/**
 * The one door to tools: every face calls through it. What a server offers and what a person switched off is decided
 * here and nowhere else.
 */
export class ToolRouter {
  readonly #registry: ServerRegistry
  readonly #supervisor: ServerSupervisor
  readonly #redact: (text: string) => string

  /** @param redact takes the known secrets out of a text; every error that a server has a part in goes through it. */
  constructor(
    registry: ServerRegistry,
    supervisor: ServerSupervisor,
    redact: (text: string) => string,
  ) {
    this.#registry = registry
    this.#supervisor = supervisor
    this.#redact = redact
  }

  /** What a running server offers, less what is switched off. Throws `not_found` or `server_not_running`. */
  async inventory(serverId: ServerId): Promise<Inventory> {
    const definition = this.#registry.get(serverId)
    const inventory = await this.#supervisor
      .session(serverId)
      .inventory()
      .catch((error: unknown) => {
        throw error instanceof AppError ? redactError(error, this.#redact) : error
      })
    return {
      ...inventory,
      // It may have been renamed since it was listed.
      serverName: definition.name,
      tools: inventory.tools.filter((tool) => isAllowed(definition, tool.name)),
    }
  }

  /** What all running servers offer; one that cannot be listed is left out, and its log says why. */
  async inventories(): Promise<Inventory[]> {
    const running = this.#supervisor.views().filter((view) => view.state.phase === 'running')
    const outcomes = await Promise.allSettled(
      running.map((view) => this.inventory(view.definition.id)),
    )
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  }

  /**
   * Calls a tool and waits for its result. Progress keeps the call alive beyond its time-out. Throws `not_found`,
   * `server_not_running`, `tool_not_found`, `rpc_error`, `call_timeout`, `call_cancelled`, `message_too_large`, `exited`
   * when the server ends in mid-call, `unreachable` or `auth_required` where a remote one cannot be asked, or `protocol_error`.
   */
  async call(
    _caller: Caller,
    request: CallRequest,
    options: { readonly signal: AbortSignal; readonly onEvent: (event: CallEvent) => void },
  ): Promise<CallOutcome> {
    const definition = this.#registry.get(request.serverId)
    const session = this.#supervisor.session(request.serverId)
    const tool = await this.#findTool(definition, request.tool)
    const startedAt = performance.now()
    options.onEvent({ type: 'started', callId: createCallId() })
    try {
      const result = await session.use(({ client }) =>
        client.callTool(
          { name: tool.name, arguments: request.args },
          {
            signal: options.signal,
            timeout: definition.timeouts.callMs ?? defaultCallMs,
            resetTimeoutOnProgress: true,
            onprogress: ({ progress, total, message }) =>
              options.onEvent({
                type: 'progress',
                progress,
                total: total ?? null,
                message: message ?? null,
              }),
          },
        ),
      )
      return {
        result: toolResultSchema.parse(result),
        durationMs: Math.round(performance.now() - startedAt),
      }
    } catch (error) {
      throw redactError(toCallError(error, definition, request.tool, options.signal), this.#redact)
    }
  }

  async #findTool(definition: ServerDefinition, name: string): Promise<Tool> {
    const { tools } = await this.inventory(definition.id)
    const tool = tools.find((candidate) => candidate.name === name)
    if (tool === undefined) {
      throw new AppError('tool_not_found', {
        tool: name,
        server: definition.name,
        known: tools.map((candidate) => candidate.name),
      })
    }
    return tool
  }
}

/** Whether a person lets clients see this tool. Absent from the list and refused on call are the same decision. */
export function isAllowed(definition: ServerDefinition, tool: string): boolean {
  const { allow, deny } = definition.tools
  return (allow === null || allow.includes(tool)) && !deny.includes(tool)
}

function createCallId(): CallId {
  const number = BigInt(`0x${randomBytes(10).toString('hex')}`)
  return callIdSchema.parse(`call_${number.toString(36).padStart(16, '0').slice(-16)}`)
}

function toCallError(
  error: unknown,
  definition: ServerDefinition,
  tool: string,
  signal: AbortSignal,
): AppError {
  const data = { server: definition.name, tool }
  const cause = { cause: error }
  if (signal.aborted) return new AppError('call_cancelled', data, cause)
  if (error instanceof ProtocolError) {
    return error.code === oversizedCode
      ? new AppError('message_too_large', { ...data, reason: error.message }, cause)
      : new AppError('rpc_error', { ...data, rpcCode: error.code, reason: error.message }, cause)
  }
  if (error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout) {
    const seconds = (definition.timeouts.callMs ?? defaultCallMs) / 1000
    return new AppError('call_timeout', { ...data, seconds }, cause)
  }
  const failure = toCallFailure(error)
  if (failure !== undefined) return new AppError(failure.code, { ...failure.data, ...data }, cause)
  const reason = error instanceof Error ? error.message : String(error)
  return new AppError('protocol_error', { ...data, reason }, cause)
}
