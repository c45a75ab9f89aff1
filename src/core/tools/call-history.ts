import type { CallRecord } from '../../shared/contract/tools.ts'
import type { CallId } from '../../shared/domain/ids.ts'

/** How many calls are remembered. */
export const rememberedCalls = 200
/** How much of arguments is remembered over all calls, in characters of JSON: one call may bring megabytes. */
const maxArgsChars = 16 * 1024 * 1024

/** How a call began. */
export type CallStart = Pick<
  CallRecord,
  'callId' | 'serverId' | 'tool' | 'caller' | 'args' | 'startedAt'
>
/** How it ended. */
export type CallEnd = Pick<CallRecord, 'durationMs' | 'outcome' | 'error' | 'bytes'>

/** The newest calls, in memory only. The oldest goes when there are too many, or their arguments take too much room. */
export class CallHistory {
  readonly #calls = new Map<CallId, { record: CallRecord; readonly argsChars: number }>()
  readonly #listeners = new Set<(record: CallRecord) => void>()
  #argsChars = 0

  /** The remembered calls, oldest first. */
  list(): CallRecord[] {
    return Array.from(this.#calls.values(), ({ record }) => record)
  }

  /** Told of each call when it begins and when it ends. The answer ends it. */
  onDidChange(listener: (record: CallRecord) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Notes a call that begins. The answer notes how it ended; to be called once. */
  begin(start: CallStart): (end: CallEnd) => void {
    const record: CallRecord = {
      ...start,
      durationMs: null,
      outcome: 'running',
      error: null,
      bytes: null,
    }
    const argsChars = JSON.stringify(start.args).length
    this.#calls.set(start.callId, { record, argsChars })
    this.#argsChars += argsChars
    this.#forgetOldest()
    this.#announce(record)
    return (end) => {
      const ended = { ...record, ...end }
      const call = this.#calls.get(start.callId)
      if (call !== undefined) call.record = ended
      this.#announce(ended)
    }
  }

  #forgetOldest(): void {
    for (const [callId, { argsChars }] of this.#calls) {
      const isTooMuch = this.#calls.size > rememberedCalls || this.#argsChars > maxArgsChars
      if (!isTooMuch || this.#calls.size === 1) return
      this.#calls.delete(callId)
      this.#argsChars -= argsChars
    }
  }

  #announce(record: CallRecord): void {
    for (const listener of this.#listeners) listener(record)
  }
}
