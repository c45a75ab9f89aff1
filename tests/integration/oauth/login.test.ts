import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import type { JWK } from 'oidc-provider'
import { expect, test } from 'vitest'
import { browse, browseUntil } from '../../fixtures/authorization.ts'
import { CliHome } from '../cli/cli-home.ts'
import { serveAuthorization } from './serve-authorization.ts'

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

test('the private key of a client is read from stdin, with all its lines', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const client = {
    client_id: 'machine',
    token_endpoint_auth_method: 'private_key_jwt' as const,
    // A key of node:crypto in the form that the provider takes (RFC 7517).
    jwks: { keys: [publicKey.export({ format: 'jwk' }) as JWK] },
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  }
  const fixture = await serveAuthorization({ configuration: { clients: [client] } })
  const home = new CliHome(env)
  try {
    await home.run(['add', 'guarded', '--url', fixture.url])
    const loginAsMachine = ['login', 'guarded', '--client-id', 'machine', '--client-secret']
    const options = ['--client-credentials', '--json']
    const empty = await home.run([...loginAsMachine, ...options], { input: '' })
    expect(empty.stderr).toContain('stdin has no client secret.')
    const input = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
    expect(await home.run([...loginAsMachine, ...options], { input })).toMatchObject({ code: 0 })
  } finally {
    await home.dispose()
  }
})

test('killed between a refresh and its storing: the account stays, and says that a person has to sign in', async () => {
  const home = new CliHome(env)
  let isFatal = false
  let dying: ReturnType<CliHome['spawn']> | null = null
  const fixture = await serveAuthorization({
    intercept: (request, response) => {
      if (!isFatal || request.url !== '/token') return false
      isFatal = false
      // The server has carried it out, and the answer is on its way.
      const end = response.end.bind(response)
      Object.assign(response, {
        end: (...args: Parameters<typeof end>) => {
          dying?.kill('SIGKILL')
          dying?.once('close', () => end(...args))
        },
      })
      return false
    },
  })
  try {
    await home.run(['add', 'guarded', '--url', fixture.url])
    await login(home, browse)
    await home.run(['call', 'guarded', 'read'])
    await fixture.expire(fixture.seenTokens[0] ?? '')
    isFatal = true
    dying = home.spawn(['call', 'guarded', 'read'])
    expect(await once(dying, 'close')).toEqual([null, 'SIGKILL'])
    expect(fixture.refreshes).toHaveLength(1)

    const next = await home.json(['call', 'guarded', 'read'])
    expect(next).toMatchObject({
      code: 1,
      value: { error: { code: 'auth_required', data: { reason: 'refused_renewal' } } },
    })
    const { value } = await home.json(['accounts'])
    expect(value).toMatchObject({
      accounts: [{ isRenewable: false, problem: { code: 'auth_required' } }],
    })
    await login(home, browse)
    expect((await home.run(['call', 'guarded', 'read'])).code).toBe(0)
    expect(fixture.requests.filter((line) => line === 'POST /reg')).toHaveLength(1)
  } finally {
    await home.dispose()
  }
})
