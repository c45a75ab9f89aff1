import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JWK } from 'oidc-provider'
import { expect, test } from 'vitest'
import { signOut } from '../../../src/core/oauth/account-servers.ts'
import { accountIdOf } from '../../../src/core/oauth/account-store.ts'
import { optionsOf } from '../../../src/core/oauth/server-identity.ts'
import { stateOauthOptions } from '../../../src/core/oauth/state-options.ts'
import type { SignInEvent } from '../../../src/shared/domain/account.ts'
import { secretNameSchema } from '../../../src/shared/domain/ids.ts'
import {
  type AuthorizationFixture,
  type AuthorizationOptions,
  browse,
  browseUntil,
} from '../../fixtures/authorization.ts'
import {
  codeOf,
  errorOf,
  inPhase,
  openTempCore,
  phaseOf,
  remote,
  settled,
  type TempCore,
  textOf,
} from '../temp-core.ts'
import { serveAuthorization } from './serve-authorization.ts'
import { signInTo } from './sign-in-to.ts'

/** A core with one server that takes tokens only, to which somebody is signed in, and which runs. */
async function openSignedIn(options: AuthorizationOptions = {}) {
  const fixture = await serveAuthorization(options)
  const temp = await openTempCore()
  const server = await temp.add('guarded', remote('http', fixture.url), { enabled: true })
  const account = await signInTo(temp.core, server.id)
  inPhase(await temp.start(server.id), 'running')
  return { ...temp, fixture, server, account }
}

/** The tokens that were issued, as far as a test can know them. */
function tokensOf({ seenTokens, refreshes }: AuthorizationFixture): string[] {
  return [...new Set([...seenTokens, ...refreshes])]
}

