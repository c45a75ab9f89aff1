import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { serveHttp } from '../http-fixtures.ts'
import {
  errorOf,
  fixtureServer,
  inPhase,
  makeTempHome,
  openTempCore,
  processesOf,
  quickTiming,
  stdio,
  type TempCore,
  type TempHome,
  textOf,
} from '../temp-core.ts'

/** Where a server runs and with which environment, told by itself. */
async function whereOf(temp: TempCore, id: Parameters<TempCore['call']>[0]) {
  const where: unknown = JSON.parse(textOf(await temp.call(id, 'where')))
  // The fixture's own words, just below in this repository.
  return where as { cwd: string; argv: string[]; env: Record<string, string>; pid: number }
}

/** The environment of a host that was started by a desktop: without what the shell's start-up files add. */
function desktopEnv(at: TempHome, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { PATH: '/usr/bin:/bin', HOME: at.home, SHELL: '/bin/bash', TEST_ROOT: at.root, ...more }
}

/** A folder with a command of its own, as nvm, mise and volta have. */
function writeTool(at: TempHome, name: string): string {
  const dir = join(at.home, '.tools', 'bin')
  mkdirSync(dir, { recursive: true })
  const file = join(dir, name)
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' "$@"\n`)
  chmodSync(file, 0o755)
  return dir
}

test.for(['.bash_profile', '.profile'])(
  'a command that only the login shell finds is found (%s)',
  async (file) => {
    const at = makeTempHome()
    const dir = writeTool(at, 'my-node')
    writeFileSync(
      join(at.home, file),
      `export PATH="${dir}:$PATH"\nexport FROM_PROFILE=yes\necho noise\nexport TWO_LINES="größe\nB=2"\n`,
    )
    const temp = await openTempCore({ env: desktopEnv(at, { FROM_HOST: 'yes' }) }, at)
    const server = await temp.add('tool', stdio('my-node', fixtureServer, 'ok'))
    inPhase(await temp.start(server.id), 'running')
    const { env } = await whereOf(temp, server.id)
    expect(env).toMatchObject({
      FROM_PROFILE: 'yes',
      FROM_HOST: 'yes',
      TWO_LINES: 'größe\nB=2',
    })
    expect(env['B']).toBeUndefined()
    // The shell's entries first, then those of the host; each once.
    const path = env['PATH']?.split(':') ?? []
    expect(path[0]).toBe(dir)
    expect(new Set(path).size).toBe(path.length)
    expect(temp.core.notices()).toEqual([])
  },
)

test('a server started from an AppImage finds nothing of its mount', async () => {
  const at = makeTempHome()
  const mount = join(at.root, 'mount')
  const appImage = {
    APPDIR: mount,
    APPIMAGE: join(at.home, 'MCP-Manager.AppImage'),
    PATH: `${mount}:${mount}/usr/sbin:/usr/bin:/bin`,
    LD_LIBRARY_PATH: `${mount}/usr/lib`,
  }
  const temp = await openTempCore({ env: desktopEnv(at, appImage) }, at)
  const server = await temp.addFixture('ok')
  inPhase(await temp.start(server.id), 'running')
  const { env } = await whereOf(temp, server.id)
  expect(JSON.stringify(env)).not.toContain(mount)
  expect(env['PATH']).toContain('/usr/bin')
})

test('a shell that hangs is given up, is told of, and leaves nothing; servers start all the same', async () => {
  const at = makeTempHome()
  writeFileSync(join(at.home, '.bash_profile'), 'sleep 1000 & read -r x; sleep 1000\n')
  const temp = await openTempCore(
    { env: desktopEnv(at), timing: { ...quickTiming, shellMs: 500 } },
    at,
  )
  const server = await temp.addFixture('ok')
  inPhase(await temp.start(server.id), 'running')
  expect(temp.core.notices()).toEqual([
    {
      code: 'login_shell_failed',
      data: { shell: '/bin/bash', reason: 'It did not end within 0.5 s.' },
    },
  ])
  expect(processesOf(at.root)).toHaveLength(1)
})

