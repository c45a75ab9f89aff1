import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultTiming } from '../../../src/core/servers/lifecycle-timing.ts'
import { secretNameSchema } from '../../../src/shared/domain/ids.ts'
import {
  codeOf,
  fixtureServer,
  inPhase,
  openTempCore,
  phaseOf,
  quickTiming,
  remote,
  settled,
  stdio,
  textOf,
  vaultKey,
  viewWhere,
} from '../temp-core.ts'

/** Retries are not wanted here: the first failure is what is looked at. */
const noRetry = { ...quickTiming, retry: { baseMs: 1e6, capMs: 1e6, jitter: 0 } }

test('a server that crashes at its start says how it ended and what it printed last', async () => {
  const { start, addFixture, lines } = await openTempCore({ timing: noRetry })
  const server = await addFixture('crash', '42')
  const view = await start(server.id)
  const { error } = inPhase(view, 'backoff')
  expect(error.code).toBe('exited')
  expect(error.data).toMatchObject({
    exitCode: 42,
    // The last line has no line end, and is not lost for that. What the process said that ended on the probe may come late, and
    // then stands before.
    stderr: expect.arrayContaining([
      'Error: no configuration found',
      'set FIXTURE_KEY and try again',
    ]),
  })
  expect(view.stats.lastError?.error).toEqual(error)
  expect(view.stats.lastError?.stderr).toEqual(error.data['stderr'])
  expect(lines(server.id, 'lifecycle')).toContainEqual(expect.stringMatching(/ended with code 42/))
})

test('a server that is killed by a signal says which one', async () => {
  const { start, addFixture } = await openTempCore({ timing: noRetry })
  const server = await addFixture('crash-by-signal', 'SIGKILL')
  const { error } = inPhase(await start(server.id), 'backoff')
  expect(error).toMatchObject({ code: 'exited', data: { signal: 'SIGKILL' } })
  expect(error.data).not.toHaveProperty('exitCode')
})

test('a server that ends in the middle of the handshake has its last words read', async () => {
  const { start, addFixture } = await openTempCore({ timing: noRetry })
  const server = await addFixture('crash-in-handshake')
  const { error } = inPhase(await start(server.id), 'backoff')
  expect(error).toEqual({
    code: 'exited',
    data: { exitCode: 3, stderr: ['Error: cannot read its database'] },
  })
})

test('a handshake that hangs is given up after the start time-out, and the process is gone', async () => {
  const { core, start, add } = await openTempCore({ timing: noRetry })
  const server = await add('hang', stdio(process.execPath, fixtureServer, 'hang-in-handshake'), {
    timeouts: { startMs: 1_000, callMs: null },
  })
  const steps: string[] = []
  core.supervisor.onDidChange((event) => {
    if (event.type === 'changed') steps.push(event.server.state.phase)
  })
  const { error } = inPhase(await start(server.id), 'backoff')
  expect(error).toMatchObject({
    code: 'handshake_timeout',
    data: { seconds: 1, stderr: ['thinking about the handshake'] },
  })
  expect([...new Set(steps)]).toEqual(['starting', 'stopping', 'backoff'])
})

test('an answer to initialize that is none fails the handshake', async () => {
  const { start, addFixture } = await openTempCore({ timing: noRetry })
  const server = await addFixture('garbage-handshake')
  const { error } = inPhase(await start(server.id), 'backoff')
  expect(error.code).toBe('handshake_failed')
})

test('a program that is no MCP server at all fails with a time-out and its output in the log', async () => {
  const { start, add, lines } = await openTempCore({
    timing: { ...noRetry, probe: { afterFirstByteMs: 100, afterSpawnMs: 200 } },
  })
  const server = await add('garbage', stdio(process.execPath, fixtureServer, 'garbage'), {
    timeouts: { startMs: 1_000, callMs: null },
  })
  const { error } = inPhase(await start(server.id), 'backoff')
  expect(error.code).toBe('handshake_timeout')
  expect(lines(server.id, 'stdout')).toContain('garbage garbage')
})