/** Every file of the data directory and every line of the log, as one text. */
function everythingKept({ core, at }: TempCore): string {
  const files = readdirSync(at.data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
  const lines = core.registry.list().flatMap(({ id }) => core.logs.tail(id, 20_000))
  return JSON.stringify([files, lines, core.supervisor.views(), core.accounts.list()])
}

test('a server that asks for a sign-in waits, is signed in to, runs, and keeps its tokens in the vault', async () => {
  const fixture = await serveAuthorization()
  const temp = await openTempCore()
  const { core, add, start, call } = temp
  const server = await add('guarded', remote('http', fixture.url))
  const { error } = inPhase(await start(server.id), 'failed')
  expect(error).toEqual({
    code: 'auth_required',
    data: { reason: 'no_account', signIn: 'guarded' },
  })
  const events: SignInEvent[] = []
  const shown: string[] = []
  const account = await signInTo(core, server.id, async (event) => {
    events.push(event)
    if (event.type === 'authorize') shown.push(await (await browse(event.url)).text())
  })
  expect(shown).toEqual([expect.stringContaining('<h1>Signed in</h1>')])
  expect(events.map((event) => (event.type === 'step' ? event.step : event.type))).toEqual([
    'discover',
    'register',
    'authorize',
    'authorize',
    'exchange',
    'signed_in',
  ])
  expect(account).toMatchObject({
    serverUrl: fixture.url,
    resource: fixture.url,
    issuer: fixture.issuer,
    scope: 'mcp:read',
    isRenewable: true,
    problem: null,
  })
  inPhase(await start(server.id), 'running')
  expect(textOf(await call(server.id, 'read'))).toBe('read done')
  await fixture.expire(tokensOf(fixture)[0] ?? '')
  await call(server.id, 'read')
  expect(tokensOf(fixture)).toHaveLength(3)
  const kept = everythingKept(temp)
  for (const token of tokensOf(fixture)) expect(kept).not.toContain(token)
})

test('a secret in the address of a server is kept in the vault only, and the sign-in with it', async () => {
  const secret = 'a-key-within-the-path-5150'
  const fixture = await serveAuthorization()
  const temp = await openTempCore()
  const { core, add, start, call, at, close } = temp
  await core.vault.set(secretNameSchema.parse('server.path'), secret)
  const url = `${fixture.url}/secret://server.path/x?key=secret://server.path`
  const server = await add('guarded', remote('http', url), { enabled: true })
  const account = await signInTo(core, server.id)
  expect(account).toMatchObject({
    serverUrl: `${fixture.url}/secret://server.path/x`,
    resource: new URL(fixture.url).origin,
  })
  inPhase(await start(server.id), 'running')
  await call(server.id, 'read')
  expect(everythingKept(temp)).not.toContain(secret)
  await close()

  const next = await openTempCore({}, at)
  inPhase(await next.start(server.id), 'running')
  await fixture.expire(tokensOf(fixture)[0] ?? '')
  expect(textOf(await next.call(server.id, 'read'))).toBe('read done')
  expect(fixture.refreshes).toHaveLength(1)
  expect(everythingKept(next)).not.toContain(secret)
})

test('the next run needs no sign-in, and the next sign-in no registration', async () => {
  const { core, close, at, fixture, server } = await openSignedIn()
  await signInTo(core, server.id)
  await close()
  const { start, core: next, call } = await openTempCore({}, at)
  inPhase(await start(server.id), 'running')
  expect(textOf(await call(server.id, 'read'))).toBe('read done')
  expect(next.accounts.list()).toHaveLength(1)
  expect(fixture.requests.filter((line) => line === 'POST /reg')).toHaveLength(1)
})

test('50 calls whose token has run out make one refresh, and all succeed', async () => {
  const { fixture, server, call } = await openSignedIn()
  await call(server.id, 'read')
  const [before = ''] = tokensOf(fixture)
  await fixture.expire(before)
  const results = await Promise.all(Array.from({ length: 50 }, () => call(server.id, 'read')))
  expect(new Set(results.map(textOf))).toEqual(new Set(['read done']))
  expect(fixture.refreshes).toHaveLength(1)
  expect(new Set(fixture.seenTokens).size).toBe(2)
})

test('a refresh that is under way when the program ends is not lost', async () => {
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  let isHeld = false
  const { server, call, fixture, close, at } = await openSignedIn({
    intercept: (request, response) => {
      if (!isHeld || request.url !== '/token') return false
      isHeld = false
      // The server carries it out, and its answer is late.
      const end = response.end.bind(response)
      Object.assign(response, {
        end: (...args: Parameters<typeof end>) => {
          begun.resolve()
          void release.promise.then(() => end(...args))
        },
      })
      return false
    },
  })
  await call(server.id, 'read')
  await fixture.expire(tokensOf(fixture)[0] ?? '')
  isHeld = true
  const cut = errorOf(call(server.id, 'read'))
  await begun.promise
  const closed = close()
  release.resolve()
  await Promise.all([cut, closed])
  const next = await openTempCore({}, at)
  inPhase(await next.start(server.id), 'running')
  expect(textOf(await next.call(server.id, 'read'))).toBe('read done')
  expect(fixture.refreshes).toHaveLength(1)
})

test('a sign-in that was revoked fails the call, and says what to do', async () => {
  const { core, fixture, server, call, account } = await openSignedIn()
  await call(server.id, 'read')
  await fixture.revokeAll()
  const error = await errorOf(call(server.id, 'read'))
  expect(error).toMatchObject({
    code: 'auth_required',
    data: { reason: 'refused_renewal', signIn: 'guarded' },
  })
  expect(core.accounts.list()).toMatchObject([
    { id: account.id, isRenewable: false, problem: { code: 'auth_required' } },
  ])
  await signInTo(core, server.id)
  expect(core.accounts.list()).toMatchObject([{ isRenewable: true, problem: null }])
  expect(textOf(await call(server.id, 'read'))).toBe('read done')
})

test('a call that needs more asks for it by name, and the next sign-in gets both', async () => {
  const { core, fixture, server, call } = await openSignedIn()
  expect((await errorOf(call(server.id, 'write'))).data).toMatchObject({
    reason: 'scope',
    scope: 'mcp:write',
    signIn: 'guarded',
  })
  expect(textOf(await call(server.id, 'read'))).toBe('read done')
  const { scope } = await signInTo(core, server.id)
  expect(scope?.split(' ').toSorted()).toEqual(['mcp:read', 'mcp:write'])
  expect(textOf(await call(server.id, 'write'))).toBe('write done')
  expect(fixture.requests.filter((line) => line === 'POST /reg')).toHaveLength(2)
})

test('signing out revokes the tokens, forgets them, and stops what ran with them', async () => {
  const { core, server, account, call, fixture, add, start } = await openSignedIn()
  await call(server.id, 'read')
  const [access = ''] = tokensOf(fixture)
  // Another server, whose address lacks a secret since it runs, has no say in that.
  const name = secretNameSchema.parse('path')
  await core.vault.set(name, 'mcp')
  const other = await add('other', remote('http', fixture.url.replace(/mcp$/, `secret://${name}`)))
  const otherAccount = await signInTo(core, other.id)
  // One resource, two addresses: neither sign-in ends the other.
  expect(core.accounts.list()).toHaveLength(2)
  inPhase(await start(other.id), 'running')
  await core.vault.delete(name)
  expect(await signOut(core, account.id)).toBe(true)
  expect(await fixture.isLive(access)).toBe(false)
  expect(core.accounts.list().map(({ id }) => id)).toEqual([otherAccount.id])
  expect(await core.vault.get(secretNameSchema.parse(`oauth.${account.id}`))).toBeNull()
  const { state } = await phaseOf(core, server.id, 'failed')
  expect(state).toMatchObject({ error: { code: 'auth_required', data: { reason: 'no_account' } } })
})

test('without a browser here: the address it ended at is pasted, and a wrong one does not end it', async () => {
  const fixture = await serveAuthorization()
  const { core, add } = await openTempCore()
  const server = await add('guarded', remote('http', fixture.url))
  const refusals: string[] = []
  const account = await signInTo(core, server.id, async (event) => {
    if (event.type !== 'authorize') return
    const landed = await browseUntil(event.url)
    const forged = new URL(landed)
    forged.searchParams.set('state', 'forged')
    for (const wrong of [forged.href, event.url, landed.searchParams.get('code') ?? '', '']) {
      try {
        core.accounts.paste(server.id, wrong)
      } catch (error) {
        refusals.push(String(error))
      }
    }
    core.accounts.paste(server.id, landed.href)
  })
  expect(account.serverUrl).toBe(fixture.url)
  expect(refusals).toEqual([
    expect.stringContaining('bad_response'),
    // The server states that it names itself (RFC 9207): neither the page of the sign-in nor a code alone does.
    expect.stringContaining('issuer_mismatch'),
    expect.stringContaining('code_alone'),
    expect.stringContaining('invalid_input'),
  ])
  expect(() => core.accounts.paste(server.id, 'late')).toThrow('bad_response')
})

test('the redirect address takes the one answer that was asked for, and nothing else', async () => {
  const fixture = await serveAuthorization()
  const { core, add } = await openTempCore()
  const server = await add('guarded', remote('http', fixture.url))
  const answers: [string, number, string | null][] = []
  await signInTo(core, server.id, async (event) => {
    if (event.type !== 'authorize') return
    const landed = await browseUntil(event.url)
    const knock = async (what: string, address: URL, init: RequestInit = {}) => {
      const response = await fetch(address, init)
      answers.push([what, response.status, response.headers.get('content-security-policy')])
    }
    const { port } = landed
    const wrongState = new URL(landed)
    wrongState.searchParams.set('state', 'x')
    await knock(
      'another name of this machine',
      new URL(landed.href.replace('127.0.0.1', 'localhost')),
    )
    await knock('another page', new URL(`http://127.0.0.1:${port}/`))
    await knock('a post', landed, { method: 'POST' })
    await knock('another state', wrongState)
    await knock('the answer', landed)
  })
  const policy = "default-src 'none'; frame-ancestors 'none'; form-action 'none'"
  expect(answers).toEqual([
    ['another name of this machine', 404, policy],
    ['another page', 404, policy],
    ['a post', 404, policy],
    ['another state', 400, policy],
    ['the answer', 200, policy],
  ])
})

test('the answer of another authorization server ends the sign-in, and its page says that nobody is signed in', async () => {
  const fixture = await serveAuthorization()
  const { core, add } = await openTempCore()
  const server = await add('guarded', remote('http', fixture.url))
  for (const iss of ['https://evil.example', null]) {
    const shown: Promise<Response>[] = []
    const mixed = signInTo(core, server.id, async (event) => {
      if (event.type !== 'authorize') return
      const landed = await browseUntil(event.url)
      if (iss === null) landed.searchParams.delete('iss')
      else landed.searchParams.set('iss', iss)
      shown.push(fetch(landed))
    })
    expect((await errorOf(mixed)).data).toEqual({ reason: 'issuer_mismatch' })
    expect(await (await shown[0])?.text()).toContain('<h1>Not signed in</h1>')
  }
  // The code goes to nobody.
  expect(fixture.requests).not.toContain('POST /token')
  expect(core.accounts.list()).toEqual([])
})

test('a person who gives up, and one who is refused, leave nothing behind', async () => {
  const fixture = await serveAuthorization()
  const { core, add } = await openTempCore()
  const server = await add('guarded', remote('http', fixture.url))
  const address = await core.addressOf(server.id)
  const ended = Promise.withResolvers<unknown>()
  let redirectUri = ''
  const cancel = core.accounts.signIn(address, {
    push: (event) => {
      if (event.type !== 'authorize') return
      ;({ redirectUri } = event)
      cancel()
    },
    end: ended.resolve,
  })
  expect(await ended.promise).toMatchObject({ code: 'call_cancelled' })
  await expect(fetch(redirectUri)).rejects.toThrow('fetch failed')

  const refused = signInTo(core, server.id, async (event) => {
    if (event.type !== 'authorize') return
    const answer = new URL(event.redirectUri)
    answer.searchParams.set('state', new URL(event.url).searchParams.get('state') ?? '')
    answer.searchParams.set('iss', fixture.issuer)
    answer.searchParams.set('error', 'access_denied')
    await fetch(answer)
  })
  expect((await errorOf(refused)).data).toMatchObject({ reason: 'denied', detail: 'access_denied' })
  expect(core.accounts.list()).toEqual([])
})

test('a client that stands for itself signs in without anybody, and renews itself', async () => {
  const client = {
    client_id: 'machine',
    client_secret: 'a secret: with + and %',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  }
  let isBroken = true
  const fixture = await serveAuthorization({
    configuration: { clients: [client] },
    intercept: (request, response) => {
      if (!isBroken || request.url !== '/token') return false
      isBroken = false
      response.writeHead(503).end()
      return true
    },
  })
  const temp = await openTempCore()
  const { core, add, call } = temp
  const server = await add('guarded', remote('http', fixture.url))
  await stateOauthOptions(core, server.id, {
    grant: 'client_credentials',
    clientId: 'machine',
    clientSecretValue: client.client_secret,
  })
  core.supervisor.command(server.id, 'start')
  // The first try meets a server that is out of order.
  await phaseOf(core, server.id, 'running')
  expect(fixture.requests.filter((line) => line === 'POST /token')).toHaveLength(2)
  expect(textOf(await call(server.id, 'read'))).toBe('read done')
  await fixture.expire(tokensOf(fixture)[0] ?? '')
  expect(textOf(await call(server.id, 'read'))).toBe('read done')
  // What needs more has it by itself: nobody is there to ask.
  expect(textOf(await call(server.id, 'write'))).toBe('write done')
  expect(core.accounts.list()).toMatchObject([
    { grant: 'client_credentials', clientId: 'machine', scope: 'mcp:write mcp:read' },
  ])
  const kept = everythingKept(temp)
  for (const secret of [client.client_secret, ...tokensOf(fixture)]) {
    expect(kept).not.toContain(secret)
  }
})

test('a client that stands for itself signs with its private key, which nobody is sent', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
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
  const temp = await openTempCore()
  const { core, add, call } = temp
  const server = await add('guarded', remote('http', fixture.url))
  await stateOauthOptions(core, server.id, {
    grant: 'client_credentials',
    clientId: 'machine',
    clientSecretValue: pem,
  })
  core.supervisor.command(server.id, 'start')
  await phaseOf(core, server.id, 'running')
  await fixture.expire(tokensOf(fixture)[0] ?? '')
  expect(textOf(await call(server.id, 'read'))).toBe('read done')
  // The body of the key, whatever its lines.
  expect(everythingKept(temp)).not.toContain(pem.split('\n')[1])
})

