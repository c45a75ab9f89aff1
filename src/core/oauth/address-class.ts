import { BlockList, isIP } from 'node:net'

/**
 * What an IP address is for: `loopback` is this machine, `private` a network of its own (RFC 1918, RFC 4193, RFC 6598),
 * `reserved` all that no server of the internet has, link-local and with it the metadata services of clouds included.
 */
export type AddressClass = 'public' | 'loopback' | 'private' | 'reserved'

const loopback = blockList(['127.0.0.0/8', '::1/128'])
const privateNetworks = blockList([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
])
// Of IPv6, IANA has given no other addresses to the internet (RFC 4291 section 2.4).
const globalIpv6 = blockList(['2000::/3'])
// IANA's registries of special-purpose addresses, without what stands above.
const reserved = blockList([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '2001::/23',
  '2001:db8::/32',
  '3fff::/20',
])

/** Classes an address as it stands in a URL's host or as a resolver gives it. A text that is none is `reserved`. Pure. */
export function classOfAddress(address: string): AddressClass {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const version = isIP(bare)
  if (version === 0) return 'reserved'
  const embedded = version === 6 ? embeddedIpv4(bare) : null
  if (embedded !== null) return classOfAddress(embedded)
  const family = version === 4 ? 'ipv4' : 'ipv6'
  if (loopback.check(bare, family)) return 'loopback'
  if (privateNetworks.check(bare, family)) return 'private'
  const isPublic = version === 4 || globalIpv6.check(bare, family)
  return isPublic && !reserved.check(bare, family) ? 'public' : 'reserved'
}

/** The IPv4 address that an IPv6 address leads to: mapped (RFC 4291), compatible, by NAT64 (RFC 6052) or by 6to4 (RFC 3056). */
function embeddedIpv4(address: string): string | null {
  const groups = groupsOf(address)
  const [first, second] = groups
  const lead = groups.slice(0, 6).join(':')
  // ::1 and :: are IPv6's own.
  const isCompatible = lead === '0:0:0:0:0:0' && groups[6] !== 0
  if (lead === '0:0:0:0:0:65535' || lead === '100:65435:0:0:0:0' || isCompatible) {
    return ipv4Of(groups[6], groups[7])
  }
  return first === 0x2002 ? ipv4Of(second, groups[2]) : null
}

function ipv4Of(high = 0, low = 0): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number)
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
  })
  const [head = '', tail] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0')
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16))
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix] = network.split('/')
    // Not by isIP, whose pattern for IPv6 takes 5 ms to compile: this runs at the start of the program.
    list.addSubnet(address, Number(prefix), address.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}
