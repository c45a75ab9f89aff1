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
  const stream = readStream(client.servers.watch(), client.streams.ack)
  const timeout = Promise.withResolvers<'timeout'>()
  const timer = setTimeout(() => timeout.resolve('timeout'), timeoutMs)
  let ready = false
  try {
    for (;;) {
      const next = await Promise.race([stream.next(), timeout.promise])
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
    // The stream may be waiting for its next batch; leaving it must not wait for that too.
    void stream.return()
  }
}