test('a shell that is not there, or ends before its time, is told of', async () => {
  for (const [shell, script, reason] of [
    ['/no/such/shell', '', /ENOENT/],
    ['/bin/bash', 'exit 3\n', /It ended without an answer/],
  ] as const) {
    const at = makeTempHome()
    writeFileSync(join(at.home, '.bash_profile'), script)
    const temp = await openTempCore({ env: desktopEnv(at, { SHELL: shell }) }, at)
    const server = await temp.addFixture('ok')
    inPhase(await temp.start(server.id), 'running')
    expect(temp.core.notices()).toMatchObject([
      { code: 'login_shell_failed', data: { shell, reason: expect.stringMatching(reason) } },
    ])
    await temp.close()
  }
})

test('start-up files that print, fail, and leave a daemon behind do no harm', async () => {
  const at = makeTempHome()
  const dir = writeTool(at, 'my-node')
  writeFileSync(
    join(at.home, '.bash_profile'),
    [
      'echo "Welcome! {\\"not\\": \\"the environment\\"}"',
      'echo trouble >&2',
      'false',
      'no-such-command-in-the-profile',
      'sleep 1000 &',
      `export PATH="${dir}:$PATH" WITH_LINES="first`,
      'second" WITH_SIGNS="a=b\'c$d"',
      '',
    ].join('\n'),
  )
  const temp = await openTempCore({ env: desktopEnv(at) }, at)
  const server = await temp.add('tool', stdio('my-node', fixtureServer, 'ok'))
  inPhase(await temp.start(server.id), 'running')
  const { env } = await whereOf(temp, server.id)
  expect(env).toMatchObject({ WITH_LINES: 'first\nsecond', WITH_SIGNS: "a=b'c" })
  expect(temp.core.notices()).toEqual([])
  expect(processesOf(at.root)).toHaveLength(1)
})

test('the shell is asked once for all servers', async () => {
  const at = makeTempHome()
  const count = join(at.root, 'asked')
  writeFileSync(join(at.home, '.bash_profile'), `echo asked >> '${count}'\n`)
  const temp = await openTempCore({ env: desktopEnv(at) }, at)
  const servers = await Promise.all(
    ['a', 'b', 'c'].map((name) => temp.add(name, stdio(process.execPath, fixtureServer, 'ok'))),
  )
  await Promise.all(servers.map((server) => temp.start(server.id)))
  expect(readFileSync(count, 'utf8')).toBe('asked\n')
})

test('nothing of this program reaches a server, but its run id and its owner', async () => {
  const at = makeTempHome()
  const vaultKey = 'the key of the vault, which no child sees'
  writeFileSync(join(at.home, '.bash_profile'), 'export MCP_MANAGER_FROM_PROFILE=x\n')
  const temp = await openTempCore(
    {
      env: desktopEnv(at, {
        MCP_MANAGER_HOME: at.data,
        MCP_MANAGER_VAULT_KEY: vaultKey,
        MCP_MANAGER_RUN_ID: 'of an outer one',
      }),
    },
    at,
  )
  const server = await temp.addFixture('ok')
  await temp.start(server.id)
  const { env } = await whereOf(temp, server.id)
  const own = Object.keys(env).filter((name) => name.startsWith('MCP_MANAGER_'))
  expect(own.toSorted()).toEqual(['MCP_MANAGER_OWNER', 'MCP_MANAGER_RUN_ID'])
  expect(env['MCP_MANAGER_RUN_ID']).toMatch(/^[0-9a-f-]{36}$/)
  expect(JSON.stringify(env)).not.toContain(vaultKey)
  expect(env).not.toHaveProperty('CLAUDE_PROJECT_DIR')
})

