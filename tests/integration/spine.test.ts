import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Core } from '../../src/core/create-core.ts'
import type { ServerId } from '../../src/shared/domain/ids.ts'
import type { JsonObject } from '../../src/shared/lib/json.ts'
import {
  fixtureServer,
  inPhase,
  makeTempHome,
  openTempCore,
  processesOf,
  quickTiming,
  repository,
  settled,
  type TempHome,
  textOf,
} from './temp-core.ts'

/** A published server, run from this repository's own devDependencies. */
function published(name: string, ...args: string[]) {
  const script = join(repository, 'node_modules', name, 'dist', 'index.js')
  return { type: 'stdio', command: 'node', args: [script, ...args] }
}

const sequentialThinking = '@modelcontextprotocol/server-sequential-thinking@2026.8.31'

/** Writes a person's Claude Code files: user scope, one folder's local scope, and that folder's own `.mcp.json`. */
function writeClaudeFiles(at: TempHome): { readonly claudeJson: string; readonly project: string } {
  const project = join(at.root, 'project')
  mkdirSync(project)
  const claudeJson = join(at.home, '.claude.json')
  writeFileSync(
    claudeJson,
    JSON.stringify(
      {
        numStartups: 12,
        mcpServers: {
          everything: published('@modelcontextprotocol/server-everything'),
          thinking: { command: 'npx', args: ['-y', sequentialThinking] },
          context7: published('@upstash/context7-mcp'),
        },
        projects: {
          [project]: {
            allowedTools: [],
            mcpServers: {
              memory: {
                ...published('@modelcontextprotocol/server-memory'),
                env: { MEMORY_FILE_PATH: join(project, 'memory.json') },
              },
            },
          },
        },
      },
      null,
      2,
    ),
  )
  writeFileSync(
    join(project, '.mcp.json'),
    JSON.stringify({
      mcpServers: {
        files: published('@modelcontextprotocol/server-filesystem', project),
      },
    }),
  )
  writeFileSync(join(project, 'hello.txt'), 'hello from a file')
  return { claudeJson, project }
}

function idOf(core: Core, name: string): ServerId {
  const server = core.registry.list().find((candidate) => candidate.name === name)
  if (server === undefined) throw new Error(`${name} is not registered`)
  return server.id
}