test('what another attempt cannot mend fails at once and says what is missing', async () => {
  const { at, start, add } = await openTempCore()
  const plain = join(at.root, 'not-executable')
  writeFileSync(plain, '#!/bin/sh\n')
  const noInterpreter = join(at.root, 'no-interpreter')
  writeFileSync(noInterpreter, '#!/no/such/interpreter\n')
  chmodSync(noInterpreter, 0o755)
  const node = { command: process.execPath, args: [], env: {}, cwd: null, envFile: null }
  const cases: [string, Parameters<typeof add>[1], string][] = [
    ['no such command', stdio('no-such-command-here'), 'command_not_found'],
    ['no such file', stdio('./no-such-file'), 'command_not_found'],
    ['not executable', stdio(plain), 'permission_denied'],
    ['no interpreter', stdio(noInterpreter), 'command_not_found'],
    ['no directory', { type: 'stdio', ...node, cwd: '/no/such/folder' }, 'directory_not_found'],
    ['a file as directory', { type: 'stdio', ...node, cwd: plain }, 'directory_not_found'],
    ['no env file', { type: 'stdio', ...node, envFile: '/no/such.env' }, 'file_unreadable'],
    ['no url', remote('http', 'ftp://example.test/'), 'config_invalid'],
    ['web socket', { type: 'ws', url: 'ws://x', headers: {}, reason: 'No.' }, 'not_runnable'],
  ]
  for (const [name, transport, code] of cases) {
    const view = await start((await add(name, transport)).id)
    expect({ name, state: view.state, stderr: view.stats.lastError?.stderr }).toMatchObject({
      name,
      state: { phase: 'failed', failures: 1, error: { code } },
      stderr: [],
    })
  }
})

test('a secret that the vault has lost is named', async () => {
  const { core, start, add } = await openTempCore()
  const name = secretNameSchema.parse('fixture.token')
  await core.vault.set(name, 'a value that is kept')
  const server = await add('no secret', stdio(process.execPath, `--token=secret://${name}`))
  await core.vault.delete(name)
  const { error } = inPhase(await start(server.id), 'failed')
  expect(error).toEqual({ code: 'secret_missing', data: { names: ['secret://fixture.token'] } })
})

test('a secret that has yet to be added is a reference, and no literal that looks like one', async () => {
  const { core, start, add } = await openTempCore()
  const transport = stdio(process.execPath, '--token=secret://not.there')
  const server = await add('early', transport)
  expect(server.transport).toMatchObject(transport)
  const { error } = inPhase(await start(server.id), 'failed')
  expect(error).toEqual({ code: 'secret_missing', data: { names: ['secret://not.there'] } })
  const { secrets } = await core.secrets.state()
  expect(secrets).toMatchObject([{ name: 'not.there', status: 'missing' }])
})

test('servers that a locked vault held start by themselves once it is open', async () => {
  const name = secretNameSchema.parse('fixture.token')
  const first = await openTempCore()
  await first.core.vault.set(name, 'a value that is kept')
  const transport = stdio(process.execPath, fixtureServer, 'ok', `--token=secret://${name}`)
  const held = await first.add('held', transport)
  const off = await first.add('off', transport)
  await first.core.registry.change(held.id, (server) => ({ ...server, enabled: true }))
  await first.close()

  const { core, start, state } = await openTempCore({ vaultKey: undefined }, first.at)
  for (const { id } of [held, off]) {
    const { error } = inPhase(await start(id), 'failed')
    expect(error).toMatchObject({ code: 'vault_locked', data: { reason: 'key_missing' } })
  }
  await core.vault.unlock('another passphrase')
  expect(state(held.id).phase).toBe('failed')
  await core.vault.unlock(vaultKey)
  await phaseOf(core, held.id, 'running')
  // Nobody wanted this one to start.
  expect(state(off.id).phase).toBe('failed')
})