test('a server runs in its project, its own directory, or the home directory', async () => {
  const temp = await openTempCore()
  const project = join(temp.at.root, 'project')
  mkdirSync(join(project, 'inner'), { recursive: true })
  writeFileSync(join(project, 'values.env'), 'FROM_FILE=file\nBOTH=file\n# a comment\n')
  const base = { type: 'stdio', command: process.execPath, args: [fixtureServer, 'ok'] } as const
  const cases = [
    ['user', { ...base, env: {}, cwd: null, envFile: null }, {}, temp.at.home],
    ['project', { ...base, env: {}, cwd: null, envFile: null }, { project }, project],
    [
      'inner',
      { ...base, env: { BOTH: 'env' }, cwd: 'inner', envFile: '../values.env' },
      { project },
      join(project, 'inner'),
    ],
  ] as const
  for (const [name, transport, more, cwd] of cases) {
    const server = await temp.add(name, { ...transport, args: [...transport.args] }, more)
    inPhase(await temp.start(server.id), 'running')
    expect((await whereOf(temp, server.id)).cwd).toBe(cwd)
  }
  const inner = temp.core.registry.list().find((server) => server.name === 'inner')
  if (inner === undefined) throw new Error('it was added above')
  expect((await whereOf(temp, inner.id)).env).toMatchObject({ FROM_FILE: 'file', BOTH: 'env' })
})

test('a secret reaches the server and neither the configuration nor the log', async () => {
  const temp = await openTempCore()
  const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
  const server = await temp.add('secretive', {
    type: 'stdio',
    command: process.execPath,
    args: [fixtureServer, 'prints-secret', `--token=${token}`],
    env: { FIXTURE_TOKEN: token },
    cwd: null,
    envFile: null,
  })
  expect(JSON.stringify(server)).not.toContain(token)
  inPhase(await temp.start(server.id), 'running')
  const { env, argv } = await whereOf(temp, server.id)
  expect(env['FIXTURE_TOKEN']).toBe(token)
  expect(argv).toContain(`--token=${token}`)
  const lines = temp.lines(server.id).join('\n')
  expect(lines).toContain('my token is [secret ')
  expect(lines).not.toContain(token)
})

test('a secret in the error of a server is told nowhere', async () => {
  const temp = await openTempCore()
  const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
  const addWithToken = (mode: string) =>
    temp.add(mode, {
      type: 'stdio',
      command: process.execPath,
      args: [fixtureServer, mode],
      env: { FIXTURE_TOKEN: token },
      cwd: null,
      envFile: null,
    })
  const refusing = await addWithToken('refuses-with-secret')
  const view = await temp.start(refusing.id)
  expect(JSON.stringify(view)).toContain('the token [secret ')
  expect(JSON.stringify(view)).not.toContain(token)

  const server = await addWithToken('ok')
  inPhase(await temp.start(server.id), 'running')
  const error = await errorOf(temp.call(server.id, 'refuse', { reason: `no: ${token}` }))
  expect(error).toMatchObject({
    code: 'rpc_error',
    data: { reason: expect.stringContaining('no: [secret ') },
  })
  expect(error.message).not.toContain(token)
})

test('what a headers helper prints is redacted too', async () => {
  const { start, add, lines } = await openTempCore()
  const token = 'short-lived-0123456789'
  const page = await serveHttp((request, response) => {
    const given = request.headers.authorization ?? ''
    const message = `${given} and ${given.replace('Bearer ', '')} are wrong`
    const reply = async () => {
      const { id = null } = request.method === 'POST' ? JSON.parse(await text(request)) : {}
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32601, message } }))
    }
    void reply()
  })
  const server = await add('helped', {
    type: 'http',
    url: page.url,
    headers: {},
    headersHelper: `echo '{"Authorization":"Bearer ${token.slice(0, 5)}'${token.slice(5)}'"}'`,
  })
  const view = await start(server.id)
  expect(JSON.stringify(view.state)).toContain('[secret helper.')
  expect(JSON.stringify(view.state) + lines(server.id).join('\n')).not.toContain(token)
})
