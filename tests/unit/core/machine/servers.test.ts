import { describe, expect, test } from 'vitest'
import { serverIdSchema } from '../../../../src/shared/domain/ids.ts'
import { isLeftOver } from '../../../../src/shared/domain/machine.ts'
import { type FakeProcess, hostMark, serversOf } from './fake-machine.ts'

const claude: FakeProcess = { pid: 200, parent: 50, args: ['claude'], isPiped: false }
const code: FakeProcess = {
  pid: 210,
  parent: 50,
  args: ['/usr/share/code/code', '--type=utility'],
  executable: '/usr/share/code/code',
}
const serverId = serverIdSchema.parse('srv_0123456789abcdef')

/** A server as a client runs it through npx: npm, its shell, the script. */
function throughNpx(pid: number, parent: number, pkg: string, start?: string): FakeProcess[] {
  const started = start === undefined ? {} : { start }
  return [
    { pid, parent, args: ['npm', 'exec', pkg], ...started },
    { pid: pid + 1, parent: pid, args: ['sh', '-c', "'run'"], ...started },
    {
      pid: pid + 2,
      parent: pid + 1,
      args: ['node', '/n/node_modules/.bin/run'],
      script: `/n/node_modules/${pkg}/index.js`,
      ...started,
    },
  ]
}

const kinds = ({ evidence }: { evidence: readonly { kind: string }[] }) =>
  evidence.map(({ kind }) => kind)

describe('what is a server', () => {
  test('a launcher and all below it are one, with the evidence of the one that says most', () => {
    const [server, ...rest] = serversOf([claude, ...throughNpx(300, 200, '@x/files')], {
      definitions: { files: ['npx', '-y', '@x/files@1'] },
    })
    expect(rest).toEqual([])
    expect(server).toMatchObject({
      pid: 300,
      name: 'files',
      client: { name: 'Claude Code', pid: 200 },
      reap: 'bulk',
      isOrphan: false,
      copies: 1,
      memoryBytes: 3_000,
      parents: [
        { pid: 200, name: 'claude' },
        { pid: 50, name: 'bash' },
        { pid: 1, name: 'init' },
      ],
    })
    expect(server?.tree.map(({ pid, depth }) => [pid, depth])).toEqual([
      [300, 0],
      [301, 1],
      [302, 2],
    ])
    expect(server && kinds(server)).toEqual(['definition', 'client-child'])
  })

  test('a client’s child that talks by pipes, whatever it is called', () => {
    const [server] = serversOf([claude, { pid: 300, parent: 200, args: ['./mine', 'x'] }])
    expect(server && kinds(server)).toEqual(['client-child'])
    expect(server?.reap).toBe('bulk')
  })

  test.each<[string, FakeProcess]>([
    ['a shell', { pid: 300, parent: 200, args: ['/bin/bash', '-c', 'make test'] }],
    ['git', { pid: 300, parent: 200, args: ['git', 'status'] }],
    ['a language server', { pid: 300, parent: 210, args: ['node', '/x/server.js', '--stdio'] }],
    ['another one', { pid: 300, parent: 210, args: ['/x/rust-analyzer'] }],
    ['what does not talk by pipes', { pid: 300, parent: 200, args: ['./mine'], isPiped: false }],
    ['what is no child of a client', { pid: 300, parent: 50, args: ['node', 'server.js'] }],
    ['what cannot be read', { pid: 300, parent: 200, args: [], hidden: true }],
    ['the client', { pid: 300, parent: 200, args: ['claude', '--resume'] }],
    [
      'a tool for people who write servers',
      { pid: 300, parent: 50, args: ['npx', '@modelcontextprotocol/inspector'] },
    ],
  ])('%s is none', (_what, process) => {
    expect(serversOf([claude, code, process])).toEqual([])
  })

  test('Windows: the chain that Codex starts for npx, of which nothing but the command lines is known', () => {
    const unseen = { isPiped: null, input: null }
    const [server, ...rest] = serversOf([
      { pid: 400, parent: 50, args: ['C:\\p\\codex.exe', 'app-server'], ...unseen },
      { pid: 401, parent: 400, args: ['cmd.exe', '/c', 'npx', '-y', 'some-mcp@1'], ...unseen },
      {
        pid: 402,
        parent: 401,
        args: ['C:\\n\\node.exe', 'C:\\n\\node_modules\\npm\\bin\\npx-cli.js', '-y', 'some-mcp@1'],
        ...unseen,
      },
      { pid: 403, parent: 402, args: ['C:\\W\\cmd.exe', '/d', '/s', '/c', 'some-mcp'], ...unseen },
      {
        pid: 404,
        parent: 403,
        args: ['node', 'C:\\u\\_npx\\1\\node_modules\\some-mcp\\dist\\index.js'],
        ...unseen,
      },
    ])
    expect(rest).toEqual([])
    expect(server).toMatchObject({
      pid: 401,
      name: 'some-mcp',
      client: { name: 'Codex', pid: 400 },
      reap: 'bulk',
    })
    expect(server?.tree.length).toBe(4)
  })

  test('a known name alone is likely, and ends by itself only', () => {
    const [server] = serversOf([{ pid: 300, parent: 50, args: ['uvx', 'mcp-server-time'] }])
    expect(server).toMatchObject({ name: 'mcp-server-time', reap: 'single', isOrphan: false })
  })

  test('a child of a client that does not talk to it by pipes is likely at most', () => {
    const [server] = serversOf([
      claude,
      { pid: 300, parent: 200, args: ['npx', 'some-mcp'], isPiped: false },
    ])
    expect(server && kinds(server)).toEqual(['known-package'])
    expect(server).toMatchObject({ reap: 'single', isOrphan: false })
  })

  test('a shell that does more than start the server is not a part of it', () => {
    const servers = serversOf([
      { pid: 300, parent: 50, args: ['sh', '-c', 'npm run dev'] },
      { pid: 301, parent: 300, args: ['npx', 'some-mcp'] },
      { pid: 302, parent: 300, args: ['vite'] },
    ])
    expect(servers.map(({ pid }) => pid)).toEqual([301])
  })

  test('what a server started belongs to it, and the servers of a client below it do not', () => {
    const servers = serversOf([
      { pid: 300, parent: 50, args: ['npx', 'some-mcp'] },
      { pid: 301, parent: 300, args: ['uvx', 'mcp-server-time'] },
      { pid: 302, parent: 300, args: ['claude'] },
      { pid: 303, parent: 302, args: ['npx', 'other-mcp'] },
    ])
    expect(servers.map(({ pid, keep }) => [pid, keep])).toEqual([
      [300, 'holds-client'],
      [303, null],
    ])
  })
})

