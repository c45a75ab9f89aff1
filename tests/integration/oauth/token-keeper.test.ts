import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AccountStore, accountIdOf, accountsSchema } from '../../../src/core/oauth/account-store.ts'
import { createGuardedFetch } from '../../../src/core/oauth/guarded-fetch.ts'
import { LongSecrets } from '../../../src/core/oauth/long-secrets.ts'
import { TokenKeeper } from '../../../src/core/oauth/token-keeper.ts'
import { openStateFile } from '../../../src/core/storage/state-file.ts'
import type { SecretName } from '../../../src/shared/domain/ids.ts'
import { serveHttp } from '../http-fixtures.ts'
import { errorOf, makeTempHome, type TempHome } from '../temp-core.ts'

const hour = 3_600_000

/** A token endpoint that gives each refresh token once, as a careful server does. */
async function serveTokens() {
  const requests: Record<string, string>[] = []
  const state = {
    live: 'refresh-0',
    answer: null as [number, object] | null,
    metadata: null as object | null,
  }
  let gate = Promise.resolve()
  const fixture = await serveHttp((request, response) => {
    if (request.method === 'GET') {
      const isThere =
        state.metadata !== null && request.url?.includes('oauth-authorization') === true
      response.writeHead(isThere ? 200 : 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify(state.metadata))
      return
    }
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const form = Object.fromEntries(new URLSearchParams(body))
      requests.push({ path: request.url ?? '', ...form })
      const [status, answer] = state.answer ?? answerTo(form, request.url)
      void gate.then(() =>
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(answer)),
      )
    })
  })
  const answerTo = (form: Record<string, string>, path = ''): [number, object] => {
    if (path === '/revoke') return [200, {}]
    if (form['refresh_token'] !== state.live) return [400, { error: 'invalid_grant' }]
    const count = requests.length
    state.live = `refresh-${count}`
    const tokens = { access_token: `access-${count}`, refresh_token: state.live }
    return [200, { ...tokens, token_type: 'Bearer', expires_in: 3_600 }]
  }
  return {
    ...fixture,
    state,
    requests,
    /** Holds answers back until the promise is settled. */
    hold: (until: Promise<void>) => {
      gate = until
    },
  }
}

type TokenServer = Awaited<ReturnType<typeof serveTokens>>

/** A vault in memory, which outlives its keeper. */
function memoryVault() {
  const held = new Map<SecretName, string>()
  return {
    held,
    get: async (name: SecretName) => held.get(name) ?? null,
    set: async (name: SecretName, value: string) => {
      held.set(name, value)
    },
    delete: async (name: SecretName) => held.delete(name),
  }
}

type MemoryVault = ReturnType<typeof memoryVault>

async function openKeeper(
  at: TempHome,
  vault: Omit<MemoryVault, 'held'>,
  clock: { now: number },
  closing = new AbortController(),
) {
  const state = await openStateFile({
    file: join(at.root, 'accounts.json'),
    version: 1,
    migrations: {},
    schema: accountsSchema,
    defaults: () => ({ accounts: [] }),
    now: Date.now,
    onNotice: () => {},
  })
  const store = new AccountStore(state, new LongSecrets(vault))
  const told: string[] = []
  const warnings: string[] = []
  const keeper = new TokenKeeper({
    store,
    fetchFor: (serverUrl) => createGuardedFetch(serverUrl),
    now: () => clock.now,
    onSecret: (_name, value) => told.push(value),
    onWarning: (text) => warnings.push(text),
    closing: closing.signal,
    signal: new AbortController().signal,
  })
  return { keeper, store, told, warnings, closing }
}

/** A keeper of one account, signed in at time 0 for an hour. */
async function signedIn(server: TokenServer, vault: MemoryVault, at = makeTempHome()) {
  const clock = { now: 0 }
  const opened = await openKeeper(at, vault, clock)
  const record = {
    id: accountIdOf({
      serverUrl: `${server.url}/mcp`,
      issuer: server.url,
      resource: `${server.url}/mcp`,
      clientId: 'client',
      label: '',
    }),
    label: '',
    serverUrl: `${server.url}/mcp`,
    resource: `${server.url}/mcp`,
    issuer: server.url,
    clientId: 'client',
    grant: 'authorization_code' as const,
    scope: 'a',
    signedInAt: 0,
    issuedAt: 0,
    expiresAt: hour,
    isRenewable: true,
    problem: null,
    authorizationServer: {
      issuer: server.url,
      token_endpoint: `${server.url}/token`,
      revocation_endpoint: `${server.url}/revoke`,
    },
    askedScope: 'a',
    missingScope: null,
    renewingSince: null,
  }
  const client = {
    clientId: 'client',
    clientSecret: null,
    authMethod: 'none',
    redirectUri: null,
    scope: null,
  }
  await opened.keeper.keep(record, {
    client,
    resource: record.resource,
    tokens: {
      accessToken: 'access-0',
      refreshToken: 'refresh-0',
      scope: 'a',
      issuedAt: 0,
      expiresAt: hour,
    },
  })
  return { ...opened, id: record.id, clock, at }
}

