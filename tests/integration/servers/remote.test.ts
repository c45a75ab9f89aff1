import { readFileSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { secretNameSchema } from '../../../src/shared/domain/ids.ts'
import { freePort } from '../../fixtures/open-http.ts'
import { serveEverything, serveHttp, serveModern } from '../http-fixtures.ts'
import {
  codeOf,
  inPhase,
  lineOf,
  openTempCore,
  phaseOf,
  quickTiming,
  remote,
  settled,
  textOf,
  viewWhere,
} from '../temp-core.ts'

const noRetry = { ...quickTiming, retry: { baseMs: 1e6, capMs: 1e6, jitter: 0 } }
const quickHealth = {
  ...quickTiming,
  health: { everyMs: 100, timeoutMs: 1_000, slowMs: 2_000 },
}

test('Streamable HTTP of 2025-11-25: runs, is listed, is called, and its session is ended', async () => {
  const everything = await serveEverything('streamableHttp')
  const { core, add, start, call, lines } = await openTempCore()
  const server = await add('everything', remote('http', everything.url))
  const running = inPhase(await start(server.id), 'running')
  expect(running).toMatchObject({ pid: null, protocol: { era: 'legacy', version: '2025-11-25' } })
  const { tools } = await core.tools.inventory(server.id)
  expect(tools.map((tool) => tool.name)).toContain('echo')
  expect(textOf(await call(server.id, 'echo', { message: 'over http' }))).toBe('Echo: over http')
  expect(lines(server.id, 'protocol').join('\n')).toContain('"method":"tools/call"')
  await core.supervisor.stopAndWait(server.id)
  expect(core.supervisor.view(server.id).state).toMatchObject({ phase: 'stopped', exit: null })
})

test('HTTP+SSE of 2024-11-05: runs and is called', async () => {
  const everything = await serveEverything('sse')
  const { add, start, call } = await openTempCore()
  const server = await add('everything', remote('sse', everything.url))
  inPhase(await start(server.id), 'running')
  expect(textOf(await call(server.id, 'echo', { message: 'over sse' }))).toBe('Echo: over sse')
})

test('a server that is called http and speaks only SSE is reached all the same', async () => {
  const everything = await serveEverything('sse')
  const { add, start, call } = await openTempCore()
  const server = await add('everything', remote('http', everything.url))
  inPhase(await start(server.id), 'running')
  expect(textOf(await call(server.id, 'echo', { message: 'found' }))).toBe('Echo: found')
})

test('Streamable HTTP of 2026-07-28: runs without a session and tells of changes', async () => {
  const modern = await serveModern()
  const { core, add, start, call } = await openTempCore()
  const server = await add('modern', remote('http', modern.url))
  const running = inPhase(await start(server.id), 'running')
  expect(running.protocol).toMatchObject({ era: 'modern', version: '2026-07-28' })
  expect(textOf(await call(server.id, 'greet'))).toBe('greet: hello')
  await viewWhere(core, server.id, ({ stats }) => stats.counts?.tools === 1)
  await lineOf(core, server.id, /subscriptions\/acknowledged/)
  modern.addTool()
  await viewWhere(core, server.id, ({ stats }) => stats.counts?.tools === 2)
  await core.supervisor.stopAndWait(server.id)
})

test('a server that asks for a sign-in waits for a person', async () => {
  const refusing = await serveHttp((_request, response) => {
    response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
  })
  const { add, start } = await openTempCore()
  for (const type of ['http', 'sse'] as const) {
    const server = await add(type, remote(type, refusing.url))
    expect(inPhase(await start(server.id), 'failed').error.code).toBe('auth_required')
  }
})

test('a server that refuses connections is tried again, and says why', async () => {
  const port = await freePort()
  const { add, start } = await openTempCore({ timing: noRetry })
  for (const type of ['http', 'sse'] as const) {
    const server = await add(type, remote(type, `http://127.0.0.1:${port}/mcp`))
    const { error } = inPhase(await start(server.id), 'backoff')
    expect(error).toMatchObject({
      code: 'unreachable',
      data: { reason: `Nothing listens on 127.0.0.1:${port}.` },
    })
  }
})

test('a server that fails inside says with which status', async () => {
  const broken = await serveHttp((_request, response) => {
    response.writeHead(503).end('later')
  })
  const { add, start } = await openTempCore({ timing: noRetry })
  const server = await add('broken', remote('http', broken.url))
  expect(inPhase(await start(server.id), 'backoff').error).toMatchObject({
    code: 'unreachable',
    data: { status: 503 },
  })
})

test('a page that is no MCP server fails the handshake', async () => {
  const page = await serveHttp((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>')
  })
  const { add, start } = await openTempCore({ timing: noRetry })
  const server = await add('page', remote('http', page.url))
  expect(inPhase(await start(server.id), 'backoff').error.code).toBe('handshake_failed')
})

test('a server that never answers is given up after the start time-out, in all its forms together', async () => {
  const silent = await serveHttp(() => {})
  const { add, start } = await openTempCore({ timing: noRetry })
  for (const type of ['http', 'sse'] as const) {
    const server = await add(type, remote(type, silent.url), {
      timeouts: { startMs: 500, callMs: null },
    })
    const { error } = inPhase(await start(server.id), 'backoff')
    expect(error.code).toBe('handshake_timeout')
    await silent.drained()
  }
})

test('a stop in the handshake closes the connection', async () => {
  const silent = await serveHttp(() => {})
  const { core, add, state } = await openTempCore()
  for (const type of ['http', 'sse'] as const) {
    const server = await add(type, remote(type, silent.url))
    core.supervisor.command(server.id, 'start')
    await until(() => silent.sockets.size > 0)
    core.supervisor.command(server.id, 'stop')
    await settled(core, server.id)
    expect(state(server.id)).toMatchObject({ phase: 'stopped', reason: 'user' })
    await silent.drained()
  }
})

test('headers are sent, with their secrets, which the log does not show', async () => {
  const seen: (string | undefined)[] = []
  const modern = await serveModern()
  const front = await serveHttp((request, response) => {
    seen.push(request.headers.authorization)
    response.writeHead(307, { location: modern.url + (request.url ?? '') }).end()
  })
  const { at, add, start, core } = await openTempCore({ timing: noRetry })
  const token = 'fixture-token-4711-abcdef'
  const server = await add('with header', {
    type: 'http',
    url: front.url,
    headers: { Authorization: `Bearer ${token}` },
    headersHelper: null,
  })
  await start(server.id)
  expect(seen[0]).toBe(`Bearer ${token}`)
  const stored = JSON.stringify(core.registry.list())
  expect(stored).not.toContain(token)
  expect(stored).toContain('secret://')
  expect(at.data).not.toContain(token)
})

test('a redirect within the server is followed; to another one goes nothing, and it says where', async () => {
  const seen: string[] = []
  const other = await serveHttp((request, response) => {
    seen.push(`${request.method} ${String(request.headers['x-key'])}`)
    response.writeHead(404).end()
  })
  const moved = await serveHttp((request, response) => {
    const isOld = request.url === '/old'
    response.writeHead(308, { location: isOld ? '/new' : `${other.url}/mcp` }).end()
  })
  const { add, start } = await openTempCore({ timing: noRetry })
  const headers = { 'X-Key': 'a-key-for-this-server-alone' }
  for (const type of ['http', 'sse'] as const) {
    const url = `${moved.url}/old`
    const server = await add(type, { type, url, headers, headersHelper: null })
    const { error } = inPhase(await start(server.id), 'backoff')
    expect(JSON.stringify(error)).toContain(
      `It redirects to ${other.url}, which is another server.`,
    )
  }
  expect(seen).toEqual([])
})

test('a headers helper gives the headers, and one that fails says so', async () => {
  const seen: (string | undefined)[] = []
  const page = await serveHttp((request, response) => {
    seen.push(request.headers['x-helped'] as string | undefined)
    response.writeHead(401).end()
  })
  const { core, add, start, lines } = await openTempCore()
  const helper = (headersHelper: string) =>
    ({ type: 'http', url: page.url, headers: {}, headersHelper }) as const
  const good = await add('good', helper(`echo '{"X-Helped":"'$CLAUDE_CODE_MCP_SERVER_NAME'"}'`))
  await start(good.id)
  expect(seen[0]).toBe('good')
  const inArgument = expect.stringContaining('headersHelper holds a secret')
  expect(lines(good.id)).not.toContainEqual(inArgument)
  await core.vault.set(secretNameSchema.parse('helper.key'), 'a-key-of-the-helper')
  const told = await add('told', helper(`echo '{"X-Helped":"secret://helper.key"}'`))
  await start(told.id)
  expect(seen).toContain('a-key-of-the-helper')
  expect(lines(told.id)).toContainEqual(inArgument)
  for (const [name, line] of [
    ['exits', 'exit 3'],
    ['prints no JSON', 'echo hello'],
  ] as const) {
    const bad = await add(name, helper(line))
    expect(inPhase(await start(bad.id), 'failed').error.code).toBe('config_invalid')
  }
})

test('headers of a helper that the server refuses later are printed anew', async () => {
  const modern = await serveModern()
  const { at, add, start, call } = await openTempCore()
  const file = join(at.root, 'key')
  const give = (key: string) => writeFileSync(file, key)
  const front = await serveHttp((request, response) => {
    if (request.headers['x-key'] !== readFileSync(file, 'utf8')) {
      response.writeHead(401).end()
      return
    }
    const { method, headers } = request
    const behind = httpRequest(modern.url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers)
      answer.pipe(response)
    })
    request.pipe(behind)
  })
  give('the-first-key')
  const headersHelper = `echo '{"X-Key":"'$(cat '${file}')'"}'`
  const server = await add('helped', { type: 'http', url: front.url, headers: {}, headersHelper })
  inPhase(await start(server.id), 'running')
  give('the-second-key')
  expect(await codeOf(call(server.id, 'greet'))).toBe('auth_required')
  // A minute later.
  const now = performance.now.bind(performance)
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + 60_000)
  onTestFinished(() => clock.mockRestore())
  expect(textOf(await call(server.id, 'greet'))).toBe('greet: hello')
})

