import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createLinuxReader } from '../../../src/core/machine/linux-details.ts'
import { readInputStates } from '../../../src/core/machine/linux-pipes.ts'
import { readProcLink } from '../../../src/core/machine/read-proc.ts'
import { isAlive, readProcessTable } from '../../../src/core/processes/process-table.ts'
import { isLeftOver, type MachineServer } from '../../../src/shared/domain/machine.ts'
import { FakeClient } from '../../fixtures/fake-client.ts'
import { fixtureServer, openTempCore, type TempCore } from '../temp-core.ts'

async function startClient(commands: readonly (readonly string[])[]): Promise<FakeClient> {
  const client = await FakeClient.start(commands)
  onTestFinished(() => client.end())
  return client
}

/** A package of npm in the home, with a link in `.bin` as npm starts it; and Claude Code's file with its definition. */
function installPackage({ at }: TempCore, mode: string): string {
  const modules = join(at.home, 'node_modules')
  const script = join(modules, '@ada/files-server/index.mjs')
  const link = join(modules, '.bin/files-server')
  mkdirSync(dirname(script), { recursive: true })
  mkdirSync(dirname(link))
  writeFileSync(
    script,
    `process.argv.splice(2, 0, '${mode}')\nawait import(${JSON.stringify(fixtureServer)})\n`,
  )
  symlinkSync('../@ada/files-server/index.mjs', link)
  const files = { command: 'npx', args: ['-y', '@ada/files-server@2', '${ROOT}'] }
  writeFileSync(join(at.home, '.claude.json'), JSON.stringify({ mcpServers: { files } }))
  return link
}

/** The servers that are below one of the numbers: others on this machine are none of the test. */
async function serversAt({ core }: TempCore, ...pids: readonly number[]): Promise<MachineServer[]> {
  const { servers } = await core.machine.list()
  return pids.flatMap((pid) => servers.filter((server) => server.pid === pid))
}

/** Whether a process waits for its stdin (proc_pid_fdinfo(5), epoll): a fixture server does when it has started. */
function readsStdin(pid: number): boolean {
  const folder = `/proc/${pid}/fdinfo`
  return readdirSync(folder).some((fd) => {
    try {
      return /^tfd:\s+0\s/m.test(readFileSync(join(folder, fd), 'utf8'))
    } catch {
      // It was closed since.
      return false
    }
  })
}

const targetOf = ({ pid, startMark, seen }: MachineServer) => ({ pid, startMark, seen })

test('copies of a client’s server, and orphans once it was killed; exactly those end that are named', async () => {
  const temp = await openTempCore()
  const link = installPackage(temp, 'ignore-stdin-end')
  const [first, second] = [
    await startClient([
      [process.execPath, link, '/a'],
      [process.execPath, link, '/b'],
    ]),
    await startClient([[process.execPath, link, '/a']]),
  ]
  const pids = [...first.servers, ...second.servers]
  const before = await serversAt(temp, ...pids)
  expect(
    before.map(({ name, copies, isSurplus, isOrphan }) => [name, copies, isSurplus, isOrphan]),
  ).toEqual([
    ['files', 3, true, false],
    ['files', 3, false, false],
    ['files', 3, false, false],
  ])
  expect(before[0]?.evidence.slice(0, 2)).toEqual([
    {
      kind: 'definition',
      places: [{ name: 'files', client: 'claude-json', file: join(temp.at.home, '.claude.json') }],
      serverId: null,
    },
    { kind: 'client-child', client: 'Claude Code', isClientAlive: true },
  ])
  expect(before[0]?.client).toEqual({ name: 'Claude Code', pid: first.pid })

  await first.crash()
  await expect
    .poll(async () => (await serversAt(temp, ...pids)).map(isLeftOver))
    .toEqual([true, true, false])
  const orphans = (await serversAt(temp, ...pids)).filter(isLeftOver)
  const results = await temp.core.machine.reap(orphans.map(targetOf))
  expect(results.map(({ outcome, ended }) => [outcome, ended])).toEqual([
    ['ended', 1],
    ['ended', 1],
  ])
  expect(pids.map(isAlive)).toEqual([false, false, true])
  // What has ended is not there to be ended again.
  expect(
    (await temp.core.machine.reap(orphans.map(targetOf))).map(({ outcome }) => outcome),
  ).toEqual(['gone', 'gone'])
})

test('a server that nothing but its client’s pipes spoke for is remembered as its orphan', async () => {
  const temp = await openTempCore()
  const client = await startClient([[process.execPath, fixtureServer, 'ignore-stdin-end']])
  expect((await serversAt(temp, ...client.servers)).map(({ evidence }) => evidence)).toEqual([
    [{ kind: 'client-child', client: 'Claude Code', isClientAlive: true }],
  ])
  await client.crash()
  await expect
    .poll(async () =>
      (await serversAt(temp, ...client.servers)).map((one) => [one.isOrphan, one.evidence]),
    )
    .toEqual([[true, [{ kind: 'client-child', client: 'Claude Code', isClientAlive: false }]]])
})

