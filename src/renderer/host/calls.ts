import { create } from 'zustand'
import type { CallRecord } from '../../shared/contract/tools.ts'

/** Calls that the page remembers; the host remembers as many. */
const keptCalls = 200

/** Recent tool calls, oldest first, live. */
export const useCalls = create<{ readonly calls: readonly CallRecord[] }>(() => ({ calls: [] }))

/** Takes in calls that began or ended. */
export function applyCalls(records: readonly CallRecord[]): void {
  useCalls.setState(({ calls }) => {
    const byId = new Map(calls.map((call) => [call.callId, call]))
    for (const record of records) byId.set(record.callId, record)
    return { calls: [...byId.values()].slice(-keptCalls) }
  })
}
