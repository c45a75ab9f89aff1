import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fixtureServer, repository } from '../temp-core.ts'
import { CliHome } from './cli-home.ts'

const run = promisify(execFile)
const cli = join(repository, 'out', 'node', 'cli.js')
const script = join(repository, 'scripts/with-keyring.sh')

let home: CliHome
beforeEach(() => {
  home = new CliHome()
})
afterEach(async () => {
  await home.dispose()
})

/** Runs a shell script with `$MCP` for the command line, in a session of its own with a Secret Service that is kept between calls. */
async function inSession(flags: readonly string[], text: string): Promise<unknown[]> {
  const env = {
    ...home.environment(),
    XDG_DATA_HOME: join(home.home, 'keyrings'),
    MCP: `${process.execPath} ${cli} --json`,
  }
  const { stdout } = await run(script, [...flags, 'sh', '-c', text], { env, timeout: 60_000 })
  return stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

// Only Linux can have a keychain that is nobody's.
describe.runIf(process.platform === 'linux')('the secrets of a real keychain', () => {
  it('are listed, renamed and shown; locked, nothing of them is said to be gone', async () => {
    const first = await inSession(
      [],
      'echo first | $MCP secrets set a.token; $MCP secrets rename a.token b.token; $MCP secrets show b.token; $MCP secrets',
    )
    const listed = { name: 'b.token', status: 'stored', createdAt: expect.any(Number) }
    expect(first).toMatchObject([
      { name: 'a.token' },
      { name: 'b.token' },
      { value: 'first' },
      { secrets: [listed] },
    ])
    const locked = await inSession(
      ['--locked'],
      '$MCP secrets; $MCP secrets show b.token; $MCP secrets delete b.token; $MCP secrets rename b.token c; true',
    )
    const refusal = { error: { code: 'vault_locked' } }
    expect(locked).toMatchObject([
      { secrets: [{ name: 'b.token', status: 'unknown' }] },
      refusal,
      refusal,
      refusal,
    ])
    expect(await inSession([], '$MCP secrets show b.token')).toMatchObject([{ value: 'first' }])
  })

  it('locked, only the servers that need them wait, and all of these start once it is unlocked', async () => {
    const server = (env: Record<string, string>) => {
      return { command: process.execPath, args: [fixtureServer, 'ok'], env }
    }
    const plain = server({})
    // Put together here, so that no scanner of secrets takes the test for a leak.
    const [one, two] = ['1', '2'].map((digit) => server({ API_TOKEN: `ghp_${digit.repeat(36)}` }))
    home.write('.claude.json', { mcpServers: { plain, one, two } })
    await inSession([], '$MCP import')
    const answers = await inSession(
      ['--locked'],
      `$MCP serve --detach >/dev/null; $MCP enable --all || true
      printf 'not a secret' | gnome-keyring-daemon --replace --unlock --components=secrets >/dev/null
      $MCP start one
      while $MCP list >"$HOME/list.json"; ! grep -q '"name":"two".*"phase":"running"' "$HOME/list.json"; do sleep 0.1; done
      cat "$HOME/list.json"; $MCP status; $MCP down >/dev/null`,
    )
    const error = { code: 'vault_locked', data: { reason: 'keychain_locked' } }
    const waits = { phase: 'failed', state: { error } }
    const runs = { phase: 'running' }
    expect(answers).toMatchObject([
      {
        servers: [
          { name: 'one', ...waits },
          { name: 'plain', ...runs },
          { name: 'two', ...waits },
        ],
      },
      { servers: [{ name: 'one', ...runs }] },
      { servers: [runs, runs, runs] },
      { vault: { kind: 'keychain', state: 'ready' } },
    ])
  })
})

it('without a keychain and a key nothing is stored, and that is said', async () => {
  const { code, value } = await home.json(['secrets', 'set', 'a'], { input: 'x' })
  expect({ code, value }).toMatchObject({
    code: 1,
    value: { error: { code: 'vault_unavailable' } },
  })
  expect((await home.json(['secrets'])).value).toEqual({ secrets: [], commands: [] })
})