const all = async (keeper: TokenKeeper, id: Parameters<TokenKeeper['accessToken']>[0]) =>
  await Promise.all(Array.from({ length: 50 }, () => keeper.accessToken(id)))

test('50 callers at expiry make one refresh, and all get its token', async () => {
  const server = await serveTokens()
  const { keeper, id, clock, told } = await signedIn(server, memoryVault())
  expect(new Set(await all(keeper, id))).toEqual(new Set(['access-0']))
  expect(server.requests).toEqual([])
  clock.now = hour
  expect(new Set(await all(keeper, id))).toEqual(new Set(['access-1']))
  expect(server.requests).toEqual([
    {
      path: '/token',
      grant_type: 'refresh_token',
      refresh_token: 'refresh-0',
      resource: `${server.url}/mcp`,
      client_id: 'client',
    },
  ])
  expect(told).toEqual(['access-0', 'refresh-0', 'access-1', 'refresh-1'])
})

test('50 callers whose token was refused make one refresh, and latecomers none', async () => {
  const server = await serveTokens()
  const { keeper, id } = await signedIn(server, memoryVault())
  const refused = Array.from({ length: 50 }, () => keeper.renewRefused(id, 'access-0'))
  expect(new Set(await Promise.all(refused))).toEqual(new Set(['access-1']))
  expect(await keeper.renewRefused(id, 'access-0')).toBe('access-1')
  expect(server.requests).toHaveLength(1)
})

test('a server that refuses all that it is sent costs no sign-in, and not a refresh for each request', async () => {
  const server = await serveTokens()
  const { keeper, id, store, clock } = await signedIn(server, memoryVault())
  expect(await keeper.renewRefused(id, 'access-0')).toBe('access-1')
  const noted = await keeper.noteRefused(id, 'access-1')
  expect(noted).toMatchObject({ data: { reason: 'refused_token' } })
  const error = await errorOf(keeper.renewRefused(id, 'access-1'))
  expect(error).toMatchObject({ code: 'auth_required', data: { reason: 'refused_token' } })
  expect(server.requests).toHaveLength(1)
  expect(store.get(id)).toMatchObject({ isRenewable: true, problem: { code: 'auth_required' } })
  clock.now += 60_000
  expect(await keeper.renewRefused(id, 'access-1')).toBe('access-2')
  await keeper.noteRefused(id, 'access-2')
  await keeper.noteAccepted(id)
  expect(store.get(id)).toMatchObject({ isRenewable: true, problem: null })
  // One that takes some requests and refuses others costs no refresh for each of these.
  expect((await errorOf(keeper.renewRefused(id, 'access-2'))).code).toBe('auth_required')
  expect(server.requests).toHaveLength(2)
})

test('it is renewed ahead of its expiry, and nobody waits for it', async () => {
  const server = await serveTokens()
  const { keeper, id, clock, store } = await signedIn(server, memoryVault())
  const gate = Promise.withResolvers<void>()
  server.hold(gate.promise)
  clock.now = hour - 200_000
  // It does not answer: who calls gets the token that serves still.
  expect(new Set(await all(keeper, id))).toEqual(new Set(['access-0']))
  await expect.poll(() => server.requests.length).toBe(1)
  expect(new Set(await all(keeper, id))).toEqual(new Set(['access-0']))
  gate.resolve()
  await keeper.settled()
  expect(await keeper.accessToken(id)).toBe('access-1')
  expect(server.requests).toHaveLength(1)
  expect(store.get(id)).toMatchObject({ expiresAt: clock.now + hour, renewingSince: null })
})

test('its use goes on where the renewal ahead fails, which is tried again later', async () => {
  const server = await serveTokens()
  const { keeper, id, clock, store, warnings } = await signedIn(server, memoryVault())
  server.state.answer = [503, {}]
  clock.now = hour - 200_000
  expect(await keeper.accessToken(id)).toBe('access-0')
  await keeper.settled()
  expect(warnings).toHaveLength(1)
  expect(await keeper.accessToken(id)).toBe('access-0')
  expect(server.requests).toHaveLength(1)
  server.state.answer = null
  clock.now += 2_000
  expect(await keeper.accessToken(id)).toBe('access-0')
  await keeper.settled()
  expect(await keeper.accessToken(id)).toBe('access-2')
  expect(store.get(id)).toMatchObject({ expiresAt: clock.now + hour, renewingSince: null })
})

