import { expect, onTestFinished, test } from 'vitest'
import { maxMessageBytes } from '../../../src/core/servers/stdio-transport.ts'
import type { InventoryChange } from '../../../src/core/servers/unit-services.ts'
import type { CallRecord } from '../../../src/shared/contract/tools.ts'
import {
  callTool,
  errorOf,
  fixtureServer,
  openTempCore,
  repository,
  stdio,
  type TempCore,
} from '../temp-core.ts'

const everythingScript = `${repository}/node_modules/@modelcontextprotocol/server-everything/dist/index.js`
const never = new AbortController().signal

async function startEverything(temp: TempCore) {
  const server = await temp.add('everything', stdio(process.execPath, everythingScript))
  await temp.start(server.id)
  return server
}

test('prompts are filled in, and refused with what there is or why', async () => {
  const temp = await openTempCore()
  const { core } = temp
  const { id } = await startEverything(temp)
  const { result } = await core.tools.getPrompt(id, 'args-prompt', { city: 'Bonn' }, never)
  expect(result.messages).toMatchObject([
    { role: 'user', content: { type: 'text', text: "What's weather in Bonn?" } },
  ])
  const missing = await errorOf(core.tools.getPrompt(id, 'no-prompt', {}, never))
  expect(missing).toMatchObject({ code: 'prompt_not_found', data: { prompt: 'no-prompt' } })
  expect(missing.data['known']).toContain('args-prompt')
  expect(await errorOf(core.tools.getPrompt(id, 'args-prompt', {}, never))).toMatchObject({
    code: 'rpc_error',
    data: { prompt: 'args-prompt', server: 'everything', rpcCode: -32602 },
  })
})

test('resources are read as text and as bytes; one that is not there says so', async () => {
  const temp = await openTempCore()
  const { core } = temp
  const { id } = await startEverything(temp)
  const read = async (uri: string) => await core.tools.readResource(id, uri, never)
  const text = await read('demo://resource/dynamic/text/1')
  expect(text.result.contents[0]?.text).toContain('Resource 1')
  const blob = await read('demo://resource/dynamic/blob/1')
  expect(blob.result.contents[0]?.blob).toMatch(/^[\w+/]+=*$/)
  expect(await errorOf(read('demo://nothing'))).toMatchObject({
    code: 'rpc_error',
    data: {
      uri: 'demo://nothing',
      server: 'everything',
      reason: expect.stringContaining('not found'),
    },
  })
})

test('a resource that is not there, or is too large, fails with a code of its own', async () => {
  const { core, addFixture, start } = await openTempCore()
  const { id } = await addFixture('ok')
  await start(id)
  expect(await errorOf(core.tools.readResource(id, 'no:such', never))).toMatchObject({
    code: 'resource_not_found',
    data: { uri: 'no:such', server: 'ok', reason: expect.any(String) },
  })
  const large = `big:${maxMessageBytes}`
  expect(await errorOf(core.tools.readResource(id, large, never))).toMatchObject({
    code: 'message_too_large',
    data: { uri: large },
  })
  const { result } = await core.tools.readResource(id, 'big:10', never)
  expect(result.contents).toEqual([{ uri: 'big:10', text: 'xxxxxxxxxx' }])
})

test('a prompt and a resource of a server that does not run, or was left, are refused', async () => {
  const { core, addFixture, start } = await openTempCore()
  const { id } = await addFixture('ok')
  const code = 'server_not_running'
  expect(await errorOf(core.tools.getPrompt(id, 'p', {}, never))).toMatchObject({ code })
  expect(await errorOf(core.tools.readResource(id, 'a:b', never))).toMatchObject({ code })
  await start(id)
  const left = AbortSignal.abort()
  expect(await errorOf(core.tools.readResource(id, 'a:b', left))).toMatchObject({
    code: 'call_cancelled',
  })
})

test('arguments and structured results are checked against the schemas of the tool', async () => {
  const temp = await openTempCore()
  const { core } = temp
  const { id } = await startEverything(temp)
  const tool = 'get-structured-content'
  expect(await core.tools.check({ serverId: id, tool, args: { location: 'Chicago' } })).toEqual([])
  expect(await core.tools.check({ serverId: id, tool, args: { location: 'Bonn' } })).toMatchObject([
    { path: '/location', message: expect.stringContaining('Chicago') },
  ])
  expect(await errorOf(core.tools.check({ serverId: id, tool: 'none', args: {} }))).toMatchObject({
    code: 'tool_not_found',
  })
  expect(await callTool(core, id, tool, { location: 'Chicago' })).toMatchObject({
    result: { structuredContent: { humidity: 82 } },
    outputProblems: [],
  })
  expect((await callTool(core, id, 'echo', { message: 'x' })).outputProblems).toBeNull()
})

