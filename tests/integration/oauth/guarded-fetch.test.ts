import type { LookupAddress } from 'node:dns'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  createGuardedFetch,
  type GuardedFetchOptions,
  type GuardedRequest,
} from '../../../src/core/oauth/guarded-fetch.ts'
import { signInReasonOf } from '../../../src/core/oauth/sign-in-error.ts'
import { makeCertificate, type TestCertificate } from '../../fixtures/certificate.ts'
import { type HttpFixture } from '../../fixtures/open-http.ts'
import { serveHttp } from '../http-fixtures.ts'
import { errorOf } from '../temp-core.ts'

const get: GuardedRequest = { method: 'GET', headers: {} }
const never = new AbortController().signal

/** A resolver that knows these names only. */
function lookupOf(names: Record<string, string[]>): NonNullable<GuardedFetchOptions['lookup']> {
  const lookup = (
    name: string,
    _options: unknown,
    callback: (error: Error | null, addresses: LookupAddress[]) => void,
  ) => {
    const addresses = (names[name] ?? []).map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }))
    callback(addresses.length === 0 ? new Error(`no ${name}`) : null, addresses)
  }
  // Called with `all` only, as the guard does.
  return lookup as unknown as NonNullable<GuardedFetchOptions['lookup']>
}

async function reasonFor(
  server: string,
  target: string,
  options: GuardedFetchOptions = {},
  request = get,
): Promise<unknown> {
  const fetch = createGuardedFetch(new URL(server), options)
  return signInReasonOf(await errorOf(fetch(new URL(target), request, never)))
}

describe('for a server on the internet', () => {
  const lookup = lookupOf({
    'mcp.example': ['93.184.216.34'],
    'inner.example': ['10.0.0.5'],
    'self.example': ['127.0.0.1'],
    'mixed.example': ['93.184.216.34', '169.254.169.254'],
    'six.example': ['fd00::5'],
  })
  test.each([
    ['http://mcp.example/', 'insecure_address'],
    ['http://127.0.0.1/', 'insecure_address'],
    ['file:///etc/passwd', 'insecure_address'],
    ['https://127.0.0.1/', 'address_refused'],
    ['https://[::1]/', 'address_refused'],
    ['https://2130706433/', 'address_refused'],
    ['https://0x7f.1/', 'address_refused'],
    ['https://169.254.169.254/latest/meta-data', 'address_refused'],
    ['https://[::ffff:169.254.169.254]/', 'address_refused'],
    ['https://192.168.0.1/', 'address_refused'],
    ['https://inner.example/', 'address_refused'],
    ['https://self.example/', 'address_refused'],
    ['https://mixed.example/', 'address_refused'],
    ['https://six.example/', 'address_refused'],
    ['https://nowhere.example/', 'unreachable'],
  ])('%s is refused: %s', async (target, reason) => {
    expect(await reasonFor('https://mcp.example/mcp', target, { lookup })).toBe(reason)
  })

  test('a name that leads to this machine opens nothing, for all that it may lead to another one', async () => {
    const reason = await reasonFor('https://self.example/', 'https://inner.example/', { lookup })
    expect(reason).toBe('address_refused')
  })
})

describe('for a server in a private network', () => {
  const lookup = lookupOf({ 'mcp.corp': ['10.0.0.7'] })
  test.each([
    ['https://169.254.169.254/', 'address_refused'],
    ['https://127.0.0.1/', 'address_refused'],
    ['http://10.0.0.8/', 'insecure_address'],
  ])('%s is refused: %s', async (target, reason) => {
    expect(await reasonFor('https://mcp.corp/mcp', target, { lookup })).toBe(reason)
  })
})