test('a server that is out of order is asked again later, and nobody has to sign in', async () => {
  const server = await serveTokens()
  const { keeper, id, clock, store } = await signedIn(server, memoryVault())
  clock.now = hour
  server.state.answer = [500, { error: 'server_error' }]
  expect((await errorOf(keeper.accessToken(id))).code).toBe('unreachable')
  expect((await errorOf(keeper.accessToken(id))).code).toBe('unreachable')
  expect(server.requests).toHaveLength(1)
  expect(store.get(id)).toMatchObject({ isRenewable: true, problem: null })
  server.state.answer = null
  clock.now += 2_000
  expect(await keeper.accessToken(id)).toBe('access-2')
})

test('a server that has moved its token endpoint is found again, by its issuer', async () => {
  const server = await serveTokens()
  const { keeper, id, clock, store } = await signedIn(server, memoryVault())
  clock.now = hour
  server.state.answer = [404, {}]
  expect((await errorOf(keeper.accessToken(id))).code).toBe('unreachable')
  server.state.answer = null
  server.state.metadata = { issuer: server.url, token_endpoint: `${server.url}/moved` }
  clock.now += 2_000
  expect(await keeper.accessToken(id)).toBe('access-2')
  expect(server.requests.map(({ path }) => path)).toEqual(['/token', '/moved'])
  // One that says to be another is not believed.
  server.state.metadata = { issuer: 'https://evil.example', token_endpoint: `${server.url}/evil` }
  server.state.answer = [500, {}]
  clock.now += hour
  await errorOf(keeper.accessToken(id))
  clock.now += 2_000
  await errorOf(keeper.accessToken(id))
  expect(server.requests.map(({ path }) => path).slice(2)).toEqual(['/moved', '/moved'])
  expect(store.get(id)?.authorizationServer.token_endpoint).toBe(`${server.url}/moved`)
})

test('a refusal means that a person has to sign in; the token is used as long as it serves', async () => {
  const server = await serveTokens()
  const vault = memoryVault()
  const { keeper, id, clock, store } = await signedIn(server, vault)
  server.state.live = 'none'
  clock.now = hour - 200_000
  expect(await keeper.accessToken(id)).toBe('access-0')
  await keeper.settled()
  expect([...vault.held.values()].join()).not.toContain('refresh-0')
  expect(store.get(id)).toMatchObject({
    isRenewable: false,
    problem: { code: 'auth_required', data: { reason: 'refused_renewal' } },
  })
  expect(await keeper.accessToken(id)).toBe('access-0')
  clock.now = hour
  const error = await errorOf(keeper.accessToken(id))
  expect(error).toMatchObject({ code: 'auth_required', data: { reason: 'refused_renewal' } })
  expect(server.requests).toHaveLength(1)
})

test('a client that was refused and has another secret now renews with the tokens that it has', async () => {
  const server = await serveTokens()
  const { keeper, id, clock, store } = await signedIn(server, memoryVault())
  clock.now = hour
  server.state.answer = [401, { error: 'invalid_client' }]
  expect((await errorOf(keeper.accessToken(id))).data['reason']).toBe('refused_renewal')
  expect((await errorOf(keeper.accessToken(id))).code).toBe('auth_required')
  expect(server.requests).toHaveLength(1)
  server.state.answer = null
  const client = {
    clientId: 'client',
    clientSecret: 'the next secret',
    authMethod: 'client_secret_post',
    redirectUri: null,
    scope: null,
  }
  await keeper.takeClient(id, { ...client, clientId: 'another client' })
  expect(store.get(id)).toMatchObject({ isRenewable: false })
  await keeper.takeClient(id, client)
  expect(await keeper.accessToken(id)).toBe('access-2')
  expect(store.get(id)).toMatchObject({ isRenewable: true, problem: null })
  // The same again is no change, and writes nothing.
  await keeper.takeClient(id, client)
  expect(server.requests[1]).toMatchObject({
    refresh_token: 'refresh-0',
    client_secret: 'the next secret',
  })
})

test('killed between the refresh and its storing: the old token is used to its end, and then a person is asked', async () => {
  const server = await serveTokens()
  const vault = memoryVault()
  const first = await signedIn(server, vault)
  first.clock.now = hour - 200_000
  // It never comes to storing them: the vault's file is not written any more.
  const killed = Promise.withResolvers<void>()
  const frozen = {
    ...vault,
    set: async () => {
      killed.resolve()
      await new Promise(() => {})
    },
  }
  const dying = await openKeeper(first.at, frozen, first.clock)
  void dying.keeper.accessToken(first.id)
  await killed.promise
  expect(server.requests).toHaveLength(1)

  const { keeper, store } = await openKeeper(first.at, vault, first.clock)
  expect(await keeper.accessToken(first.id)).toBe('access-0')
  // A second use of the refresh token would have made the server withdraw the access token too.
  expect(server.requests).toHaveLength(1)
  first.clock.now = hour
  const error = await errorOf(keeper.accessToken(first.id))
  expect(error).toMatchObject({ code: 'auth_required', data: { reason: 'refused_renewal' } })
  expect(store.get(first.id)).toMatchObject({ clientId: 'client', askedScope: 'a' })
})

