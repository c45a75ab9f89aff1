import { create } from 'zustand'
import type { CallRecord } from '../../shared/contract/tools.ts'

/** Calls that the page remembers; the host remembers as many. */
const keptCalls = 200

/** Recent tool calls, oldest first, live. */
export const useCalls = create<{ readonly calls: readonly CallRecord[] }>(() => ({ calls: [] }))

/**
 * Takes in the records of one subscription: those that the host remembers, which replace what was known, then each call that
 * begins or ends. What still ran before is forgotten at once: its end may have been missed, and a host that is new does not
 * remember it.
 */
export function createCallFeed(): (records: readonly CallRecord[]) => void {
  const known = new Map<string, CallRecord>()
  useCalls.setState(({ calls }) => ({
    calls: calls.filter(({ outcome }) => outcome !== 'running'),
  }))
  return (records) => {
    for (const record of records) known.set(record.callId, record)
    for (const callId of known.keys()) {
      if (known.size <= keptCalls) break
      known.delete(callId)
    }
    useCalls.setState({ calls: [...known.values()] })
  }
}
