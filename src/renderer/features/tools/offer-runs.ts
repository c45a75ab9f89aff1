import { create } from 'zustand'
import { readStream } from '../../../shared/contract/read-stream.ts'
import { toAppError } from '../../../shared/contract/rpc-error.ts'
import type { SchemaProblem } from '../../../shared/contract/tools.ts'
import { AppError, type ErrorInfo } from '../../../shared/domain/errors.ts'
import type { PromptResult, ResourceResult, ToolResult } from '../../../shared/domain/inventory.ts'
import { assertNever } from '../../../shared/lib/assert-never.ts'
import type { JsonObject } from '../../../shared/lib/json.ts'
import { host } from '../../host/connection.ts'
import { textArgs } from './call-text.ts'
import { type Offer, offerKey } from './offer.ts'
import { expandTemplate } from './uri-template.ts'

/** How far a call is, as the server tells. */
export interface RunProgress {
  readonly progress: number
  readonly total: number | null
  readonly message: string | null
}

/** What came back. */
export type RunResult =
  | {
      readonly kind: 'tool'
      readonly result: ToolResult
      /** Null: the tool promises no structure. */
      readonly outputProblems: readonly SchemaProblem[] | null
    }
  | { readonly kind: 'prompt'; readonly result: PromptResult }
  | { readonly kind: 'resource'; readonly result: ResourceResult }

/** One run of an offer. Times in milliseconds, or milliseconds since the Unix epoch where the name ends in `At`. */
export type Run =
  | {
      readonly status: 'running'
      readonly startedAt: number
      readonly progress: RunProgress | null
      readonly isCancelling: boolean
      readonly cancel: () => void
    }
  | { readonly status: 'done'; readonly durationMs: number; readonly result: RunResult }
  | { readonly status: 'failed'; readonly durationMs: number; readonly error: ErrorInfo }
  | { readonly status: 'cancelled'; readonly durationMs: number }

/** How many results are kept: one may hold megabytes. */
const keptRuns = 50

/** The newest run of each offer: it goes on while the person looks at another one. Of those that ended, the newest 50. */
export const useOfferRuns = create<{ readonly byKey: ReadonlyMap<string, Run> }>(() => ({
  byKey: new Map(),
}))

/** The runs with this one as the newest. The oldest that ended go where there are too many. Pure. */
export function withRun(
  runs: ReadonlyMap<string, Run>,
  key: string,
  run: Run,
): ReadonlyMap<string, Run> {
  const next = new Map(runs)
  // A map keeps the place of a key that it has.
  next.delete(key)
  next.set(key, run)
  const ended = [...next].filter(([, { status }]) => status !== 'running')
  for (const [old] of ended.slice(0, Math.max(0, ended.length - keptRuns))) next.delete(old)
  return next
}

/** Runs an offer with these arguments and keeps what comes back. Where one is running already, nothing happens. */
export async function runOffer(offer: Offer, args: JsonObject): Promise<void> {
  const key = offerKey(offer)
  if (useOfferRuns.getState().byKey.get(key)?.status === 'running') return
  const startedAt = Date.now()
  const abort = new AbortController()
  const set = (run: Run) =>
    useOfferRuns.setState(({ byKey }) => ({ byKey: withRun(byKey, key, run) }))
  const showRunning = (progress: RunProgress | null) =>
    set({
      status: 'running',
      startedAt,
      progress,
      isCancelling: abort.signal.aborted,
      cancel: () => {
        abort.abort()
        showRunning(progress)
      },
    })
  showRunning(null)
  try {
    const { result, durationMs } = await ask(offer, args, abort.signal, showRunning)
    set({ status: 'done', durationMs, result })
  } catch (thrown) {
    const durationMs = Date.now() - startedAt
    const error = toAppError(thrown)
    const isCancelled = abort.signal.aborted || error.code === 'call_cancelled'
    set(
      isCancelled
        ? { status: 'cancelled', durationMs }
        : { status: 'failed', durationMs, error: error.toInfo() },
    )
  }
}

async function ask(
  offer: Offer,
  args: JsonObject,
  signal: AbortSignal,
  onProgress: (progress: RunProgress) => void,
): Promise<{ result: RunResult; durationMs: number }> {
  const { serverId, kind, name } = offer
  const client = host()
  switch (kind) {
    case 'tool': {
      const stream = client.tools.call({ serverId, tool: name, args }, { signal })
      for await (const { items } of readStream(stream, client.streams.ack)) {
        for (const event of items) {
          if (event.type === 'progress') onProgress(event)
          if (event.type === 'result') {
            const { result, durationMs, outputProblems } = event
            return { result: { kind, result, outputProblems }, durationMs }
          }
        }
      }
      throw new AppError('call_cancelled', { tool: name })
    }
    case 'prompt': {
      const answer = await client.tools.getPrompt(
        { serverId, name, args: textArgs(args) },
        { signal },
      )
      return { result: { kind, result: answer.result }, durationMs: answer.durationMs }
    }
    case 'resource':
    case 'template': {
      const uri = kind === 'template' ? expandTemplate(name, textArgs(args)) : name
      const answer = await client.tools.readResource({ serverId, uri }, { signal })
      return { result: { kind: 'resource', result: answer.result }, durationMs: answer.durationMs }
    }
    default:
      return assertNever(kind)
  }
}
