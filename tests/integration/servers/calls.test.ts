import { expect, test } from 'vitest'
import { maxMessageBytes } from '../../../src/core/servers/stdio-transport.ts'
import type { CallEvent } from '../../../src/shared/contract/tools.ts'
import type { LogLine } from '../../../src/shared/domain/log-line.ts'
import {
  callTool,
  codeOf,
  errorOf,
  fixtureServer,
  inPhase,
  lineOf,
  openTempCore,
  quickTiming,
  stdio,
  textOf,
  viewWhere,
} from '../temp-core.ts'

const never = new AbortController().signal

test('every content type of a result arrives as the server sent it', async () => {
  const { start, call, addFixture } = await openTempCore()
  const server = await addFixture('ok')
  await start(server.id)
  const result = await call(server.id, 'content')
  expect(result.content.map((block) => block.type)).toEqual([
    'text',
    'image',
    'audio',
    'resource_link',
    'resource',
  ])
  expect(result.content[0]).toMatchObject({ text: 'grüße' })
  expect(result.content[4]).toMatchObject({ resource: { uri: 'file:///b.txt', text: 'inside' } })
  expect(result.structuredContent).toEqual({ count: 5, nested: { ok: true } })
})

test('a result that reports a failure is a result, and a refusal is an error with its reason', async () => {
  const { start, call, addFixture } = await openTempCore()
  const server = await addFixture('ok')
  await start(server.id)
  expect(await call(server.id, 'fail')).toMatchObject({ isError: true })
  expect(await errorOf(call(server.id, 'refuse'))).toMatchObject({
    code: 'rpc_error',
    data: { rpcCode: -32602, server: 'ok', tool: 'refuse' },
  })
})

test('a tool that is not there, or was switched off, is refused with what there is', async () => {
  const { core, start, call, addFixture } = await openTempCore()
  const server = await addFixture('ok')
  await start(server.id)
  const missing = await errorOf(call(server.id, 'no_such_tool'))
  expect(missing.code).toBe('tool_not_found')
  expect(missing.data['known']).toContain('echo')
  await core.editor.edit(server.id, { tools: { allow: ['echo', 'where'], deny: ['where'] } })
  const { tools } = await core.tools.inventory(server.id)
  expect(tools.map((tool) => tool.name)).toEqual(['echo'])
  expect(await codeOf(call(server.id, 'where'))).toBe('tool_not_found')
  expect(textOf(await call(server.id, 'echo', { message: 'still here' }))).toBe('still here')
})

test('a call of a server that does not run says so', async () => {
  const { call, addFixture } = await openTempCore()
  const server = await addFixture('ok')
  expect(await errorOf(call(server.id, 'echo'))).toMatchObject({
    code: 'server_not_running',
    data: { name: 'ok', phase: 'stopped' },
  })
})

test('an answer of 20 MB works', async () => {
  const { start, call, addFixture } = await openTempCore()
  const server = await addFixture('ok')
  await start(server.id)
  const bytes = 20 * 1024 * 1024
  expect(textOf(await call(server.id, 'big', { bytes }))).toHaveLength(bytes)
})

test('an answer over the limit fails its own call, and its neighbours go on', async () => {
  const { start, call, addFixture, state } = await openTempCore()
  const server = await addFixture('ok')
  await start(server.id)
  const slow = call(server.id, 'slow', { steps: 2, everyMs: 20 })
  const big = await errorOf(call(server.id, 'big', { bytes: maxMessageBytes }))
  expect(big).toMatchObject({ code: 'message_too_large', data: { tool: 'big' } })
  expect(textOf(await slow)).toBe('done after 2 steps')
  expect(textOf(await call(server.id, 'echo', { message: 'after' }))).toBe('after')
  expect(state(server.id).phase).toBe('running')
})

test('progress keeps a call alive beyond its time-out; silence ends it', async () => {
  const { core, add, start } = await openTempCore()
  const server = await add('slow', stdio(process.execPath, fixtureServer, 'ok'), {
    timeouts: { startMs: null, callMs: 300 },
  })
  await start(server.id)
  const events: CallEvent[] = []
  const { result, durationMs } = await core.tools.call(
    { kind: 'cli' },
    { serverId: server.id, tool: 'slow', args: { steps: 8, everyMs: 100 } },
    { signal: never, onEvent: (event) => events.push(event) },
  )
  expect(textOf(result)).toBe('done after 8 steps')
  expect(durationMs).toBeGreaterThan(300)
  expect(events[0]?.type).toBe('started')
  expect(events.slice(1)).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].map((step) => ({
      type: 'progress',
      progress: step,
      total: 8,
      message: `step ${step}`,
    })),
  )
  expect(await errorOf(callTool(core, server.id, 'mute'))).toMatchObject({
    code: 'call_timeout',
    data: { tool: 'mute', seconds: 0.3 },
  })
})

