import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import * as http from 'node:http'
import * as https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { AppError } from '../../shared/domain/errors.ts'
import { classOfAddress } from './address-class.ts'
import { createNetworkGuard, hostOf, type Resolve } from './server-network.ts'
import { signInError } from './sign-in-error.ts'

/** A request of the sign-in. */
export interface GuardedRequest {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Its whole answer. */
export interface GuardedResponse {
  readonly status: number
  readonly headers: Readonly<http.IncomingHttpHeaders>
  readonly text: string
}

/**
 * Sends a request of the sign-in to an address that a server named. Only https, and only addresses of the internet: all
 * others a server could name to have this program look into the person's network. Where the MCP server itself, which the
 * person named, is in a private network, addresses of networks of that kind are taken too; where it is on this machine, this
 * machine's are, also without https (`createNetworkGuard`). A redirect of a GET is followed within its origin, and refused
 * where it leads elsewhere: whoever was asked has to answer.
 * @throws AppError `sign_in_failed` with reason `insecure_address`, `address_refused`, `redirect_refused`, `too_large`,
 * `too_slow` or `unreachable`; the reason of `signal` once that aborts.
 */
export type GuardedFetch = (
  url: URL,
  request: GuardedRequest,
  signal: AbortSignal,
) => Promise<GuardedResponse>

/** Bounds and the resolver; all have what is usual. */
export interface GuardedFetchOptions {
  readonly maxBytes?: number
  /** Of one request from its beginning to the last byte of the answer, redirects included. */
  readonly timeoutMs?: number
  readonly lookup?: Resolve
}

const maxRedirects = 3
const defaultMaxBytes = 512 * 1024
const defaultTimeoutMs = 10_000

/** A guarded fetch for the sign-in to one MCP server. */
export function createGuardedFetch(
  serverUrl: URL,
  options: GuardedFetchOptions = {},
): GuardedFetch {
  const resolve = options.lookup ?? systemLookup
  const maxBytes = options.maxBytes ?? defaultMaxBytes
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs
  const isAllowed = createNetworkGuard(serverUrl, resolve)
  const lookup = guardedLookup(resolve, isAllowed)

  const sendOnce = async (url: URL, request: GuardedRequest, signal: AbortSignal) => {
    assertSchemeAllowed(url, serverUrl)
    const host = hostOf(url)
    if (isIP(host) !== 0 && !(await isAllowed(host))) throw refused(host)
    const { request: send } = url.protocol === 'https:' ? https : http
    const { method, headers, body } = request
    const response = await new Promise<http.IncomingMessage>((done, fail) => {
      const sent = send(url, {
        method,
        headers: { 'accept-encoding': 'identity', 'user-agent': 'mcp-manager', ...headers },
        // The address that was looked at is the one that is connected to: a name that resolves anew cannot slip by.
        lookup,
        // A pooled socket would have been connected by the rules of another server.
        agent: false,
        signal,
      })
      sent.once('error', fail)
      sent.once('response', done)
      sent.end(body)
    })
    const text = await readBounded(response, maxBytes)
    return { status: response.statusCode ?? 0, headers: response.headers, text }
  }

  return async (url, request, signal) => {
    const timeout = AbortSignal.timeout(timeoutMs)
    const either = AbortSignal.any([signal, timeout])
    try {
      let current = url
      for (let followed = 0; ; followed += 1) {
        const response = await sendOnce(current, request, either)
        const target = redirectOf(current, response)
        if (target === null || request.method !== 'GET' || followed === maxRedirects) {
          return response
        }
        if (target.origin !== current.origin) {
          throw signInError('redirect_refused', { detail: `${current.host} to ${target.host}` })
        }
        current = target
      }
    } catch (error) {
      if (signal.aborted) throw signal.reason
      if (timeout.aborted) throw signInError('too_slow', { detail: url.host }, { cause: error })
      throw toSignInError(error, url)
    }
  }
}

/**
 * Whether an address may be used, or opened in a browser, in the sign-in to a server: https, or http where both are on this
 * machine. Pure.
 * @throws AppError `sign_in_failed` with reason `insecure_address`.
 */
export function assertSchemeAllowed(url: URL, serverUrl: URL): void {
  if (url.protocol === 'https:') return
  const isLocal = isLoopbackName(hostOf(url)) && isLoopbackName(hostOf(serverUrl))
  if (url.protocol === 'http:' && isLocal) return
  throw signInError('insecure_address', { detail: `${url.protocol}//${url.host}` })
}

/** By the name alone: another name may resolve to this machine today and to another one tomorrow. */
function isLoopbackName(host: string): boolean {
  return host === 'localhost' || (isIP(host) !== 0 && classOfAddress(host) === 'loopback')
}

function refused(detail: string): AppError {
  return signInError('address_refused', { detail })
}

function guardedLookup(
  resolve: Resolve,
  isAllowed: (address: string) => Promise<boolean>,
): LookupFunction {
  const answer = async (
    hostname: string,
    addresses: LookupAddress[],
    all: boolean,
    callback: Parameters<LookupFunction>[2],
  ): Promise<void> => {
    const allowed = await Promise.all(addresses.map(({ address }) => isAllowed(address)))
    const [first] = addresses
    if (first === undefined || allowed.includes(false)) callback(refused(hostname), '')
    else if (all) callback(null, addresses)
    else callback(null, first.address, first.family)
  }
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) callback(error, '')
      else void answer(hostname, addresses, options.all === true, callback)
    })
  }
}

async function readBounded(response: http.IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    // Without an encoding set, a stream of HTTP yields buffers.
    const buffer = chunk as Buffer
    bytes += buffer.length
    // Leaving the loop destroys the stream, and with it the connection.
    if (bytes > maxBytes) throw signInError('too_large')
    chunks.push(buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function redirectOf(from: URL, { status, headers }: GuardedResponse): URL | null {
  if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return null
  return URL.parse(headers.location, from.href)
}

function toSignInError(error: unknown, url: URL): unknown {
  const chain: unknown[] = error instanceof AggregateError ? [...error.errors, error] : [error]
  const own = chain.find((link) => link instanceof Error && link.name === 'AppError')
  if (own !== undefined) return own
  const code = chain
    .map((link) => (link instanceof Error && 'code' in link ? String(link.code) : null))
    .find((found) => found !== null)
  const detail = code === undefined ? url.host : `${url.host}: ${code}`
  return signInError('unreachable', { detail }, { cause: error })
}
