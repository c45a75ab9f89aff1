import { setTimeout as delay } from 'node:timers/promises'
import type { HostConnection } from '../../../src/host/connect-live-host.ts'
import { AppError } from '../../../src/shared/domain/errors.ts'
import type { ServerId } from '../../../src/shared/domain/ids.ts'
import { callTool } from './fault-host.ts'
import type { ServerWatch } from './server-watch.ts'

/** How many calls are in flight when the server is killed. */
const inFlight = 3
/** How long a caller tries again, and how soon, in milliseconds. */
const recoverMs = 20_000
const againMs = 20

/** What callers saw of one crash. */
export interface CrashOutcome {
  /** How each call in flight ended: the code of its error, or `answered`. */
  readonly codes: readonly string[]
  /** From the kill until the last call in flight had its error, in milliseconds. */
  readonly errorMs: number
  /** From the kill until a call succeeded, in milliseconds; null: none did in 20 s. */
  readonly nextMs: number | null
  /** How many calls failed before that one. */
  readonly refused: number
}

/** Kills a running `small-server.sh` with calls in flight, and calls it again at once over the same connection. */
export async function runCrash(
  connection: HostConnection,
  watch: ServerWatch,
  id: ServerId,
): Promise<CrashOutcome> {
  await watch.allRun([id])
  const { state } = watch.view(id)
  if (state.phase !== 'running' || state.pid === null) throw new Error('It does not run.')
  const calls = Array.from({ length: inFlight }, () => codeOf(callTool(connection, id, 'silent')))
  // It reads one after the other: once this is answered, the others are with it.
  await callTool(connection, id, 'pid')
  const startedAt = performance.now()
  process.kill(state.pid, 'SIGKILL')
  const codes = await Promise.all(calls)
  const errorMs = performance.now() - startedAt
  const refused = await failuresBefore(() => callTool(connection, id, 'pid'), recoverMs)
  const nextMs = performance.now() - startedAt
  return { codes, errorMs, nextMs: refused === null ? null : nextMs, refused: refused ?? 0 }
}

/** Calls until one call succeeds. Answers with the number that failed before it, or null when the time was up. */
export async function failuresBefore(
  call: () => Promise<unknown>,
  limitMs: number,
): Promise<number | null> {
  const giveUpAt = performance.now() + limitMs
  for (let failures = 0; performance.now() < giveUpAt; failures += 1) {
    try {
      await call()
      return failures
    } catch {
      // What is counted here. Whoever calls decides what it means.
      await delay(againMs)
    }
  }
  return null
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'answered'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}
