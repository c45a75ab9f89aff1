import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { processesOf } from '../temp-core.ts'
import { CliHome, realServers } from './cli-home.ts'

const key = { MCP_MANAGER_VAULT_KEY: 'a key for tests of 16 and more' }
const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'

let home: CliHome
beforeEach(() => {
  home = new CliHome()
})
afterEach(async () => {
  await home.dispose()
})

function claudeJson(mcpServers: Readonly<Record<string, unknown>>): string {
  return home.write('.claude.json', { mcpServers })
}

describe('import without a host', () => {
  test('finds the file of the person, takes its servers over, and finds nothing new the second time', async () => {
    const file = claudeJson(realServers)
    const before = readFileSync(file, 'utf8')
    const first = await home.json(['import'])
    expect(first.code).toBe(0)
    expect(first.value).toMatchObject({
      servers: Object.entries(realServers).map(([name, { command, args }]) => ({
        name,
        scope: 'user',
        project: null,
        transport: 'stdio',
        command,
        args,
        envKeys: [],
        cwd: null,
        url: null,
        headerKeys: [],
        disabled: false,
        sources: [{ client: 'claude-json', file }],
        change: 'new',
      })),
      problems: [],
      gone: [],
      secretsLeftOut: false,
    })
    const second = await home.json(['import', '.claude.json'])
    expect(second.value).toMatchObject({
      servers: Object.keys(realServers).map((name) => ({ name, change: 'unchanged' })),
    })
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test('shows with --dry-run what it would do, and does nothing', async () => {
    claudeJson(realServers)
    const { value } = await home.json(['import', '--dry-run'])
    expect(value).toMatchObject({ servers: [{}, {}, {}, {}] })
    expect((await home.json(['list'])).value).toEqual({ host: null, servers: [] })
  })

  test('prints the whole command, the variables and where a file is broken', async () => {
    claudeJson({ one: { command: 'node', args: ['a b', '--token'], env: { LANG: 'C' } } })
    const broken = home.write('broken.json', '{"mcpServers": {"x": {"command": "node"},}\n  "y"')
    const { code, stdout } = await home.run(['import', '.claude.json', broken, '--as', 'cursor'])
    expect(code).toBe(1)
    expect(stdout).toContain(`stdio: node 'a b' --token`)
    expect(stdout).toContain('environment: LANG=C')
    expect(stdout).toMatch(/broken\.json:\d+:\d+: /)
  })

  test('leaves out what stands in a damaged file alone and says where, until --damaged takes it', async () => {
    const both = { command: 'node', args: ['both'] }
    claudeJson({ both })
    const text = JSON.stringify({ mcpServers: { both, x: { command: 'node' } } })
    const broken = home.write(
      'broken.json',
      text.replace('"command":"node"}', '\n"command":"node" "args":[]}'),
    )
    const args = ['import', '.claude.json', broken, '--as', 'claude-json']
    const names = async () => (await home.json(['list'])).value['servers']

    const dry = await home.run([...args, '--dry-run'])
    expect(dry.code).toBe(0)
    expect(dry.stdout).toContain('Would be left out')
    const { code, value } = await home.json(args)
    expect(code).toBe(1)
    expect(value).toMatchObject({
      servers: [{ name: 'both' }],
      left: [{ name: 'x', scope: 'user', project: null, file: broken, line: 2 }],
    })
    expect(await names()).toMatchObject([{ name: 'both' }])
    const { stdout } = await home.run(args)
    expect(stdout).toContain(`  x: ${broken}:2:`)
    expect(stdout).toContain('--damaged')

    const all = await home.json([...args, '--damaged'])
    expect(all).toMatchObject({ code: 0, value: { left: [] } })
    expect(await names()).toMatchObject([{ name: 'both' }, { name: 'x' }])
    // What is here already is not left out: nothing would be done with it.
    expect(await home.json(args)).toMatchObject({ code: 0, value: { left: [] } })
  })

  test('prints headers, the command that prints more, and the file of variables', async () => {
    const helped = {
      type: 'http',
      url: 'https://example.com/mcp',
      headersHelper: './token.sh --all',
    }
    claudeJson({ helped: { ...helped, headers: { 'X-Team': 'red' } } })
    const vscode = home.write('mcp.json', {
      servers: { filed: { type: 'stdio', command: 'node', envFile: '/tmp/vars.env' } },
    })
    const first = await home.run(['import', '.claude.json'])
    expect(first.stdout).toContain('headers from command: ./token.sh --all')
    expect(first.stdout).toContain('header: X-Team=red')
    const second = await home.run(['import', vscode, '--as', 'vscode'])
    expect(second.stdout).toContain('environment from: /tmp/vars.env')
  })

  test('says that a file does not exist, with exit code 1', async () => {
    const { code, value } = await home.json(['import', 'none.json'])
    expect(code).toBe(1)
    expect(value).toMatchObject({
      servers: [],
      problems: [{ file: join(home.home, 'none.json'), line: null, column: null }],
    })
  })

  test('refuses an unknown client with the names of all, exit code 2', async () => {
    const { code, stderr } = await home.run(['import', 'x.json', '--as', 'emacs'])
    expect(code).toBe(2)
    expect(stderr).toContain('claude-json')
    expect(stderr).toContain('librechat')
  })

  test('leaves secrets out where no vault can take them: exit code 3, told in problems', async () => {
    const file = claudeJson({ github: { command: 'node', env: { GITHUB_TOKEN: secret } } })
    const { code, value, stderr } = await home.json(['import'])
    expect(code).toBe(3)
    expect(value).toMatchObject({
      servers: [{ name: 'github', envKeys: ['GITHUB_TOKEN'] }],
      problems: [{ file, message: expect.stringContaining('MCP_MANAGER_VAULT_KEY') }],
      secretsLeftOut: true,
    })
    expect(JSON.stringify(value) + stderr).not.toContain(secret)
  })

  test('keeps secrets in the vault file where a key is given, and nowhere else', async () => {
    claudeJson({ github: { command: 'node', env: { GITHUB_TOKEN: secret } } })
    const { code, value } = await home.json(['import'], { env: key })
    expect(code).toBe(0)
    expect(value).toMatchObject({ secretsLeftOut: false, problems: [] })
    const data = join(home.home, 'data')
    expect(existsSync(join(data, 'vault.json'))).toBe(true)
    for (const name of ['servers.json', 'vault.json']) {
      expect(readFileSync(join(data, name), 'utf8')).not.toContain(secret)
    }
  })
})

describe('without a host', () => {
  beforeEach(async () => {
    claudeJson({ ...realServers, socket: { type: 'ws', url: 'ws://127.0.0.1:1/' } })
    await home.run(['import'])
  })

  test('enable and disable change only the switch', async () => {
    const on = await home.json(['enable', '--all'])
    expect(on).toMatchObject({ code: 0, stderr: expect.stringContaining('socket') })
    expect(on.stderr).toContain('MCP Manager is not running')
    expect(on.value['servers']).toHaveLength(4)
    const off = await home.json(['disable', 'memory'])
    expect(off.value).toMatchObject({ host: null, servers: [{ name: 'memory', enabled: false }] })
    const { value } = await home.json(['list'])
    expect(value).toMatchObject({
      host: null,
      servers: [
        { name: 'everything', enabled: true, phase: 'stopped' },
        { name: 'filesystem', enabled: true },
        { name: 'memory', enabled: false },
        { name: 'socket', enabled: false },
        { name: 'thinking', enabled: true },
      ],
    })
    expect(processesOf(home.home)).toEqual([])
  })

  test('status, down and stop say that none runs, exit code 0', async () => {
    const status = await home.json(['status'])
    expect(status).toMatchObject({ code: 0, value: { running: false } })
    expect(await home.json(['down'])).toMatchObject({ code: 0, value: { stopped: false } })
    const stop = await home.run(['stop', 'memory'])
    expect(stop).toMatchObject({ code: 0, stderr: expect.stringContaining('not running') })
    expect(existsSync(join(home.home, 'data', 'host.json'))).toBe(false)
  })

  test('tools and call run the server for one command', async () => {
    const tools = await home.json(['tools', 'everything'])
    expect(tools.code).toBe(0)
    expect(tools.value).toMatchObject({
      servers: [
        {
          serverName: 'everything',
          tools: expect.arrayContaining([expect.objectContaining({ name: 'echo' })]),
        },
      ],
    })
    const call = await home.run(['call', 'everything', 'echo', '{"message":"hello"}'])
    expect(call).toEqual({ code: 0, stdout: 'Echo: hello\n', stderr: '' })
    expect(processesOf(home.home)).toEqual([])
  })

  test('the log of a server that ran for one command is kept', async () => {
    await home.run(['tools', 'memory'])
    const { code, stdout } = await home.run(['logs', 'memory', '--source', 'lifecycle', '-n', '1'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/ended with code 0|Stopped/)
    const follow = await home.run(['logs', 'memory', '--follow', '--grep', 'handshake', '--json'])
    expect(follow).toMatchObject({ code: 0, stderr: expect.stringContaining('not running') })
    for (const line of follow.stdout.trim().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({ text: expect.stringMatching(/handshake/i) })
    }
  })

  test('Ctrl-C stops the server that a command runs, exit code 130', async () => {
    const job = [
      'call',
      'everything',
      'trigger-long-running-operation',
      '{"duration":60,"steps":60}',
    ]
    const answer = await home.run(job, { signalOn: { text: 'Progress', signal: 'SIGINT' } })
    expect(answer.code).toBe(130)
    expect(processesOf(home.home)).toEqual([])
  })

  test('SIGTERM stops it too', async () => {
    const job = [
      'call',
      'everything',
      'trigger-long-running-operation',
      '{"duration":60,"steps":60}',
    ]
    const answer = await home.run(job, { signalOn: { text: 'Progress', signal: 'SIGTERM' } })
    expect(answer.code).not.toBe(0)
    expect(processesOf(home.home)).toEqual([])
  })

  test('a tool that cannot be reached is an error with what to do, exit code 1', async () => {
    const { code, value, stderr } = await home.json(['call', 'memory', 'no_such_tool'])
    expect(code).toBe(1)
    expect(value).toMatchObject({
      error: { code: 'tool_not_found', hint: expect.stringContaining('read_graph') },
    })
    expect(stderr).toContain('no_such_tool')
  })

  test('a result that reports a failure is printed, exit code 1', async () => {
    const args = JSON.stringify({ path: '/etc/hostname' })
    const { code, value } = await home.json(['call', 'filesystem', 'read_text_file', args])
    expect(code).toBe(1)
    expect(value).toMatchObject({ isError: true })
  })

  test('images are summarised, and saved with --output without writing over a file', async () => {
    const call = ['call', 'everything', 'get-tiny-image', '--output', 'pictures']
    const first = await home.run(call)
    expect(first.stdout).toMatch(/\[image: image\/png, [\d.]+ kB\]/)
    await home.run(call)
    const saved = readFileSync(join(home.home, 'pictures', 'get-tiny-image-2.png'))
    expect(saved.subarray(1, 4).toString()).toBe('PNG')
    expect(existsSync(join(home.home, 'pictures', 'get-tiny-image-2-2.png'))).toBe(true)
  })
})

describe('add, edit and remove', () => {
  test('take a command with options of its own, change what is named, and forget', async () => {
    const add = await home.run([
      'add',
      'notes',
      '--env',
      'MODE=a=b',
      '--cwd',
      '.',
      '--json',
      '--',
      'node',
      'x.js',
      '--json',
    ])
    expect(add.code).toBe(0)
    expect(JSON.parse(add.stdout)).toMatchObject({
      server: {
        name: 'notes',
        enabled: false,
        definition: {
          transport: {
            type: 'stdio',
            command: 'node',
            args: ['x.js', '--json'],
            env: { MODE: 'a=b' },
            cwd: home.home,
          },
        },
      },
    })
    const edit = await home.json([
      'edit',
      'notes',
      '--name',
      'memo',
      '--command',
      'bun',
      '--unset-env',
      'MODE',
    ])
    expect(edit.value).toMatchObject({
      server: {
        name: 'memo',
        definition: { transport: { command: 'bun', args: ['x.js', '--json'], env: {} } },
      },
    })
    expect((await home.json(['remove', 'memo'])).value).toMatchObject({
      removed: [{ name: 'memo' }],
    })
    expect((await home.json(['list'])).value['servers']).toEqual([])
  })

  test('a secret is read from stdin and kept in the vault', async () => {
    const url = 'https://example.com/mcp'
    const words = [
      'add',
      'docs',
      '--url',
      url,
      '--header',
      'Authorization: -',
      '--header',
      'X-Team: red',
    ]
    const { code, value } = await home.json(words, { env: key, input: `Bearer ${secret}\n` })
    expect(code).toBe(0)
    expect(value).toMatchObject({
      server: {
        definition: {
          transport: {
            type: 'http',
            url,
            headers: { Authorization: expect.stringContaining('secret://'), 'X-Team': 'red' },
          },
        },
      },
    })
  })

  test('a secret without a vault is an error, and nothing is added', async () => {
    const words = ['add', 'docs', '--env', 'API_KEY=-', '--', 'node']
    const { code, value } = await home.json(words, { input: `${secret}\n` })
    expect(code).toBe(1)
    expect(value).toMatchObject({ error: { code: 'vault_unavailable' } })
    expect((await home.json(['list'])).value['servers']).toEqual([])
  })
})

describe('wrong usage ends with exit code 2', () => {
  test.each([
    [['lst'], 'list'],
    [['list', '--jsn'], '--json'],
    [['enable'], 'Name one or more servers'],
    [['enable', 'x', '--all'], 'not both'],
    [['enable', 'nobody'], 'nobody'],
    [['enable', '--all', '--timeout', 'soon'], 'seconds'],
    [['logs', 'x', '--since', 'yesterday'], '10m'],
    [['add', 'x'], '--url'],
    [['add', 'x', '--url', 'ftp://x'], 'http'],
    [['add', 'x', '--env', 'A', '--', 'node'], 'NAME=value'],
    [['call', 'x', 'y', '[1]'], 'JSON object'],
    [['call', 'x', 'y', '{'], 'not JSON'],
    [['serve', '--port', '0'], '65535'],
  ])('%j', async (args, words) => {
    const { code, stdout, stderr } = await home.run(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(words)
    const json = await home.run(['--json', ...args])
    expect(json.code).toBe(2)
    expect(JSON.parse(json.stdout)).toMatchObject({
      error: { code: expect.any(String), title: expect.any(String), action: expect.any(String) },
    })
  })

  test('a vault key that is too short is one', async () => {
    const { code, stderr } = await home.run(['list'], { env: { MCP_MANAGER_VAULT_KEY: 'short' } })
    expect(code).toBe(2)
    expect(stderr).toContain('16')
  })
})

test('help names every verb and the exit codes; each verb has examples', async () => {
  const help = await home.run(['--help'])
  expect(help.code).toBe(0)
  expect(help.stdout).toContain('Exit codes')
  const verbs =
    'import list status enable disable start stop restart logs actions tools call add edit remove ps reap serve down version'
  for (const verb of verbs.split(' ')) {
    expect(help.stdout).toContain(`  ${verb}`)
    const own = await home.run([verb, '--help'])
    expect(own).toMatchObject({ code: 0, stderr: '' })
    expect(own.stdout).toContain(`mcp-manager ${verb}`)
  }
})

test('version answers in both forms', async () => {
  expect((await home.json(['version'])).value).toMatchObject({ node: process.version })
  expect((await home.run(['version'])).stdout).toContain('MCP Manager')
})

test('the value of a VS Code input is given once, kept in the vault, and filled in at launch', async () => {
  const { memory } = realServers
  // As VS Code writes it.
  const inputReference = `$\{input:store}`
  const file = home.write('mcp.json', {
    inputs: [{ id: 'store', type: 'promptString', description: 'Where', password: true }],
    servers: {
      asks: { ...memory, env: { MEMORY_FILE_PATH: inputReference } },
    },
  })
  expect((await home.json(['import', file, '--as', 'vscode'], { env: key })).code).toBe(0)

  const open = await home.json(['tools', 'asks'], { env: key })
  expect(open.code).toBe(1)
  expect(JSON.stringify(open.value)).toContain('--input ID=-')
  expect((await home.json(['edit', 'asks', '--input', 'other=x'], { env: key })).code).toBe(2)

  const path = join(home.home, 'kept-by-the-vault.json')
  expect((await home.json(['edit', 'asks', '--input', `store=${path}`], { env: key })).code).toBe(0)
  const entities = [{ name: 'a', entityType: 'b', observations: [] }]
  const call = ['call', 'asks', 'create_entities', JSON.stringify({ entities })]
  expect((await home.json(call, { env: key })).code).toBe(0)
  expect(existsSync(path)).toBe(true)
  expect(readFileSync(join(home.home, 'data', 'servers.json'), 'utf8')).not.toContain(path)
})

// `script` gives a command a terminal; its options are those of Linux.
if (process.platform === 'linux') {
  test('at a terminal a start asks for the inputs that are missing, once', async () => {
    const file = home.write('mcp.json', {
      inputs: [{ id: 'store', type: 'promptString', description: 'Where' }],
      servers: { asks: { ...realServers.memory, env: { MEMORY_FILE_PATH: `\${input:store}` } } },
    })
    expect((await home.json(['import', file, '--as', 'vscode'], { env: key })).code).toBe(0)
    const path = join(home.home, 'typed.json')
    const first = await home.runAtTerminal(['tools', 'asks'], { env: key, input: `${path}\n` })
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('store (Where): ') })
    expect(first.stdout).toContain('create_entities')
    const second = await home.runAtTerminal(['tools', 'asks'], { env: key })
    expect(second.code).toBe(0)
    expect(second.stdout).not.toContain('store (Where)')
  })
}