test('a crash loop is parked at the fifth failure in a row, about 15 s after the first', async () => {
  // The waits of the real program, once.
  const { core, addFixture } = await openTempCore({ timing: defaultTiming })
  const server = await addFixture('crash')
  const waits: number[] = []
  core.supervisor.onDidChange((event) => {
    if (event.type === 'changed' && event.server.state.phase === 'backoff') {
      waits.push(event.server.state.retryAt - Date.now())
    }
  })
  core.supervisor.command(server.id, 'start')
  const view = await phaseOf(core, server.id, 'failed')
  const { failures, error } = inPhase(view, 'failed')
  expect(failures).toBe(5)
  expect(error).toMatchObject({ code: 'exited', data: { exitCode: 1 } })
  expect(error.data['stderr']).toContain('set FIXTURE_KEY and try again')
  expect(view.stats.restarts).toBe(4)
  expect(waits).toHaveLength(4)
  for (const [index, wait] of waits.entries()) {
    const plain = 1_000 * 2 ** index
    // Less the moment between the decision and this reader.
    expect(wait).toBeGreaterThan(plain * 0.75)
    expect(wait).toBeLessThanOrEqual(plain * 1.2)
  }
})

test('a server that runs, exits again and again, is parked as well; a start by hand begins anew', async () => {
  const { core, call, addFixture } = await openTempCore()
  const server = await addFixture('ok')
  core.supervisor.command(server.id, 'start')
  for (let failures = 1; failures <= 5; failures += 1) {
    const running = inPhase(await phaseOf(core, server.id, 'running'), 'running')
    expect(running.failures).toBe(failures - 1)
    expect(await codeOf(call(server.id, 'exit'))).toBe('exited')
    await viewWhere(core, server.id, ({ state }) => state.phase !== 'running')
  }
  const { error } = inPhase(await settled(core, server.id), 'failed')
  expect(error).toMatchObject({
    code: 'exited',
    data: { exitCode: 7, stderr: ['ending in mid-call'] },
  })
  core.supervisor.command(server.id, 'start')
  expect(inPhase(await settled(core, server.id), 'running').failures).toBe(0)
})

test('a failure is forgiven after a while of running', async () => {
  const { core, call, addFixture } = await openTempCore({
    timing: { ...quickTiming, forgiveAfterMs: 50 },
  })
  const server = await addFixture('ok')
  core.supervisor.command(server.id, 'start')
  await phaseOf(core, server.id, 'running')
  await codeOf(call(server.id, 'exit'))
  await viewWhere(core, server.id, ({ state }) => state.phase === 'backoff')
  const forgiven = await viewWhere(
    core,
    server.id,
    ({ state }) => state.phase === 'running' && state.failures === 0,
  )
  expect(forgiven.stats.restarts).toBe(1)
  // The last failure stays readable while the server runs again.
  expect(forgiven.stats.lastError?.error.code).toBe('exited')
})

test('the probe is no failure for a server that exits on it, and the next start needs none', async () => {
  const { core, at, start, addFixture, lines } = await openTempCore()
  const server = await addFixture('exit-on-probe')
  const view = await start(server.id)
  expect(inPhase(view, 'running')).toMatchObject({ failures: 0, protocol: { era: 'legacy' } })
  expect(view.stats.restarts).toBe(0)
  const spawns = () => lines(server.id, 'lifecycle').filter((line) => line.startsWith('Started'))
  expect(spawns()).toHaveLength(2)
  await core.supervisor.stopAndWait(server.id)
  await start(server.id)
  expect(spawns()).toHaveLength(3)
  const cache: unknown = JSON.parse(readFileSync(join(at.data, 'cache.json'), 'utf8'))
  expect(cache).toMatchObject({ data: { legacyServers: expect.any(Object) } })
})