test('a client whose secret was replaced goes on without a sign-in', async () => {
  const client = {
    client_id: 'machine',
    client_secret: 'the first secret',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  }
  const basic = (secret: string) =>
    `Basic ${Buffer.from(`machine:${secret.replaceAll(' ', '+')}`).toString('base64')}`
  let isReplaced = false
  const fixture = await serveAuthorization({
    configuration: { clients: [client] },
    intercept: ({ url, headers }, response) => {
      if (!isReplaced || url !== '/token') return false
      if (headers.authorization === basic('the second secret')) {
        headers.authorization = basic(client.client_secret)
        return false
      }
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: 'invalid_client' }))
      return true
    },
  })
  const { core, add, start, call } = await openTempCore()
  const { id } = await add('guarded', remote('http', fixture.url))
  const name = secretNameSchema.parse('crm')
  await core.secrets.add(name, client.client_secret)
  await core.registry.change(id, (one) => ({
    ...one,
    oauth: {
      ...optionsOf(one),
      grant: 'client_credentials',
      clientId: 'machine',
      clientSecret: `secret://${name}`,
    },
  }))
  inPhase(await start(id), 'running')
  isReplaced = true
  await fixture.expire(tokensOf(fixture)[0] ?? '')
  expect((await errorOf(call(id, 'read'))).code).toBe('auth_required')
  await core.secrets.replace(name, 'the second secret')
  await core.supervisor.stopAndWait(id)
  inPhase(await start(id), 'running')
  expect(textOf(await call(id, 'read'))).toBe('read done')
  expect(core.accounts.list()).toMatchObject([{ isRenewable: true, problem: null }])
})

