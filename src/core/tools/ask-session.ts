import type { Client, RequestOptions } from '@modelcontextprotocol/client'
import type * as z from 'zod'
import { defaultTimeouts, type ServerDefinition } from '../../shared/domain/server-definition.ts'
import type { McpConnection } from '../servers/mcp-connection.ts'
import { redactError } from '../servers/redact-error.ts'
import type { ServerSession } from '../servers/server-session.ts'
import type { ServerSupervisor } from '../servers/server-supervisor.ts'
import { SessionOver } from '../servers/session-over.ts'
import { type CallTarget, toCallError } from './call-error.ts'

/** What a server answered, and how long that took, in milliseconds. */
export interface Answer<T> {
  readonly result: T
  readonly durationMs: number
}

/** One request to a running server. */
export interface SessionRequest<T> extends Pick<RequestOptions, 'onprogress'> {
  readonly definition: ServerDefinition
  /** What it is about, for its error. */
  readonly target: CallTarget
  readonly schema: z.ZodType<T>
  readonly session: ServerSession
  readonly signal: AbortSignal
  readonly request: (client: Client, options: RequestOptions) => Promise<unknown>
}

/** Where the next session comes from, and how errors lose their secrets. */
export interface AskServices {
  readonly supervisor: Pick<ServerSupervisor, 'use'>
  readonly redact: (text: string) => string
}

/** Asks a running server and takes the time; a failure is one of our errors, without secrets. */
export async function askSession<T>(
  { definition, target, schema, session, signal, onprogress, request }: SessionRequest<T>,
  { supervisor, redact }: AskServices,
): Promise<Answer<T>> {
  const startedAt = performance.now()
  try {
    const run = ({ client }: McpConnection) =>
      request(client, {
        signal,
        timeout: definition.timeouts.callMs ?? defaultTimeouts.callMs,
        resetTimeoutOnProgress: true,
        ...(onprogress !== undefined && { onprogress }),
      })
    const result = await session.use(run).catch(async (error: unknown) => {
      if (!(error instanceof SessionOver)) throw error
      // The server never took the request, so the next session can.
      const next = await supervisor.use(definition.id, 'call', signal)
      return await next.use(run)
    })
    const durationMs = Math.round(performance.now() - startedAt)
    return { result: schema.parse(result), durationMs }
  } catch (error) {
    throw redactError(toCallError(error, definition, target, signal.aborted), redact)
  }
}