describe('for a server of a name that leads to this machine, as one of a private network does', () => {
  const { key, cert } = makeCertificate('mcp.example')
  const before = getCACertificates()
  setDefaultCACertificates([...before, cert])
  afterAll(() => setDefaultCACertificates(before))
  const lookup = lookupOf({ 'mcp.example': ['127.0.0.1'], 'auth.example': ['127.0.0.1'] })

  async function serveTls(pair: TestCertificate): Promise<number> {
    const server = createServer(pair, (_request, response) => response.end('hello'))
    onTestFinished(() => {
      server.close()
      server.closeAllConnections()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    // It listens on an address of IP.
    return (server.address() as AddressInfo).port
  }

  test('what it is opens the network that it is in', async () => {
    const port = await serveTls({ key, cert })
    const fetch = createGuardedFetch(new URL(`https://mcp.example:${port}/mcp`), { lookup })
    const response = await fetch(new URL(`https://mcp.example:${port}/`), get, never)
    expect(response).toMatchObject({ status: 200, text: 'hello' })
    // The network is open: it is this one's own certificate that does not fit its name.
    const other = await errorOf(fetch(new URL(`https://auth.example:${port}/`), get, never))
    expect(other.data).toMatchObject({
      reason: 'unreachable',
      detail: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
    })
  })

  test('a name that only resolves there now opens nothing', async () => {
    const port = await serveTls(makeCertificate('auth.example'))
    const server = `https://mcp.example:${port}/mcp`
    expect(await reasonFor(server, `https://127.0.0.1:${port}/`, { lookup })).toBe(
      'address_refused',
    )
    expect(await reasonFor(server, `https://auth.example:${port}/`, { lookup })).toBe(
      'address_refused',
    )
  })
})

describe('for a server on this machine', () => {
  async function serve(answer: (fixture: { path: string }) => [number, string, string]) {
    return await serveHttp((request, response) => {
      const [status, location, body] = answer({ path: request.url ?? '' })
      response.writeHead(status, location === '' ? {} : { location }).end(body)
    })
  }
  const reasonAt = async (fixture: HttpFixture, options: GuardedFetchOptions = {}) =>
    await reasonFor(fixture.url, `${fixture.url}/start`, options)

  test('http is taken, and a redirect within the server is followed', async () => {
    const fixture = await serve(({ path }) =>
      path === '/start' ? [302, '/end', ''] : [200, '', 'hello'],
    )
    const fetch = createGuardedFetch(new URL(fixture.url))
    const response = await fetch(new URL(`${fixture.url}/start`), get, never)
    expect(response).toMatchObject({ status: 200, text: 'hello' })
  })

  test.each([
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/',
    'https://mcp.example/',
    'http://127.0.0.1:1/',
    'file:///etc/passwd',
  ])('a redirect to %s is refused', async (target) => {
    expect(await reasonAt(await serve(() => [302, target, '']))).toBe('redirect_refused')
  })

  test('a redirect without end is not followed for ever', async () => {
    let count = 0
    const fixture = await serve(() => {
      count += 1
      return [302, `/start?${count}`, '']
    })
    const fetch = createGuardedFetch(new URL(fixture.url))
    expect((await fetch(new URL(`${fixture.url}/start`), get, never)).status).toBe(302)
    expect(count).toBe(4)
  })

  test('what is posted goes nowhere else', async () => {
    const fixture = await serve(() => [307, 'https://169.254.169.254/', ''])
    const fetch = createGuardedFetch(new URL(fixture.url))
    const request = { method: 'POST', headers: {}, body: 'secret' } as const
    expect((await fetch(new URL(fixture.url), request, never)).status).toBe(307)
  })

  test('an answer of 10 MB is given up, and its connection is closed', async () => {
    const fixture = await serve(() => [200, '', 'x'.repeat(10_000_000)])
    expect(await reasonAt(fixture)).toBe('too_large')
    await expect.poll(() => fixture.sockets.size).toBe(0)
  })

  test.each([
    ['nothing', () => {}],
    ['its head only', (write: (text: string) => void) => write('{')],
  ])('a server that sends %s is given up', async (_, answer) => {
    const fixture = await serveHttp((_request, response) => answer((text) => response.write(text)))
    expect(await reasonAt(fixture, { timeoutMs: 50 })).toBe('too_slow')
    await expect.poll(() => fixture.sockets.size).toBe(0)
  })

  test('a person who gives up is not told of a slow server', async () => {
    const cancel = new AbortController()
    const fixture = await serveHttp(() => cancel.abort(new Error('given up')))
    const fetch = createGuardedFetch(new URL(fixture.url))
    await expect(fetch(new URL(fixture.url), get, cancel.signal)).rejects.toThrow('given up')
  })
})
