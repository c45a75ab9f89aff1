import type { LookupAddress, lookup } from 'node:dns'
import { isIP } from 'node:net'
import { connect } from 'node:tls'
import { classOfAddress } from './address-class.ts'

/** Resolves names, as `dns.lookup` with `all` does. */
export type Resolve = typeof lookup

/** How long the server may take to show its certificate, in milliseconds. */
const handshakeMs = 5_000

/**
 * Tells which addresses the sign-in to a server may use: those of the internet, and those of the kind that the server itself
 * has. A name may resolve to one address for the server's own requests and to another one here (DNS rebinding): before it opens
 * a private network, whoever is at that address has to show the certificate of that name. Without https (`discover` takes that
 * on this machine only) there is nothing to show.
 * @returns whether an IP address may be used.
 */
export function createNetworkGuard(
  serverUrl: URL,
  resolve: Resolve,
): (address: string) => Promise<boolean> {
  const host = hostOf(serverUrl)
  let found: Promise<readonly LookupAddress[]> | null = null
  let proof: Promise<boolean> | null = null
  return async (address) => {
    const kind = classOfAddress(address)
    if (kind === 'public') return true
    if (kind === 'reserved') return false
    if (isIP(host) !== 0) return classOfAddress(host) === kind
    found ??= addressesOf(host, resolve)
    const addresses = await found
    // A name with addresses of several kinds opens none of them.
    if (addresses.length === 0) return false
    if (!addresses.every((one) => classOfAddress(one.address) === kind)) return false
    if (serverUrl.protocol !== 'https:') return true
    proof ??= showsCertificate(host, Number(serverUrl.port || 443), addresses)
    return await proof
  }
}

/** The host of an address, an IPv6 address without its brackets. Pure. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

/** A name that cannot be resolved opens nothing. */
async function addressesOf(host: string, resolve: Resolve): Promise<readonly LookupAddress[]> {
  return await new Promise((done) => {
    resolve(host, { all: true }, (error, addresses) => done(error ? [] : addresses))
  })
}

/** Whether a server at one of these addresses has a certificate for the name. */
async function showsCertificate(
  host: string,
  port: number,
  addresses: readonly LookupAddress[],
): Promise<boolean> {
  return await new Promise((done) => {
    const [first] = addresses
    const socket = connect({
      host,
      port,
      servername: host,
      timeout: handshakeMs,
      // The addresses that were looked at, whatever the name resolves to by now.
      lookup: (_name, options, callback) => {
        if (options.all === true) callback(null, [...addresses])
        else callback(null, first?.address ?? '', first?.family)
      },
    })
    const end = (isShown: boolean) => {
      socket.destroy()
      done(isShown)
    }
    socket.once('secureConnect', () => end(socket.authorized))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}
