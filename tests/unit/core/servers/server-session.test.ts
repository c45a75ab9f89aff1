import type { Client } from '@modelcontextprotocol/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ServerLog } from '../../../../src/core/servers/server-log.ts'
import { ServerSession } from '../../../../src/core/servers/server-session.ts'
import { serverIdSchema } from '../../../../src/shared/domain/ids.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A session with a server that answers at once. */
function openSession() {
  const id = serverIdSchema.parse('srv_0000000000sessn1')
  let announce = () => {}
  const listTools = vi.fn<() => Promise<{ tools: [] }>>(async () => ({ tools: [] }))
  // No more than what a session that only lists asks of it.
  const client = {
    setNotificationHandler: (method: string, handler: () => void) => {
      if (method === 'notifications/tools/list_changed') announce = handler
    },
    getServerCapabilities: () => ({ tools: { listChanged: true } }),
    getInstructions: () => undefined,
    listTools,
  } as unknown as Client
  const log = new ServerLog(id, { append: () => {}, redact: (text) => text, now: () => 0 })
  const protocol = {
    era: 'legacy',
    version: '2025-11-25',
    handshakeMs: 1,
    serverName: 'files',
    serverVersion: '1',
  } as const
  const hour = 3_600_000
  const session = new ServerSession(
    { id, name: 'files' },
    {
      client,
      protocol,
      pid: 1,
      exitWithin: async () => null,
    },
    log,
    { everyMs: hour, timeoutMs: hour, slowMs: hour },
    {
      onInventory: () => {},
      onHealth: () => {},
      onLost: () => {},
      onUse: () => {},
      onAnswer: () => {},
      now: () => 0,
      isAwake: () => true,
    },
  )
  session.open()
  return { session, listTools, announce: () => announce() }
}

test('a change is read within 20 ms, right after the start too; a storm of them is read twice', async () => {
  const { session, listTools, announce } = openSession()
  await vi.advanceTimersByTimeAsync(0)
  expect(listTools).toHaveBeenCalledTimes(1)
  for (let count = 0; count < 1_000; count += 1) announce()
  await vi.advanceTimersByTimeAsync(20)
  expect(listTools).toHaveBeenCalledTimes(2)
  for (let count = 0; count < 4_000; count += 1) announce()
  await vi.advanceTimersByTimeAsync(1_999)
  expect(listTools).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(1)
  expect(listTools).toHaveBeenCalledTimes(3)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(listTools).toHaveBeenCalledTimes(3)
  session.close()
})
