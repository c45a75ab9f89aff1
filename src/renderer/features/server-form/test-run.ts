import type { ConnectionTestEvent } from '../../../shared/contract/servers.ts'
import type { ErrorInfo } from '../../../shared/domain/errors.ts'
import type { ProtocolInfo, StartStep } from '../../../shared/domain/server-state.ts'
import type { InventoryCounts } from '../../../shared/domain/server-view.ts'

/** How many printed lines a test keeps: the last ones tell. */
const keptLines = 200

/** A test of a connection as far as it has come. Times in milliseconds since the Unix epoch. */
export interface TestRun {
  readonly startedAt: number
  readonly steps: readonly { readonly step: StartStep; readonly at: number }[]
  readonly printed: readonly string[]
  /** Null while it runs. */
  readonly end:
    | (
        | {
            readonly kind: 'connected'
            readonly protocol: ProtocolInfo
            readonly counts: InventoryCounts
          }
        | { readonly kind: 'failed'; readonly error: ErrorInfo }
        | { readonly kind: 'cancelled' }
      )
    | null
  /** Null while it runs. */
  readonly endedAt: number | null
}

/** A test that has just begun. */
export function beginTest(at: number): TestRun {
  return { startedAt: at, steps: [], printed: [], end: null, endedAt: null }
}

/** The test after an event. Pure. */
export function afterTestEvent(run: TestRun, event: ConnectionTestEvent, at: number): TestRun {
  switch (event.type) {
    case 'step':
      // A server that ends on the probe is started once more within its handshake: one step, and not one done and one failed.
      if (run.steps.at(-1)?.step === event.step) return run
      return { ...run, steps: [...run.steps, { step: event.step, at }] }
    case 'printed':
      return { ...run, printed: [...run.printed, event.text].slice(-keptLines) }
    case 'connected':
      return {
        ...run,
        end: { kind: 'connected', protocol: event.protocol, counts: event.counts },
        endedAt: at,
      }
    case 'failed':
      return { ...run, end: { kind: 'failed', error: event.error }, endedAt: at }
  }
}

/** How long each step took, or has taken so far, in milliseconds. Pure. */
export function stepTimes(
  run: TestRun,
  now: number,
): readonly { readonly step: StartStep; readonly ms: number; readonly isCurrent: boolean }[] {
  return run.steps.map(({ step, at }, index) => {
    const next = run.steps[index + 1]
    const until = next?.at ?? run.endedAt ?? now
    return {
      step,
      ms: Math.max(0, until - at),
      isCurrent: next === undefined && run.endedAt === null,
    }
  })
}