test('a tree ends whole, though it ignores SIGTERM', async () => {
  const temp = await openTempCore()
  const client = await startClient([[process.execPath, fixtureServer, 'ignore-everything']])
  // Until then SIGTERM ends it.
  await expect.poll(() => client.servers.every(readsStdin)).toBe(true)
  const [server] = await serversAt(temp, ...client.servers)
  if (server === undefined) throw new Error('not seen')
  const [result] = await temp.core.machine.reap([targetOf(server)])
  expect(result).toMatchObject({ outcome: 'killed', ended: server.tree.length })
  expect(server.tree.map(({ pid }) => isAlive(pid))).not.toContain(true)
})

test('what has become another program since it was shown is left alone', async () => {
  const temp = await openTempCore()
  const code =
    "process.stdin.once('data', () => { process.title = 'another'; process.stdout.write('x') })"
  const script = join(temp.at.home, 'changing-mcp.mjs')
  writeFileSync(script, code)
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  await expect.poll(async () => (await serversAt(temp, pid)).length).toBe(1)
  const [server] = await serversAt(temp, pid)
  if (server === undefined) throw new Error('not seen')
  child.stdin.write('x')
  await once(child.stdout, 'data')
  const [result] = await temp.core.machine.reap([targetOf(server)])
  expect(result?.outcome).toBe('changed')
  expect(isAlive(pid)).toBe(true)
})

test('a command line with secrets, escapes, line ends and 100 kB is shown without harm', async () => {
  const temp = await openTempCore()
  const secret = 'sk-proj-0123456789abcdefghijklmnop'
  const client = await startClient([
    [
      process.execPath,
      fixtureServer,
      'ok',
      `--token=${secret}`,
      'a\nb',
      '\u001b[31mred',
      `Bearer ${secret}`,
      'c'.repeat(100_000),
    ],
  ])
  const [server] = await serversAt(temp, ...client.servers)
  const text = JSON.stringify(server)
  expect(text).not.toContain('0123456789abcdef')
  expect(text.length).toBeLessThan(20_000)
  expect(server?.tree[0]?.args).toContain('a\nb')
})

test('a server of this program is known as such, with its whole tree, and is not ended from here', async () => {
  const temp = await openTempCore()
  const { id } = await temp.addFixture('grandchild')
  await temp.start(id)
  const state = temp.state(id)
  const pid = state.phase === 'running' ? (state.pid ?? 0) : 0
  const [server] = await serversAt(temp, pid)
  if (server === undefined) throw new Error('not seen')
  expect(server.name).toBe('grandchild')
  expect(server.evidence[0]).toEqual({ kind: 'ours', run: 'here', serverId: id })
  expect(server.tree.length).toBe(2)
  const [result] = await temp.core.machine.reap([targetOf(server)])
  expect(result?.outcome).toBe('refused')
  expect(temp.state(id).phase).toBe('running')
})

test('a plain pipe is closed once nobody but its reader holds it', async () => {
  const shell = spawn('/bin/sh', ['-c', 'sleep 600 | sleep 601; sleep 602'], {
    stdio: 'ignore',
    detached: true,
  })
  onTestFinished(() => {
    if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGKILL')
  })
  const read = createLinuxReader()
  const sleeping = async (seconds: string) => {
    const entries = (await readProcessTable()).filter(({ groupId }) => groupId === shell.pid)
    const details = await read(entries)
    return entries.find(({ pid }) => {
      const args = details.get(pid)?.args ?? []
      return args[0] === 'sleep' && args[1] === seconds
    })?.pid
  }
  await expect.poll(() => sleeping('600')).toBeDefined()
  await expect.poll(() => sleeping('601')).toBeDefined()
  const [writer = 0, reader = 0] = [await sleeping('600'), await sleeping('601')]
  const input = (await readProcLink(reader, 'fd/0')) ?? ''
  expect(input).toMatch(/^pipe:/)
  // Who the writer is does not matter, nor whether we may see what it has open.
  const state = async () => (await readInputStates(new Map([[input, reader]]))).get(input)
  expect(await state()).toBe('open')
  process.kill(writer, 'SIGKILL')
  await expect.poll(state).toBe('closed')
  // What is another input by now says nothing.
  expect(await readInputStates(new Map([['pipe:[1]', reader]]))).toEqual(new Map())
  expect(isAlive(reader)).toBe(true)
})