test('a call that is cancelled is cancelled on the server too', async () => {
  const { core, start, call, addFixture } = await openTempCore()
  const server = await addFixture('ok')
  await start(server.id)
  const cancel = new AbortController()
  const code = codeOf(callTool(core, server.id, 'cancellable', {}, cancel.signal))
  await lineOf(core, server.id, /"method":"tools\/call"/)
  cancel.abort()
  expect(await code).toBe('call_cancelled')
  await lineOf(core, server.id, /cancelled by the client/)
  expect(textOf(await call(server.id, 'cancelled_count'))).toBe('1')
})

test('a call that has timed out is cancelled on the server too', async () => {
  const { core, add, start } = await openTempCore()
  const server = await add('impatient', stdio(process.execPath, fixtureServer, 'ok'), {
    timeouts: { startMs: null, callMs: 100 },
  })
  await start(server.id)
  expect(await codeOf(callTool(core, server.id, 'cancellable'))).toBe('call_timeout')
  await lineOf(core, server.id, /cancelled by the client/)
})

test('a call to a server that reads no more times out and leaves the others alone', async () => {
  const { core, add, start } = await openTempCore()
  const server = await add('deaf', stdio(process.execPath, fixtureServer, 'ok'), {
    timeouts: { startMs: null, callMs: 300 },
  })
  await start(server.id)
  await callTool(core, server.id, 'deaf')
  const message = 'x'.repeat(1_000_000)
  expect(await codeOf(callTool(core, server.id, 'echo', { message }))).toBe('call_timeout')
  expect(inPhase(core.supervisor.view(server.id), 'running').phase).toBe('running')
})

test('characters that arrive in pieces are whole, on stdout and on stderr', async () => {
  const { core, start, call, addFixture } = await openTempCore()
  const server = await addFixture('split-utf8')
  await start(server.id)
  expect(textOf(await call(server.id, 'echo'))).toBe('日本語 grüße 🎉')
  const line = await lineOf(core, server.id, /^gr.*ße$/)
  expect(line).toMatchObject({ source: 'stderr', text: 'grüße' })
})

test('noise on stdout is told in the log and disturbs nothing', async () => {
  const { start, call, addFixture, lines } = await openTempCore()
  const server = await addFixture('noise')
  inPhase(await start(server.id), 'running')
  expect(textOf(await call(server.id, 'echo', { message: 'clear' }))).toBe('clear')
  expect(lines(server.id, 'stdout')).toEqual([
    'Welcome to the fixture!',
    '{"jsonrpc":"2.0","id":',
    '[not json',
    '{"no":"jsonrpc"}',
  ])
})

test('a flood on stderr does not block the server, and every line is counted', async () => {
  const { core, start, call, add } = await openTempCore()
  const count = 1_000_000
  // It shakes hands once the flood is over, and that takes long on a machine that has much else to do.
  const transport = stdio(process.execPath, fixtureServer, 'flood', String(count))
  const server = await add('flood', transport, { timeouts: { startMs: 110_000, callMs: null } })
  let last = 0
  let stderrLines = 0
  const read = Promise.withResolvers<void>()
  const { unsubscribe } = core.logs.subscribe(server.id, 0, (line) => {
    last = line.seq
    if (line.source === 'stderr') stderrLines += 1
    if (stderrLines === count) read.resolve()
  })
  inPhase(await start(server.id), 'running')
  await lineOf(core, server.id, /the flood is over/)
  expect(textOf(await call(server.id, 'echo', { message: 'dry' }))).toBe('dry')
  // Another pipe says that it is over, and the last of this one may still wait for its turn to be read.
  await read.promise
  unsubscribe()
  expect(stderrLines).toBe(count)
  expect(last).toBeGreaterThan(count)
  // The memory stays bounded: the newest lines only.
  expect(core.logs.tail(server.id, 1e9)).toHaveLength(20_000)
})

test('the inventory is current after a storm of changes, which are read together', async () => {
  const { core, start, call, addFixture } = await openTempCore()
  const server = await addFixture('ok')
  await start(server.id)
  const before = await viewWhere(core, server.id, ({ stats }) => stats.counts !== null)
  const tools = before.stats.counts?.tools ?? 0
  await call(server.id, 'storm', { count: 1_000 })
  // Whoever asks gets what is true now, even before the storm is read.
  const names = (await core.tools.inventory(server.id)).tools.map((tool) => tool.name)
  expect(names).toContain(`added_${tools}`)
  expect(textOf(await call(server.id, `added_${tools}`))).toBe(`unknown: added_${tools}`)
  // And whoever only watches sees it without asking.
  await call(server.id, 'storm', { count: 1_000 })
  await viewWhere(core, server.id, ({ stats }) => stats.counts?.tools === tools + 2)
  expect(Number(textOf(await call(server.id, 'listed_count')))).toBeLessThanOrEqual(5)
})

