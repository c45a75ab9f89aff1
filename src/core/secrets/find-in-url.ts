import { hintOfName } from '../../shared/domain/secret-looking-name.ts'
import { type CredentialFinding, literalParts } from './credential-finding.ts'
import { isOpaque, isUuid } from './opaque-value.ts'
import { isPlainUnderStrongName } from './plain-value.ts'

/** A capability in a path (`/s/<token>/mcp`) is shorter than a free-standing key, and nothing else looks random there. */
const minSegmentLength = 16
const revisionFolder = /^(?:commit|commits|blob|tree|raw|tarball|zipball|archive)$/

/** The scheme's length is bounded, so that a long text without a URL takes linear time. */
const urlPattern = /([A-Za-z][A-Za-z0-9+.-]{0,30}):\/\/([^\s"'<>`]+)/g

/** The credentials in the URLs of a masked text: a password or key before the `@`, parameters, and random path segments. */
export function findInUrls(masked: string): CredentialFinding[] {
  const findings: CredentialFinding[] = []
  for (const match of masked.matchAll(urlPattern)) {
    const scheme = (match[1] ?? '').toLowerCase()
    const rest = match[2] ?? ''
    if (scheme === 'secret') continue
    const start = match.index + match[0].length - rest.length
    const userLength = userinfoLength(rest)
    if (userLength > 0) findings.push(...findInUserinfo(masked, start, start + userLength, scheme))
    const hostStart = userLength === 0 ? 0 : userLength + 1
    const host = /^[^/?#]*/.exec(rest.slice(hostStart))?.[0] ?? ''
    const pathStart = start + hostStart + host.length
    const end = start + rest.length
    const path = /^[^?#]*/.exec(masked.slice(pathStart, end))?.[0] ?? ''
    if (scheme !== 'file') findings.push(...findInPath(path, pathStart))
    findings.push(...findInParameters(masked, pathStart + path.length, end))
  }
  return findings
}

/** Length of `user:password` before the `@`, 0 without one. A password with a raw `/`, `?` or `#` in it is seen too: no port is made of letters. */
function userinfoLength(rest: string): number {
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? ''
  const at = authority.lastIndexOf('@')
  if (at >= 0) return at
  const port = /^[^:[\]]*:([^:]*)$/.exec(authority)?.[1]
  if (port === undefined || !/[^\d\uE000\uE001]/.test(port)) return 0
  return Math.max(0, rest.lastIndexOf('@'))
}

function findInUserinfo(
  masked: string,
  start: number,
  end: number,
  scheme: string,
): CredentialFinding[] {
  const text = masked.slice(start, end)
  const colon = text.indexOf(':')
  const user = colon < 0 ? text : text.slice(0, colon)
  const findings: CredentialFinding[] = []
  if (!/ssh|git$|ftp/.test(scheme) && (isOpaque(user, minSegmentLength) || isUuid(user))) {
    findings.push({ start, end: start + user.length, reason: 'url_user', label: 'user' })
  }
  if (colon >= 0 && colon + 1 < text.length) {
    const from = start + colon + 1
    const whole = text.slice(colon + 1)
    // Whatever stands there is the password, also one that reads like a switch or a path.
    const parts = /[\uE000\uE001]/.test(whole)
      ? literalParts(masked, from, end)
      : [{ start: from, end }]
    for (const part of parts) findings.push({ ...part, reason: 'url_password', label: 'password' })
  }
  return findings
}

function findInPath(path: string, offset: number): CredentialFinding[] {
  const findings: CredentialFinding[] = []
  let start = offset
  let previous = ''
  for (const segment of path.split('/')) {
    const plain = segment.replace(/%[0-9a-f]{2}|:/gi, '+')
    if (!revisionFolder.test(previous) && (isOpaque(plain, minSegmentLength) || isUuid(plain))) {
      findings.push({ start, end: start + segment.length, reason: 'url_path', label: 'path' })
    }
    previous = segment
    start += segment.length + 1
  }
  return findings
}

function findInParameters(masked: string, start: number, end: number): CredentialFinding[] {
  const findings: CredentialFinding[] = []
  for (const match of masked.slice(start, end).matchAll(/([^?&#;=]+)=([^&#;]*)/g)) {
    const name = match[1] ?? ''
    const value = match[2] ?? ''
    const to = start + match.index + match[0].length
    const from = to - value.length
    const hint = hintOfName(name)
    const plain = value.replace(/%[0-9a-f]{2}/gi, '+')
    const named = (hint === 'strong' || hint === 'weak') && !isPlainUnderStrongName(value)
    if (!named && (hint === 'identifier' || !isOpaque(plain, minSegmentLength))) continue
    for (const part of literalParts(masked, from, to)) {
      findings.push({ ...part, reason: 'url_query', label: name })
    }
  }
  return findings
}