test('killed after storing: the new tokens are used', async () => {
  const server = await serveTokens()
  const vault = memoryVault()
  const first = await signedIn(server, vault)
  first.clock.now = hour
  const before = readFileSync(join(first.at.root, 'accounts.json'), 'utf8')
  await first.keeper.accessToken(first.id)
  // As it was written before the request was sent, with its intent.
  writeFileSync(
    join(first.at.root, 'accounts.json'),
    before.replace('"renewingSince": null', `"renewingSince": ${hour}`),
  )
  const { keeper } = await openKeeper(first.at, vault, first.clock)
  expect(await keeper.accessToken(first.id)).toBe('access-1')
  expect(server.requests).toHaveLength(1)
})

test('tokens that the vault does not take are used in this run, and stored once it does', async () => {
  const server = await serveTokens()
  const vault = memoryVault()
  const { at, id, clock } = await signedIn(server, vault)
  let isLocked = true
  const locking = {
    ...vault,
    set: async (name: SecretName, value: string) => {
      if (isLocked) throw new Error('locked')
      await vault.set(name, value)
    },
  }
  const { keeper } = await openKeeper(at, locking, clock)
  clock.now = hour
  expect(await keeper.accessToken(id)).toBe('access-1')
  expect([...vault.held.values()].join()).toContain('access-0')
  isLocked = false
  expect(await keeper.accessToken(id)).toBe('access-1')
  expect([...vault.held.values()].join()).toContain('access-1')
  expect(server.requests).toHaveLength(1)
})

test('a refresh that is under way at the end of the program is stored; none is begun any more', async () => {
  const server = await serveTokens()
  const vault = memoryVault()
  const { keeper, id, clock, at, closing } = await signedIn(server, vault)
  const gate = Promise.withResolvers<void>()
  server.hold(gate.promise)
  clock.now = hour - 200_000
  expect(await keeper.accessToken(id)).toBe('access-0')
  await expect.poll(() => server.requests.length).toBe(1)
  closing.abort(new Error('it ends'))
  gate.resolve()
  await keeper.settled()
  const next = await openKeeper(at, vault, clock)
  expect(await next.keeper.accessToken(id)).toBe('access-1')
  clock.now += 2 * hour
  await expect(keeper.accessToken(id)).rejects.toThrow('it ends')
  expect(server.requests).toHaveLength(1)
})

test('a refresh that is under way when somebody signs out does not bring the account back', async () => {
  const server = await serveTokens()
  const vault = memoryVault()
  const { keeper, id, clock, store } = await signedIn(server, vault)
  clock.now = hour
  const gate = Promise.withResolvers<void>()
  server.hold(gate.promise)
  const renewed = keeper.accessToken(id)
  await expect.poll(() => server.requests.length).toBe(1)
  const signedOut = keeper.signOut(id)
  gate.resolve()
  await renewed
  expect(await signedOut).toBe(true)
  expect(store.list()).toEqual([])
  expect([...vault.held.keys()]).toEqual([])
  expect(server.requests.slice(1).map(({ path, token }) => [path, token])).toEqual([
    ['/revoke', 'refresh-1'],
    ['/revoke', 'access-1'],
  ])
})

test('a refresh that has not begun when somebody signs out does not begin', async () => {
  const server = await serveTokens()
  const vault = memoryVault()
  const { keeper, id, clock } = await signedIn(server, vault)
  clock.now = hour
  const renewed = errorOf(keeper.accessToken(id))
  await keeper.signOut(id)
  expect(await renewed).toMatchObject({ code: 'auth_required', data: { reason: 'no_account' } })
  expect([...vault.held.keys()]).toEqual([])
  expect(server.requests.map(({ path }) => path)).toEqual(['/revoke', '/revoke'])
})

test('what a token endpoint says beside the codes of the specification reaches no error', async () => {
  const server = await serveTokens()
  const { keeper, id, clock } = await signedIn(server, memoryVault())
  clock.now = hour
  for (const answer of [
    [200, { access_token: 'leaked-token', token_type: 'mac' }],
    [400, { error: 'leaked token 1', error_description: 'leaked-token' }],
    [500, { error: 'invalid_grant', error_description: 'leaked-token' }],
  ] as [number, object][]) {
    server.state.answer = answer
    clock.now += hour
    const error = await errorOf(keeper.accessToken(id))
    expect(JSON.stringify([error.data, error.message, String(error.cause)])).not.toContain('leaked')
  }
})
