import { once } from 'node:events'
import { expect, test } from 'vitest'
import { CliHome } from '../cli/cli-home.ts'
import { browse, browseUntil, serveAuthorization } from './authorization-fixture.ts'

const env = { MCP_MANAGER_VAULT_KEY: 'a key for tests only, long enough' }

/** Signs in by the command line; `act` gets the address that it printed, and what takes the place of the keyboard. */
async function login(
  home: CliHome,
  act: (address: string, type: (line: string) => void) => Promise<unknown>,
) {
  const child = home.spawn(['--json', 'login', 'guarded', '--no-browser'])
  let stdout = ''
  let stderr = ''
  const acting: Promise<unknown>[] = []
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
    const address = /^(http\S+)\n/m.exec(stderr)?.[1]
    if (address === undefined || acting.length > 0) return
    acting.push(act(address, (line) => child.stdin.write(`${line}\n`)))
  })
  const [code] = await once(child, 'close')
  await Promise.all(acting)
  return { code, stderr, value: stdout === '' ? null : JSON.parse(stdout) }
}

test('login, accounts and logout, with a host that starts what waited', async () => {
  const fixture = await serveAuthorization()
  const home = new CliHome(env)
  try {
    await home.run(['serve', '--detach'])
    await home.run(['add', 'guarded', '--url', fixture.url])
    const waiting = await home.run(['enable', 'guarded'])
    expect(waiting.code).toBe(1)
    expect(waiting.stdout + waiting.stderr).toContain('Sign in with: mcp-manager login guarded')

    const signedIn = await login(home, browse)
    expect(signedIn).toMatchObject({ code: 0, value: { account: { issuer: fixture.issuer } } })
    const call = await home.run(['call', 'guarded', 'read'])
    expect(call).toMatchObject({ code: 0, stdout: 'read done\n' })

    const { value } = await home.json(['accounts'])
    expect(value).toMatchObject({ accounts: [{ serverUrl: fixture.url, problem: null }] })
    const out = await home.json(['logout', 'guarded'])
    expect(out).toMatchObject({ code: 0, value: { revoked: true } })
    expect((await home.json(['accounts'])).value).toEqual({ accounts: [] })
    expect((await home.run(['logout', 'guarded'])).code).toBe(2)
  } finally {
    await home.dispose()
  }
})

test('without a host: the address that the browser ended at is pasted, and the next command is signed in', async () => {
  const fixture = await serveAuthorization()
  const home = new CliHome(env)
  try {
    await home.run(['add', 'guarded', '--url', fixture.url])
    const signedIn = await login(home, async (address, type) => {
      type('what is this')
      type((await browseUntil(address)).href)
    })
    expect(signedIn).toMatchObject({ code: 0, value: { account: { issuer: fixture.issuer } } })
    expect(signedIn.stderr).toContain('This is not the answer to the sign-in that was begun.')
    expect(await home.run(['call', 'guarded', 'read'])).toMatchObject({ code: 0 })
    expect(fixture.refreshes).toEqual([])
  } finally {
    await home.dispose()
  }
})
