import { once } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { createRouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRouter, type HostRouter } from '../../src/host/rpc/router.ts'
import { StreamSender } from '../../src/host/rpc/stream-sender.ts'
import type { DesktopService } from '../../src/main/desktop-service.ts'
import { createWindowRouter } from '../../src/main/window-router.ts'
import type { HostClient } from '../../src/shared/contract/contract.ts'
import { readStream } from '../../src/shared/contract/read-stream.ts'
import { toAppError } from '../../src/shared/contract/rpc-error.ts'
import { secretNameSchema } from '../../src/shared/domain/ids.ts'
import { createDesktopService } from './desktop-service.ts'
import { createTempCore, type TempCore } from './temp-core.ts'

let temp: TempCore
let router: HostRouter
let hostStreams: StreamSender
let windowStreams: StreamSender
let desktop: DesktopService
let window: { readonly client: HostClient; readonly close: () => Promise<void> }

const context = { caller: { kind: 'ui' } } as const

beforeEach(async () => {
  temp = await createTempCore()
  hostStreams = new StreamSender()
  windowStreams = new StreamSender()
  router = createRouter({
    core: temp.core,
    streams: hostStreams,
    followsSwitch: true,
    endpoint: null,
    shutdown: () => {},
    startedAt: 1,
    onBug: () => {},
    hostNotices: [],
  })
  desktop = createDesktopService()
  window = openWindow()
})
afterEach(async () => {
  await window.close()
  await temp.dispose()
})

function openWindow(): typeof window {
  const { port1, port2 } = new MessageChannel()
  const host = createRouterClient(router, { context })
  const windowRouter = createWindowRouter(host, desktop, windowStreams, () => {})
  new RPCHandler(windowRouter).upgrade(port1, { context })
  port1.start()
  port2.start()
  return {
    client: createORPCClient(new RPCLink({ port: port2 })),
    close: async () => {
      const closed = once(port1, 'close')
      port2.close()
      await closed
    },
  }
}

test('a host without a window says so, and refuses what only a window can do', async () => {
  const host = createRouterClient(router, { context })
  for await (const { items } of readStream(host.desktop.watch(), host.streams.ack)) {
    expect(items).toEqual([{ isDesktop: false }])
    break
  }
  const refused = await host.desktop.quitNow().then(
    () => null,
    (error: unknown) => toAppError(error).code,
  )
  expect(refused).toBe('not_desktop')
})

test('the window tells its state and each change of it', async () => {
  const { client } = window
  const seen: unknown[] = []
  for await (const { items } of readStream(client.desktop.watch(), client.streams.ack)) {
    const state = items.at(-1)
    if (state?.isDesktop !== true) throw new Error('the window says that it is none')
    seen.push(state.settings.onClose)
    if (seen.length === 2) break
    await client.desktop.change({ onClose: 'tray' })
  }
  expect(seen).toEqual(['ask', 'tray'])
})

test('each request reaches the page once: what waited for it, and what comes', async () => {
  const { client } = window
  desktop.request({ show: 'settings' })
  const seen: unknown[] = []
  for await (const { items } of readStream(client.desktop.requests(), client.streams.ack)) {
    seen.push(...items)
    if (seen.length === 2) break
    desktop.request({ show: 'servers' })
  }
  expect(seen).toEqual([{ show: 'settings' }, { show: 'servers' }])
})

test('what is asked while there is no page waits for the next one', async () => {
  const requests = readStream(window.client.desktop.requests(), window.client.streams.ack)
  const first = requests.next()
  desktop.request({ show: 'servers' })
  await first
  await window.close()
  await expect.poll(() => windowStreams.openStreams).toBe(0)
  desktop.request({ show: 'settings' })
  window = openWindow()
  const { client } = window
  for await (const { items } of readStream(client.desktop.requests(), client.streams.ack)) {
    expect(items).toEqual([{ show: 'settings' }])
    break
  }
})

test('a window that goes away leaves no stream open at the host', async () => {
  const { client } = window
  const stream = readStream(client.servers.watch(), client.streams.ack)
  await stream.next()
  expect(hostStreams.openStreams).toBe(1)
  await window.close()
  await expect.poll(() => hostStreams.openStreams).toBe(0)
  window = openWindow()
})

test('a secret is shown and copied only where the person is confirmed, whatever the page asks', async () => {
  const { client } = window
  const mine = secretNameSchema.parse('mine')
  const other = secretNameSchema.parse('not-for-you')
  for (const name of [mine, other]) await client.secrets.add({ name, value: `value of ${name}` })
  expect(await client.secrets.reveal({ name: mine })).toEqual({ value: 'value of mine' })
  await client.desktop.copySecret({ name: mine })
  const codeOf = async (call: Promise<unknown>) =>
    await call.then(
      () => null,
      (error: unknown) => toAppError(error).code,
    )
  expect(await codeOf(client.secrets.reveal({ name: other }))).toBe('unauthorized')
  expect(await codeOf(client.desktop.copySecret({ name: other }))).toBe('unauthorized')
})