test('a secret that is renamed stays the secret of its client', async () => {
  const client = {
    client_id: 'machine',
    client_secret: 'a secret of its own',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  }
  const fixture = await serveAuthorization({ configuration: { clients: [client] } })
  const { core, add, start } = await openTempCore()
  const { id } = await add('guarded', remote('http', fixture.url))
  const [before, after] = [secretNameSchema.parse('crm'), secretNameSchema.parse('crm.client')]
  await core.secrets.add(before, client.client_secret)
  await core.registry.change(id, (one) => ({
    ...one,
    oauth: {
      ...optionsOf(one),
      grant: 'client_credentials',
      clientId: 'machine',
      clientSecret: `secret://${before}`,
    },
  }))
  await core.secrets.rename(before, after)
  expect(core.registry.get(id).oauth?.clientSecret).toBe(`secret://${after}`)
  inPhase(await start(id), 'running')
})

test('a server that registers nobody says how to go on; a client registered by hand does', async () => {
  const client = {
    client_id: 'by-hand',
    token_endpoint_auth_method: 'none',
    application_type: 'native',
    redirect_uris: ['http://127.0.0.1/callback'],
    grant_types: ['authorization_code', 'refresh_token'],
  } as const
  const fixture = await serveAuthorization({
    configuration: {
      clients: [
        {
          ...client,
          redirect_uris: [...client.redirect_uris],
          grant_types: [...client.grant_types],
        },
      ],
    },
    changeMetadata: (metadata) => ({ ...metadata, registration_endpoint: undefined }),
  })
  const { core, add } = await openTempCore()
  const server = await add('guarded', remote('http', fixture.url))
  expect((await errorOf(signInTo(core, server.id))).data).toEqual({
    reason: 'no_client',
    client: 'guarded',
  })
  await stateOauthOptions(core, server.id, { clientId: 'by-hand' })
  const account = await signInTo(core, server.id)
  expect(account.id).toBe(
    accountIdOf({
      serverUrl: fixture.url,
      issuer: fixture.issuer,
      resource: fixture.url,
      clientId: 'by-hand',
      label: '',
    }),
  )
  // The server moves to another authorization server, which may be after what this client knows.
  const { id } = server
  await core.registry.change(id, (one) => ({
    ...one,
    oauth: { ...optionsOf(one), issuer: 'https://was.example' },
  }))
  expect((await errorOf(signInTo(core, id))).data['reason']).toBe('issuer_changed')
  await stateOauthOptions(core, id, { clientId: 'by-hand' })
  expect((await signInTo(core, id)).issuer).toBe(fixture.issuer)
  expect(core.registry.get(id).oauth?.issuer).toBe(fixture.issuer)
})