describe('what must not be ended', () => {
  test('this program, what it comes from, and what another one holds', () => {
    const name = 'npx some-mcp'.split(' ')
    const servers = serversOf(
      [
        { pid: 300, parent: 100, args: ['node', 'a.js'], ownerMark: hostMark },
        { pid: 310, parent: 1, args: ['node', 'b.js'], ownerMark: 'dir:200:1000:other' },
        { pid: 320, parent: 1, args: ['node', 'c.js'], ownerMark: 'dir:999:1:gone' },
        { pid: 330, parent: 1, args: ['node', 'd.js'], ownerMark: 'dir:100:0:before' },
        { pid: 340, parent: 1, args: name, mayEnd: false },
        claude,
      ],
      { ownLeaders: new Map([[300, serverId]]) },
    )
    expect(servers.map(({ pid, keep, isOrphan, reap }) => [pid, keep, isOrphan, reap])).toEqual([
      [300, 'ours-runs', false, 'never'],
      [310, 'another-manager', false, 'never'],
      [320, null, true, 'bulk'],
      [330, null, true, 'bulk'],
      [340, 'not-permitted', false, 'never'],
    ])
    expect(servers[0]?.evidence[0]).toEqual({ kind: 'ours', run: 'here', serverId })
  })

  test('the host within a server is no part of what ends', () => {
    const [server] = serversOf([{ pid: 50, parent: 1, args: ['npx', 'some-mcp'] }])
    expect(server).toBeUndefined()
  })
})