test('a person’s own claude.json: imported, switched on, run, listed, called, stopped, nothing left', async () => {
  const at = makeTempHome()
  const { claudeJson, project } = writeClaudeFiles(at)
  const { core, close, lines } = await openTempCore(
    {
      env: {
        PATH: process.env['PATH'],
        HOME: at.home,
        SHELL: '/bin/sh',
        TEST_ROOT: at.root,
        // The home is empty, and a download per run is not what is tested.
        npm_config_cache: process.env['npm_config_cache'] ?? join(homedir(), '.npm'),
        npm_config_prefer_offline: 'true',
        ...registryOf(process.env),
      },
      // Each of these servers answers the probe; on a busy machine it takes a while until one does.
      timing: { ...quickTiming, probe: { afterFirstByteMs: 30_000, afterSpawnMs: 30_000 } },
    },
    at,
  )

  // Without a path: what Claude Code itself would read.
  const first = await core.importer.run({
    files: [],
    dryRun: false,
    start: false,
    only: null,
    leaveOut: [],
  })
  expect(first.report.problems).toEqual([])
  expect(first.report.files.map((one) => [one.client, one.file, one.servers])).toEqual(
    expect.arrayContaining([
      ['claude-json', claudeJson, 4],
      ['mcp-json', join(project, '.mcp.json'), 1],
    ]),
  )
  expect(
    core.registry.list().map(({ name, scope, enabled }) => ({ name, scope, enabled })),
  ).toEqual([
    { name: 'context7', scope: 'user', enabled: false },
    { name: 'everything', scope: 'user', enabled: false },
    { name: 'files', scope: 'project', enabled: false },
    { name: 'memory', scope: 'local', enabled: false },
    { name: 'thinking', scope: 'user', enabled: false },
  ])
  // Nothing runs before a person says so.
  expect(processesOf(at.root)).toEqual([])

  const again = await core.importer.run({
    files: [],
    dryRun: false,
    start: false,
    only: null,
    leaveOut: [],
  })
  expect(again.report.servers.map((server) => server.change)).toEqual(Array(5).fill('unchanged'))
  expect(again.imported.toSorted()).toEqual(first.imported.toSorted())

  for (const id of first.imported) {
    await core.registry.change(id, (server) => ({ ...server, enabled: true }))
    core.supervisor.reconcile(id)
  }
  const views = await Promise.all(first.imported.map((id) => settled(core, id)))
  for (const view of views) inPhase(view, 'running')
  const eras = views.map((view) => [view.definition.name, inPhase(view, 'running').protocol.era])
  expect(Object.fromEntries(eras)).toMatchObject({ context7: 'modern', everything: 'legacy' })

  const inventories = await core.tools.inventories()
  const tools = Object.fromEntries(
    inventories.map((one) => [one.serverName, one.tools.map((tool) => tool.name)]),
  )
  expect(tools).toEqual({
    context7: expect.arrayContaining(['resolve-library-id']),
    everything: expect.arrayContaining(['echo', 'get-sum']),
    files: expect.arrayContaining(['read_text_file', 'list_directory']),
    memory: expect.arrayContaining(['create_entities', 'read_graph']),
    thinking: ['sequentialthinking'],
  })

  const call = async (server: string, tool: string, args: JsonObject) => {
    const { result } = await core.tools.call(
      { kind: 'cli' },
      { serverId: idOf(core, server), tool, args },
      { signal: AbortSignal.timeout(30_000), onEvent: () => {} },
    )
    return result
  }
  expect(textOf(await call('everything', 'echo', { message: 'spine' }))).toBe('Echo: spine')
  expect(textOf(await call('files', 'read_text_file', { path: join(project, 'hello.txt') }))).toBe(
    'hello from a file',
  )
  const entity = { name: 'spine', entityType: 'test', observations: ['it holds'] }
  await call('memory', 'create_entities', { entities: [entity] })
  expect(readFileSync(join(project, 'memory.json'), 'utf8')).toContain('it holds')
  const thought = { thought: 'one', nextThoughtNeeded: false, thoughtNumber: 1, totalThoughts: 1 }
  expect(textOf(await call('thinking', 'sequentialthinking', thought))).toContain('thoughtNumber')
  // It asks a service in the network, which a test cannot count on: an answer of either kind is one.
  const query = { query: 'react hooks', libraryName: 'react' }
  expect((await call('context7', 'resolve-library-id', query)).content).not.toEqual([])

  for (const id of first.imported) {
    expect(lines(id, 'lifecycle').at(-1)).toMatch(/^Running: /)
    expect(lines(id, 'protocol').join('\n')).toContain('"method":"tools/list"')
  }
  // The npx wrapper, what it runs, and the four others.
  expect(processesOf(at.root).length).toBeGreaterThanOrEqual(6)
  for (const id of first.imported) {
    await core.registry.change(id, (server) => ({ ...server, enabled: false }))
    core.supervisor.reconcile(id)
  }
  await Promise.all(first.imported.map((id) => settled(core, id)))
  expect(processesOf(at.root)).toEqual([])
  await close()
})

test('an import follows its file: changed is switched off, gone is kept and told, a broken file loses nothing', async () => {
  const at = makeTempHome()
  const { core, state } = await openTempCore({}, at)
  const file = join(at.home, '.claude.json')
  const write = (mcpServers: JsonObject) => writeFileSync(file, JSON.stringify({ mcpServers }))
  const node = { command: process.execPath }
  const run = (dryRun = false) =>
    core.importer.run({
      files: [{ file, format: null, text: null }],
      dryRun,
      start: false,
      only: null,
      leaveOut: [],
    })
  const changes = async () =>
    Object.fromEntries((await run()).report.servers.map((server) => [server.name, server.change]))

  write({ a: { ...node, args: [fixtureServer, 'ok'] }, b: { ...node, args: [fixtureServer] } })
  expect((await run(true)).report.servers.map(({ change }) => change)).toEqual(['new', 'new'])
  expect(core.registry.list()).toEqual([])
  expect(await changes()).toEqual({ a: 'new', b: 'new' })
  const a = idOf(core, 'a')
  await core.registry.change(a, (server) => ({ ...server, enabled: true }))
  core.supervisor.reconcile(a)
  inPhase(await settled(core, a), 'running')

  write({
    a: { ...node, args: [fixtureServer, 'ok', 'more'] },
    b: { ...node, args: [fixtureServer] },
  })
  expect(await changes()).toEqual({ a: 'changed', b: 'unchanged' })
  await settled(core, a)
  expect(core.registry.get(a)).toMatchObject({ enabled: false })
  expect(state(a).phase).toBe('stopped')
  expect(await changes()).toEqual({ a: 'unchanged', b: 'unchanged' })

  write({ a: { ...node, args: [fixtureServer, 'ok', 'more'] } })
  const { report } = await run()
  expect(report.gone.map((server) => server.name)).toEqual(['b'])
  expect(report.problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('b is no longer in its file'),
  ])
  expect(core.registry.list().map((server) => server.name)).toEqual(['a', 'b'])

  writeFileSync(file, '{"mcpServers": {"a": {')
  const broken = await run()
  expect(broken.report.gone).toEqual([])
  expect(broken.report.problems[0]).toMatchObject({ file, line: 1, column: expect.any(Number) })
  expect(core.registry.list().map((server) => server.name)).toEqual(['a', 'b'])
})

