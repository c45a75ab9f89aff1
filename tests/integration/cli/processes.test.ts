import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isAlive } from '../../../src/core/processes/process-table.ts'
import type { MachineServer } from '../../../src/shared/domain/machine.ts'
import { FakeClient } from '../../fixtures/fake-client.ts'
import { fixtureServer } from '../temp-core.ts'
import { CliHome } from './cli-home.ts'

// Nothing here ends what it did not start: on a machine that others use too, `--orphans` and `--duplicates` are only shown.

let home: CliHome
let client: FakeClient
beforeEach(async () => {
  home = new CliHome()
  const script = join(home.home, 'lib/node_modules/@ada/cli-files/index.mjs')
  mkdirSync(dirname(script), { recursive: true })
  writeFileSync(
    script,
    `process.argv.splice(2, 0, 'ignore-stdin-end')\nawait import(${JSON.stringify(fixtureServer)})\n`,
  )
  home.write('.claude.json', {
    mcpServers: { files: { command: 'npx', args: ['@ada/cli-files', '${TOKEN}'] } },
  })
  const words = [process.execPath, script, 'sk-proj-0123456789abcdefghij']
  client = await FakeClient.start([words, words])
})
afterEach(async () => {
  await client.end()
  await home.dispose()
})

/** What `--json` says of the test's own servers. */
async function seen(...args: readonly string[]) {
  const { code, value } = await home.json(args)
  // `ps` prints `servers`, `reap` prints `targets` (docs/cli.md).
  const all = (value['servers'] ?? value['targets']) as MachineServer[]
  return { code, value, own: all.filter(({ pid }) => client.servers.includes(pid)) }
}

test('without a host: ps shows what runs, reap shows it first, asks for --yes, and ends exactly that', async () => {
  const [first = 0, second = 0] = client.servers
  const listed = await seen('ps')
  expect(listed.code).toBe(0)
  expect(
    listed.own.map(({ name, copies, isSurplus, client: above }) => [
      name,
      copies,
      isSurplus,
      above,
    ]),
  ).toEqual([
    ['files', 2, true, { name: 'Claude Code', pid: client.pid }],
    ['files', 2, false, { name: 'Claude Code', pid: client.pid }],
  ])
  const table = await home.run(['ps', '--duplicates'])
  expect(table.stdout).toMatch(new RegExp(`^${first} +files +older copy +Claude Code`, 'm'))
  expect(table.stdout).toContain(`matches files in ${join(home.home, '.claude.json')}`)
  expect(table.stdout + JSON.stringify(listed.value)).not.toContain('0123456789abcdef')

  expect((await seen('reap', '--duplicates', '--dry-run')).own.map(({ pid }) => pid)).toEqual([
    first,
  ])
  expect((await home.json(['reap', String(first)])).code).toBe(2)
  const shown = await home.run(['reap', String(first), '--dry-run'])
  expect(shown.code).toBe(0)
  expect(shown.stdout).toContain(`  ${first} `)
  expect(shown.stdout).toContain('Nothing was ended.')
  expect(isAlive(first)).toBe(true)

  const ended = await home.json(['reap', String(first), '--yes'])
  expect(ended.code).toBe(0)
  expect(ended.value).toMatchObject({
    dryRun: false,
    kept: [],
    results: [{ pid: first, outcome: 'ended', ended: 1 }],
  })
  expect([isAlive(first), isAlive(second)]).toEqual([false, true])

  await client.crash()
  await expect
    .poll(async () => (await seen('ps', '--orphans')).own.map(({ pid }) => pid))
    .toEqual([second])
  expect((await seen('reap', '--orphans', '--dry-run')).own.map(({ pid }) => pid)).toEqual([second])
})

test('with a host: its own servers are shown as such and left to their switch, and wrong usage is refused', async () => {
  await home.run(['add', 'mine', '--', process.execPath, fixtureServer, 'ok'])
  await home.run(['serve', '--detach'])
  await home.run(['enable', 'mine'])
  const { value } = await home.json(['status', 'mine'])
  const servers = value['servers'] as { state: { pid: number } }[]
  const pid = servers[0]?.state.pid ?? 0
  const { value: listed } = await home.json(['ps'])
  const own = (listed['servers'] as MachineServer[]).find((server) => server.pid === pid)
  expect(own).toMatchObject({ name: 'mine', reap: 'never', keep: 'ours-runs' })
  const answer = await home.run(['reap', String(pid), '--yes'])
  expect(answer.code).toBe(1)
  expect(answer.stderr).toContain('MCP Manager runs it; stop it with: mcp-manager stop NAME')
  expect(isAlive(pid)).toBe(true)

  for (const args of [[], ['abc'], ['--yes', '1']]) {
    const wrong = await home.json(['reap', ...args])
    expect([wrong.code, wrong.value]).toMatchObject([2, { error: { code: 'invalid_input' } }])
  }
})