test('a result that does not fit its schema arrives all the same, with what is wrong', async () => {
  const { core, addFixture, start } = await openTempCore()
  const { id } = await addFixture('ok')
  await start(id)
  const problemsOf = async (give?: { count: string }) =>
    (await callTool(core, id, 'measured', give === undefined ? {} : { give })).outputProblems
  expect(await problemsOf({ count: 'five' })).toEqual([
    { path: '/count', message: 'must be integer' },
  ])
  expect(await problemsOf()).toMatchObject([
    { path: '', message: expect.stringContaining('is missing') },
  ])
})

test('a schema whose pattern takes for ever does not hold up the calls', async () => {
  const { core, addFixture, start, call } = await openTempCore()
  const { id } = await addFixture('ok')
  await start(id)
  const text = `${'a'.repeat(40)}!`
  const checked = core.tools.check({ serverId: id, tool: 'evil_schema', args: { text } })
  expect(await call(id, 'echo', { message: 'alive' })).toMatchObject({
    content: [{ text: 'alive' }],
  })
  expect(await checked).toMatchObject([
    { path: '', message: expect.stringContaining('took longer than') },
  ])
})

test('what a server offers is told at each listing, at each change by a person, and when it is gone', async () => {
  const { core, add, start, call } = await openTempCore()
  const { id } = await add('shop', stdio(process.execPath, fixtureServer, 'ok'))
  const told: InventoryChange[] = []
  let wake = () => {}
  onTestFinished(
    core.tools.onDidChangeInventory((change) => {
      told.push(change)
      wake()
    }),
  )
  const tellingOf = async (count: number) => {
    while (told.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    const change = told[count - 1]
    return change?.type === 'listed' ? change.inventory : change
  }
  expect(core.tools.listed()).toEqual([])
  await start(id)
  expect(await tellingOf(1)).toMatchObject({ serverId: id, serverName: 'shop' })
  expect(core.tools.listed()).toHaveLength(1)

  await core.editor.edit(id, { name: 'store', tools: { allow: ['echo', 'storm'], deny: [] } })
  expect(await tellingOf(2)).toMatchObject({
    serverName: 'store',
    tools: [{ name: 'echo' }, { name: 'storm' }],
  })
  await core.editor.edit(id, { tools: { allow: null, deny: [] } })
  await call(id, 'storm', { count: 3 })
  const listed = await tellingOf(4)
  expect(JSON.stringify(listed)).toContain('added_')
  expect(core.tools.listed()).toEqual([listed])

  await core.supervisor.stopAndWait(id)
  expect(await tellingOf(5)).toEqual({ type: 'gone', serverId: id })
  expect(core.tools.listed()).toEqual([])
  await start(id)
  expect(await tellingOf(6)).toMatchObject({ serverId: id })
  await core.registry.remove(id)
  expect(await tellingOf(7)).toEqual({ type: 'gone', serverId: id })
})

test('calls are remembered from their begin to their end, whatever it is', async () => {
  const { core, addFixture, start } = await openTempCore()
  const { id } = await addFixture('ok')
  await start(id)
  const told: CallRecord[] = []
  onTestFinished(core.tools.history.onDidChange((record) => told.push(record)))
  await callTool(core, id, 'echo', { message: 'x' })
  await callTool(core, id, 'fail')
  await errorOf(callTool(core, id, 'refuse'))
  await errorOf(callTool(core, id, 'mute', {}, AbortSignal.abort()))
  expect(told.map(({ tool, outcome }) => `${tool} ${outcome}`)).toEqual([
    'echo running',
    'echo ok',
    'fail running',
    'fail refused',
    'refuse running',
    'refuse failed',
    'mute running',
    'mute cancelled',
  ])
  expect(core.tools.history.list()).toMatchObject([
    { serverId: id, caller: 'Command line', args: { message: 'x' }, error: null },
    { tool: 'fail', durationMs: expect.any(Number), bytes: expect.any(Number) },
    { tool: 'refuse', bytes: null, error: { code: 'rpc_error' } },
    { tool: 'mute', error: { code: 'call_cancelled' } },
  ])
})