test('literal secrets end in the vault only, and reach the server all the same', async () => {
  const at = makeTempHome()
  const { core, call, start, lines } = await openTempCore({}, at)
  const secrets = {
    env: 'ghp_0123456789abcdefghijABCDEFGHIJ012345',
    arg: 'sk-proj-4f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c',
    url: 'u7Hq2nP9xKw4Zr8TfVb3',
    header: 'xoxb-123456789012-abcdefABCDEF12345678',
    extra: 'AKIAIOSFODNN7EXAMPLX',
  }
  const file = join(at.home, '.claude.json')
  writeFileSync(
    file,
    JSON.stringify({
      mcpServers: {
        local: {
          command: process.execPath,
          args: [fixtureServer, 'prints-secret', `--api-key=${secrets.arg}`],
          env: { FIXTURE_TOKEN: secrets.env, PLAIN: 'visible' },
          unknownKey: { awsAccessKeyId: secrets.extra },
        },
        remote: {
          type: 'http',
          url: `http://127.0.0.1:9/mcp?api_key=${secrets.url}`,
          headers: { Authorization: `Bearer ${secrets.header}` },
        },
      },
    }),
  )
  const { report } = await core.importer.run({
    files: [{ file, format: null, text: null }],
    dryRun: false,
    start: false,
    only: null,
    leaveOut: [],
  })
  expect(report.secretsLeftOut).toBe(false)
  expect(report.problems).toEqual([])

  const local = idOf(core, 'local')
  inPhase(await start(local), 'running')
  const where: unknown = JSON.parse(textOf(await call(local, 'where')))
  expect(where).toMatchObject({
    argv: ['prints-secret', `--api-key=${secrets.arg}`],
    env: { FIXTURE_TOKEN: secrets.env, PLAIN: 'visible' },
  })
  expect(lines(local).join('\n')).toContain('[secret ')
  await core.close()

  const kept = keptFiles(at.data)
  expect(kept.map(([name]) => name)).toContain('servers.json')
  for (const secret of Object.values(secrets)) {
    expect(kept.filter(([, bytes]) => bytes.includes(secret)).map(([name]) => name)).toEqual([])
    expect(lines(local).join('\n')).not.toContain(secret)
  }
})

test('without a place for secrets the servers are taken, their secrets are left out and told', async () => {
  const at = makeTempHome()
  const { core, start } = await openTempCore({ vaultKey: undefined }, at)
  const file = join(at.home, '.claude.json')
  const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
  const servers = {
    one: { command: process.execPath, args: [fixtureServer], env: { FIXTURE_TOKEN: token } },
    two: { command: process.execPath, args: [fixtureServer] },
  }
  writeFileSync(file, JSON.stringify({ mcpServers: servers }))
  const { report } = await core.importer.run({
    files: [{ file, format: null, text: null }],
    dryRun: false,
    start: false,
    only: null,
    leaveOut: [],
  })
  expect(report.secretsLeftOut).toBe(true)
  expect(report.problems).toMatchObject([{ file, message: expect.stringContaining('left out') }])
  expect(core.registry.list().map((server) => server.name)).toEqual(['one', 'two'])
  inPhase(await start(idOf(core, 'two')), 'running')
  const { error } = inPhase(await start(idOf(core, 'one')), 'failed')
  expect(['vault_unavailable', 'secret_missing']).toContain(error.code)
  for (const [, bytes] of keptFiles(at.data)) expect(bytes.includes(token)).toBe(false)
})

/** Every file that is kept, with its name: configuration with its backups, cache, vault, ledger, and the log with its journal. */
function keptFiles(directory: string): readonly (readonly [string, Buffer])[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name))] as const)
}

/** How npm reaches the registry on this machine; it is set up by environment where it is not by file. */
function registryOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = Object.keys(env).filter((name) =>
    /^(?:npm_config_(?:registry|userconfig|globalconfig|cafile|proxy|https_proxy|noproxy|strict_ssl)|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS)$/i.test(
      name,
    ),
  )
  return Object.fromEntries(names.map((name) => [name, env[name]]))
}
