import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { repository } from '../temp-core.ts'
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
})

it('without a keychain and a key nothing is stored, and that is said', async () => {
  const { code, value } = await home.json(['secrets', 'set', 'a'], { input: 'x' })
  expect({ code, value }).toMatchObject({
    code: 1,
    value: { error: { code: 'vault_unavailable' } },
  })
  expect((await home.json(['secrets'])).value).toEqual({ secrets: [], commands: [] })
})