test('the metadata document of the settings is the client, without a registration; without one it registers', async () => {
  const clientMetadataUrl = 'https://client.example/mcp-manager.json'
  const fixture = await serveAuthorization({
    clientDocument: {
      client_id: clientMetadataUrl,
      client_name: 'MCP Manager',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
    },
  })
  const { core, add } = await openTempCore()
  const server = await add('guarded', remote('http', fixture.url))
  const registrations = () => fixture.requests.filter((line) => line === 'POST /reg').length
  await core.settings.change({ oauth: { clientMetadataUrl } })
  expect((await signInTo(core, server.id)).clientId).toBe(clientMetadataUrl)
  expect(registrations()).toBe(0)
  await core.settings.change({ oauth: { clientMetadataUrl: null } })
  expect((await signInTo(core, server.id)).clientId).not.toBe(clientMetadataUrl)
  expect(registrations()).toBe(1)
})

test.each([
  ['address_refused', { registration_endpoint: 'https://169.254.169.254/register' }],
  ['insecure_address', { authorization_endpoint: 'javascript:alert(1)' }],
])('nobody is sent to sign in where the metadata says %s', async (reason, change) => {
  const fixture = await serveAuthorization({
    changeMetadata: (metadata) => ({ ...metadata, ...change }),
  })
  const { core, add } = await openTempCore()
  const server = await add('guarded', remote('http', fixture.url))
  const seen: string[] = []
  const failed = signInTo(core, server.id, async (event) => {
    seen.push(event.type)
  })
  expect((await errorOf(failed)).data['reason']).toBe(reason)
  expect(seen).not.toContain('authorize')
})