test('calls in a storm of changes neither wait for it nor add listings to it', async () => {
  const { core, start, call, addFixture } = await openTempCore()
  const server = await addFixture('ok')
  await start(server.id)
  const before = await viewWhere(core, server.id, ({ stats }) => stats.counts !== null)
  const tools = before.stats.counts?.tools ?? 0
  const storm = call(server.id, 'storm', { count: 5_000 })
  const echoes = await Promise.all(
    Array.from({ length: 50 }, (_, n) => call(server.id, 'echo', { message: String(n) })),
  )
  expect(echoes.map(textOf)).toEqual(Array.from({ length: 50 }, (_, n) => String(n)))
  await storm
  await viewWhere(core, server.id, ({ stats }) => stats.counts?.tools === tools + 1)
  // One at the start, and two at most for the storm.
  expect(Number(textOf(await call(server.id, 'listed_count')))).toBeLessThanOrEqual(3)
})

test('a server whose tools cannot be listed runs, and says so where it is asked', async () => {
  const { core, start, call, addFixture } = await openTempCore()
  const server = await addFixture('no-list')
  inPhase(await start(server.id), 'running')
  expect(await errorOf(core.tools.inventory(server.id))).toMatchObject({
    code: 'protocol_error',
    data: { reason: expect.stringContaining('the list is lost') },
  })
  expect(await codeOf(call(server.id, 'echo'))).toBe('protocol_error')
  await lineOf(core, server.id, /could not be listed/)
  expect(await core.tools.inventories()).toEqual([])
})

test('health: a round trip is measured, and silence shows and passes', async () => {
  const { core, start, call, addFixture } = await openTempCore({
    timing: { ...quickTiming, health: { everyMs: 50, timeoutMs: 100, slowMs: 2_000 } },
  })
  const server = await addFixture('ok')
  await start(server.id)
  const healthy = await viewWhere(core, server.id, ({ stats }) => stats.roundTripMs !== null)
  expect(inPhase(healthy, 'running').health).toBe('ok')

  const mute = await addFixture('no-ping')
  await start(mute.id)
  await viewWhere(core, mute.id, ({ state }) => {
    return state.phase === 'running' && state.health === 'unresponsive'
  })
  // A child has its exit to tell when it is lost; it is not taken away because it is busy.
  await lineOf(core, mute.id, /No answer to a health check \(4\)/)
  expect(textOf(await call(mute.id, 'echo', { message: 'I work' }))).toBe('I work')

  // One that went well is not written, or nothing else would be seen; one that failed is.
  const isPing = ({ protocol }: LogLine) => protocol?.method === 'ping'
  expect(core.logs.tail(server.id, 20_000).filter(isPing)).toEqual([])
  expect(core.logs.tail(mute.id, 20_000).filter(isPing).length).toBeGreaterThan(3)
})

test('a slow answer makes a server degraded, and a long call is left in peace', async () => {
  const { core, start, addFixture } = await openTempCore({
    // Every check is slow, and so is written to the log.
    timing: { ...quickTiming, health: { everyMs: 20, timeoutMs: 1_000, slowMs: 0 } },
  })
  const server = await addFixture('ok')
  await start(server.id)
  await viewWhere(core, server.id, ({ state }) => {
    return state.phase === 'running' && state.health === 'degraded'
  })
  expect(core.supervisor.view(server.id).stats.roundTripMs).toBeGreaterThan(0)

  const pings = () =>
    core.logs
      .tail(server.id, 20_000)
      .filter((line) => line.protocol?.method === 'ping' && line.protocol.direction === 'sent')
  let during = -1
  await core.tools.call(
    { kind: 'cli' },
    { serverId: server.id, tool: 'slow', args: { steps: 4, everyMs: 100 } },
    {
      signal: never,
      onEvent: (event) => {
        // A check that was out when the call began has been answered by its first progress.
        if (event.type === 'progress' && event.progress === 1) during = pings().length
      },
    },
  )
  expect(during).toBeGreaterThan(0)
  expect(pings()).toHaveLength(during)
})

test('the protocol is in the log, with what was asked, how it ended and how long it took', async () => {
  const { core, start, call, addFixture } = await openTempCore()
  const server = await addFixture('ok')
  await start(server.id)
  await call(server.id, 'echo', { message: 'seen' })
  const protocol = core.logs
    .tail(server.id, 1_000)
    .flatMap((line) => (line.protocol === null ? [] : [line.protocol]))
  const request = protocol.findLast((one) => one.method === 'tools/call')
  const response = protocol.findLast(
    (one) => one.direction === 'received' && one.id === request?.id,
  )
  expect(request).toMatchObject({ direction: 'sent', kind: 'request' })
  expect(response).toMatchObject({ kind: 'response', durationMs: expect.any(Number) })
})
