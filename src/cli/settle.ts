import type { HostClient } from '../shared/contract/contract.ts'
import { readStream } from '../shared/contract/read-stream.ts'
import type { ServerId } from '../shared/domain/ids.ts'
import { isSettled } from '../shared/domain/server-state.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import { stateWords } from '../shared/domain/state-words.ts'
import type { Terminal } from './output/terminal.ts'

/** How the wait ended: with each server as it is then. */
export interface SettleOutcome {
  readonly servers: readonly ServerView[]
  readonly timedOut: boolean
}

/**
 * Waits until none of the servers is starting or stopping: running, stopped, failed, or waiting for its first retry.
 * @param timeoutMs after which the wait ends; the servers go on.
 */
export async function waitUntilSettled(
  client: HostClient,
  ids: readonly ServerId[],
  timeoutMs: number,
  terminal: Terminal,
): Promise<SettleOutcome> {
  const wanted = new Set<ServerId>(ids)
  const seen = new Map<ServerId, ServerView>()
  // Ended by its signal: leaving the loop would wait for the batch that the stream waits for.
  const cancel = new AbortController()
  const watch = client.servers.watch(undefined, { signal: cancel.signal })
  const stream = readStream(watch, client.streams.ack)
  const timeout = Promise.withResolvers<'timeout'>()
  const timer = setTimeout(() => timeout.resolve('timeout'), timeoutMs)
  let ready = false
  try {
    for (;;) {
      const next = await Promise.race([nextOf(stream, cancel.signal), timeout.promise])
      if (next === 'timeout') return { servers: [...seen.values()], timedOut: true }
      if (next.done === true) break
      for (const event of next.value.items) {
        if (event.type === 'ready') ready = true
        if (event.type === 'removed') wanted.delete(event.id)
        if (event.type === 'changed' && wanted.has(event.server.definition.id)) {
          seen.set(event.server.definition.id, event.server)
        }
      }
      const open = [...seen.values()].filter((server) => !isSettled(server.state))
      const [first] = open
      if (ready && first === undefined) break
      if (first !== undefined) {
        const others = open.length > 1 ? ` (and ${open.length - 1} more)` : ''
        terminal.progress(
          `${first.definition.name}: ${stateWords(first, Date.now())}${others}, ${seen.size - open.length} of ${wanted.size} done`,
        )
      }
    }
    return { servers: [...seen.values()], timedOut: false }
  } finally {
    clearTimeout(timer)
    cancel.abort()
  }
}

/** The stream's next item; ended once the wait itself was ended. */
async function nextOf<T>(
  stream: AsyncGenerator<T, void, void>,
  signal: AbortSignal,
): Promise<IteratorResult<T, void>> {
  try {
    return await stream.next()
  } catch (error) {
    if (signal.aborted) return { done: true, value: undefined }
    throw error
  }
}