describe('orphans', () => {
  const definitions = { files: ['npx', '@x/files'] }
  const left = throughNpx(300, 1, '@x/files')

  test.each([
    ['nobody holds its input', ['pipe:[300]'], true],
    ['only what the server started for itself has no input any more', ['pipe:[302]'], false],
    ['somebody does: its client talks past the launcher that died', [], false],
  ])('%s', (_why, closed, isOrphan) => {
    const [server] = serversOf(left, { definitions, closed })
    expect(server?.isOrphan).toBe(isOrphan)
    expect(server && isLeftOver(server)).toBe(isOrphan)
  })

  test('a client’s child is none, even while its input is closed', () => {
    const [server] = serversOf([claude, ...throughNpx(300, 200, '@x/files')], {
      definitions,
      closed: ['pipe:[300]'],
    })
    expect(server?.isOrphan).toBe(false)
  })

  test.each([
    ['its input cannot be asked after', { untold: ['pipe:[300]'] }, {}],
    ['its pipes are not ours to see', {}, { isPiped: null, input: null }],
  ])('%s: it is none, and ends by itself only', (_why, machine, unseen) => {
    const [server] = serversOf([{ pid: 300, parent: 1, args: ['npx', '@x/files'], ...unseen }], {
      definitions,
      ...machine,
    })
    expect(server).toMatchObject({ isOrphan: false, isUnsure: true, reap: 'single' })
  })

  test('where pipes are not shown, one that lost its parent is, if more than its name speaks for it', () => {
    const unseen = { isPiped: null, input: null }
    const processes = [
      { pid: 300, parent: 1, args: ['npx', '@x/files'], ...unseen },
      { pid: 310, parent: 1, args: ['npx', 'some-mcp'], ...unseen },
      { pid: 320, parent: 50, args: ['npx', '@x/files'], ...unseen },
      // Windows: the number of the parent stays, and may be another one’s by now.
      { pid: 330, parent: 777, args: ['npx', '@x/files'], ...unseen },
      { pid: 340, parent: 350, args: ['npx', '@x/files'], ...unseen },
      { pid: 350, parent: 50, args: ['later'], start: '2000', ...unseen },
    ]
    expect(
      serversOf(processes, { definitions, showsPipes: false }).map(({ pid, isOrphan }) => [
        pid,
        isOrphan,
      ]),
    ).toEqual([
      [300, true],
      [310, false],
      [320, false],
      [330, true],
      [340, true],
    ])
  })

  test('what was a client’s child is remembered when the client has ended', () => {
    const processes = [{ pid: 300, parent: 1, args: ['./mine'] }]
    expect(serversOf(processes)).toEqual([])
    const [server] = serversOf(processes, {
      remembered: new Map([['300 1000', 'Claude Code']]),
      closed: ['pipe:[300]'],
    })
    expect(server?.evidence).toEqual([
      { kind: 'client-child', client: 'Claude Code', isClientAlive: false },
    ])
    expect(server?.isOrphan).toBe(true)
  })
})

describe('copies', () => {
  const definitions = { files: ['npx', '-y', '@x/files', '${ROOT}'] }

  test('by the definition, with the older one of the same client as surplus', () => {
    const run = ['npm', 'exec', '@x/files']
    const servers = serversOf(
      [
        claude,
        code,
        { pid: 300, parent: 200, args: [...run, '/a'], start: '2000' },
        { pid: 310, parent: 200, args: [...run, '/b'], start: '3000' },
        { pid: 320, parent: 210, args: [...run, '/a'], start: '1500' },
        { pid: 330, parent: 200, args: ['npm', 'exec', 'other-mcp'] },
      ],
      { definitions },
    )
    expect(servers.map(({ pid, copies, isSurplus }) => [pid, copies, isSurplus])).toEqual([
      [300, 3, true],
      [310, 3, false],
      [320, 3, false],
      [330, 1, false],
    ])
    expect(servers.filter(isLeftOver).map(({ pid }) => pid)).toEqual([300])
  })

  test('two children of a client that nothing but pipes speaks for are copies, and none is surplus', () => {
    const servers = serversOf([
      claude,
      { pid: 300, parent: 200, args: ['./mine'] },
      { pid: 310, parent: 200, args: ['./mine'], start: '2000' },
    ])
    expect(servers.map(({ copies, isSurplus }) => [copies, isSurplus])).toEqual([
      [2, false],
      [2, false],
    ])
  })
})

test('what was seen changes with the command line and with the evidence, not with figures', () => {
  const one = { pid: 300, parent: 1, args: ['npx', 'some-mcp'] }
  const seen = (process: FakeProcess, machine = {}) => serversOf([process], machine)[0]?.seen
  expect(seen(one)).toBe(seen({ ...one, cwd: '/x' }))
  expect(seen(one)).not.toBe(seen({ ...one, args: ['npx', 'other-mcp'] }))
  expect(seen(one)).not.toBe(seen(one, { definitions: { it: ['npx', 'some-mcp'] } }))
  expect(seen(one)).not.toBe(seen(one, { closed: ['pipe:[300]'] }))
})