test('a token in the headers is the one that is sent, and no sign-in is offered', async () => {
  const fixture = await serveAuthorization()
  const { add, start } = await openTempCore()
  const headers = { Authorization: 'Bearer given-by-hand' }
  const transport = { type: 'http' as const, url: fixture.url, headers, headersHelper: null }
  const server = await add('by-hand', transport)
  const { error } = inPhase(await start(server.id), 'failed')
  expect(error.code).toBe('auth_required')
  expect(error.data['signIn']).toBeUndefined()
  expect(new Set(fixture.seenTokens)).toEqual(new Set(['given-by-hand']))
})

test('the account of a removed server is forgotten with it, unless another server uses it', async () => {
  const { core, add, fixture, server, account } = await openSignedIn()
  const other = await add('other', remote('http', fixture.url))
  const held = async () =>
    (await core.vault.get(secretNameSchema.parse(`oauth.${account.id}`))) !== null
  await core.supervisor.stopAndWait(server.id)
  await core.removed.remove(server.id)
  await core.removed.close()
  expect([core.accounts.list().length, await held()]).toEqual([1, true])
  await core.removed.remove(other.id)
  await core.removed.close()
  expect([core.accounts.list().length, await held()]).toEqual([0, false])
})

test('a sign-in to a server that is removed ends, and nobody is signed in', async () => {
  const fixture = await serveAuthorization()
  const { core, add } = await openTempCore()
  const server = await add('guarded', remote('http', fixture.url))
  let redirectUri = ''
  const ended = signInTo(core, server.id, async (event) => {
    if (event.type !== 'authorize') return
    ;({ redirectUri } = event)
    await core.removed.remove(server.id)
  })
  expect((await errorOf(ended)).code).toBe('call_cancelled')
  await expect(fetch(redirectUri)).rejects.toThrow('fetch failed')
  expect(core.accounts.list()).toEqual([])
})

test('an account tells which servers use it, whatever becomes of them', async () => {
  const { core, add, fixture, server } = await openSignedIn()
  const users = () => core.accounts.list()[0]?.usedBy.map(({ name }) => name)
  const told: (readonly string[])[] = []
  core.accounts.onDidChange((event) => {
    if (event.type === 'changed') told.push(event.account.usedBy.map(({ name }) => name))
  })
  expect(users()).toEqual(['guarded'])
  const other = await add('other', remote('http', fixture.url))
  expect(told.at(-1)).toEqual(['guarded', 'other'])
  await stateOauthOptions(core, other.id, { account: 'work' })
  expect(told.at(-1)).toEqual(['guarded'])
  // The port stands in a variable: it is known once the server was resolved for a use, and not before.
  const { port } = new URL(fixture.url)
  const url = `http://127.0.0.1:\${MCP_TEST_PORT:-${port}}/mcp`
  const named = await add('by-variable', remote('http', url))
  expect(users()).toEqual(['guarded'])
  core.supervisor.command(named.id, 'start')
  await phaseOf(core, named.id, 'running')
  expect(told.at(-1)).toEqual(['by-variable', 'guarded'])
  await core.registry.change(server.id, (one) => ({ ...one, name: 'renamed' }))
  expect(told.at(-1)).toEqual(['by-variable', 'renamed'])
  await core.supervisor.stopAndWait(server.id)
  await core.removed.remove(server.id)
  expect(told.at(-1)).toEqual(['by-variable'])
})

test('what is no remote server cannot be signed in to', async () => {
  const { core, addFixture } = await openTempCore()
  const server = await addFixture('calm')
  expect(await codeOf(core.addressOf(server.id))).toBe('invalid_input')
  expect(await settled(core, server.id)).toMatchObject({ state: { phase: 'stopped' } })
})