test('a server that ends at once is not remembered as an older one', async () => {
  const { core, addFixture, lines } = await openTempCore()
  const server = await addFixture('crash')
  core.supervisor.command(server.id, 'start')
  await phaseOf(core, server.id, 'failed')
  const probes = lines(server.id, 'protocol').filter((line) => line.includes('server/discover'))
  expect(probes).toHaveLength(5)
})

test('a server that does not answer what it does not know is taken for an older one', async () => {
  const { start, call, addFixture } = await openTempCore({
    timing: { ...quickTiming, probe: { afterFirstByteMs: 200, afterSpawnMs: 300 } },
  })
  const server = await addFixture('silent-on-unknown')
  expect(inPhase(await start(server.id), 'running').protocol.era).toBe('legacy')
  expect((await call(server.id, 'echo', { message: 'x' })).content).toHaveLength(1)
})

test('a server finds the folder it asks for, as Claude Code gives it', async () => {
  const { core, at, start, call } = await openTempCore()
  const project = join(at.root, 'project')
  mkdirSync(project)
  const file = join(project, '.mcp.json')
  writeFileSync(
    file,
    JSON.stringify({
      mcpServers: {
        needy: { command: process.execPath, args: [fixtureServer, 'needs-project-dir'] },
      },
    }),
  )
  const { imported } = await core.importer.run({
    files: [{ file, format: null, text: null }],
    dryRun: false,
    start: false,
    only: null,
    leaveOut: [],
  })
  const [id] = imported
  if (id === undefined) throw new Error('nothing was imported')
  inPhase(await start(id), 'running')
  const where: unknown = JSON.parse(textOf(await call(id, 'where')))
  expect(where).toMatchObject({ cwd: project, env: { CLAUDE_PROJECT_DIR: project } })
})

test('a pipe, a device or a huge file in place of a file is told, and hangs nothing', async () => {
  const { core, at, start, add } = await openTempCore({ timing: noRetry })
  const fifo = join(at.root, 'fifo')
  const huge = join(at.root, 'huge')
  const fine = join(at.root, 'fine')
  execFileSync('mkfifo', [fifo])
  writeFileSync(huge, 'A=1\n'.repeat(300_000))
  writeFileSync(fine, 'A=1\n')
  const transport = stdio(process.execPath, fixtureServer, 'ok')
  if (transport.type !== 'stdio') throw new Error('not stdio')
  const addOpencode = async (name: string, file: string, envFile: string | null) => {
    const { id } = await add(name, { ...transport, env: { A: `{file:${file}}` }, envFile })
    return await core.registry.change(id, (server) => ({ ...server, dialect: 'opencode' }))
  }
  for (const file of [fifo, '/dev/zero', huge]) {
    const name = file.replaceAll('/', '-')
    const byReference = await addOpencode(`ref${name}`, file, null)
    expect(inPhase(await start(byReference.id), 'failed').error).toEqual({
      code: 'variable_unset',
      data: { names: [`file:${file}`] },
    })
    const byEnvFile = await add(`env${name}`, { ...transport, envFile: file })
    expect(inPhase(await start(byEnvFile.id), 'failed').error.code).toBe('file_unreadable')
  }
  const good = await addOpencode('good', fine, fine)
  inPhase(await start(good.id), 'running')
})

test('what fails while the machine sleeps is tried again and parks nobody', async () => {
  const { core, addFixture } = await openTempCore({
    timing: { ...quickTiming, retry: { baseMs: 10, capMs: 10, jitter: 0 } },
  })
  core.sleep.suspend()
  const server = await addFixture('crash')
  const failed: number[] = []
  const parked: string[] = []
  core.supervisor.onDidChange((event) => {
    if (event.type !== 'changed') return
    const { state } = event.server
    if (state.phase === 'backoff') failed.push(state.failures)
    if (state.phase === 'failed') parked.push(state.error.code)
  })
  core.supervisor.command(server.id, 'start')
  // Awake, the fifth one would have parked it.
  await viewWhere(core, server.id, () => failed.length >= 8)
  expect(new Set(failed)).toEqual(new Set([1]))
  expect(parked).toEqual([])
})
