import { randomUUID } from 'node:crypto'
import {
  type ImplementerInternalWithMiddlewares,
  implement,
  type MergedCurrentContext,
  type MergedInitialContext,
  ORPCError,
  type Router,
} from '@orpc/server'
import { redactInfo } from '../../core/servers/redact-error.ts'
import type { Caller } from '../../core/tools/tool-router.ts'
import { contract } from '../../shared/contract/contract.ts'
import { AppError, type ErrorInfo } from '../../shared/domain/errors.ts'

/** Who makes the calls of one connection. */
export interface RpcContext {
  readonly caller: Caller
}

/** The routes of one service of the contract. */
export type Routes<Service extends keyof typeof contract> = Router<
  (typeof contract)[Service],
  RpcContext
>

/** Called with every failure that is not an `AppError`: a bug, to be logged with its stack under the id. */
export type OnBug = (error: unknown, id: string) => void

/** Implements the contract; named here because the inferred type is too long for a declaration. */
export type Implementer = ImplementerInternalWithMiddlewares<
  typeof contract,
  MergedInitialContext<RpcContext & Record<never, never>, RpcContext, RpcContext>,
  MergedCurrentContext<RpcContext, Record<never, never>>
>

/** Starts an implementation of the contract whose failures all cross the wire as `APP_ERROR`, less the secrets that `redact` knows. */
export function createImplementer(
  onBug: OnBug,
  redact: (text: string) => string = (text) => text,
): Implementer {
  return implement(contract)
    .$context<RpcContext>()
    .use(async ({ next, errors }) => {
      try {
        return await next()
      } catch (error) {
        throw errorFor(error, onBug, (data) => errors.APP_ERROR({ data: redactInfo(data, redact) }))
      }
    })
}

/** A stream whose failure crosses the wire as other failures do; the middleware no longer sees what ends a stream that has begun. */
export async function* withErrors<T>(
  stream: AsyncGenerator<T, void, void>,
  onBug: OnBug,
  wrap: (data: ErrorInfo) => Error,
): AsyncGenerator<T, void, void> {
  try {
    yield* stream
  } catch (error) {
    throw errorFor(error, onBug, wrap)
  }
}

/** What crosses the wire: an `AppError`'s code and data, or `internal` with an id under which the stack was logged. */
function errorFor(error: unknown, onBug: OnBug, wrap: (data: ErrorInfo) => Error): unknown {
  if (error instanceof AppError) return wrap(error.toInfo())
  // An error of the RPC layer itself, such as input that does not fit the contract, is for the caller as it is.
  if (error instanceof ORPCError) return error
  const id = randomUUID()
  onBug(error, id)
  return wrap({ code: 'internal', data: { id } })
}