test('a server that was restarted and lost its sessions is connected to anew', async () => {
  const first = await serveEverything('streamableHttp')
  const { core, add, start, call } = await openTempCore({ timing: quickTiming })
  const server = await add('everything', remote('http', first.url))
  await start(server.id)
  await first.stop()
  await serveEverything('streamableHttp', first.port)
  // The call finds it out, without a wait for the next checks, and goes to the new session: the server never took it.
  expect(textOf(await call(server.id, 'echo', { message: 'again' }))).toBe('Echo: again')
  expect(core.supervisor.view(server.id).stats.lastError?.error.code).toBe('unreachable')
})

test('a server that is gone shows as not answering, then as lost, and comes back by itself', async () => {
  const first = await serveEverything('streamableHttp')
  const { core, add, start, call } = await openTempCore({
    timing: { ...quickHealth, retry: { baseMs: 2_000, capMs: 2_000, jitter: 0 } },
  })
  const server = await add('everything', remote('http', first.url))
  await start(server.id)
  await first.stop()
  // One failed check is not the end of a remote server.
  await viewWhere(core, server.id, ({ state }) => {
    return state.phase === 'running' && state.health === 'unresponsive'
  })
  expect(await codeOf(call(server.id, 'echo', { message: 'x' }))).toBe('unreachable')
  const lost = await phaseOf(core, server.id, 'backoff')
  expect(inPhase(lost, 'backoff').error.code).toBe('unreachable')
  await serveEverything('streamableHttp', first.port)
  await phaseOf(core, server.id, 'running')
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
}

test('an event without an end ends the start, not the memory', async () => {
  const page = await serveHttp((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const piece = 'x'.repeat(1024 * 1024)
    const more = () => {
      if (!response.destroyed) response.write(piece, more)
    }
    more()
  })
  const { start, add } = await openTempCore({
    timing: { ...quickTiming, retry: { baseMs: 1e6, capMs: 1e6, jitter: 0 } },
  })
  const server = await add('endless', remote('sse', page.url))
  expect(inPhase(await start(server.id), 'backoff').error.code).toBe('message_too_large')
})
