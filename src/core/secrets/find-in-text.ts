import type { CredentialReason } from '../../shared/domain/literals.ts'
import { hintOfName } from '../../shared/domain/secret-looking-name.ts'
import { type CredentialFinding, literalParts } from './credential-finding.ts'
import { findInUrls } from './find-in-url.ts'
import { findKnownCredentials, type TextRange } from './known-credential.ts'
import { defaultMark, maskReferences, referenceMark } from './mask-references.ts'
import { isOpaque, isUuid } from './opaque-value.ts'
import { isPath, isPlainUnderStrongName, isPlainUnderWeakName } from './plain-value.ts'

const foreignReference = /secret:\/\/[a-z0-9._-]*/gi
const authScheme = /^\s*(?:bearer|basic|token|api-?key|digest|bot|negotiate|key)\s+(?=\S)/i
const schemeAndValue = /\b(bearer|basic|token|api-?key|bot)\s+([A-Za-z0-9+/=_.~:-]{6,})/gi
/** A member of a JSON object that stands in a text, also one whose quotes are escaped. */
const jsonMember = /\\?"([^"\\]{1,80})\\?"\s*:\s*\\?"((?:[^"\\]|\\(?!"))*)/g
const assignment =
  /(?<![A-Za-z0-9_.-])([A-Za-z][A-Za-z0-9_.-]*)\s?[=:]\s?((?:(?:bearer|basic|token|api-?key|bot)\s+)?)("[^"]*"|'[^']*'|[^\s;,&"'|]+)/gi
const freeToken = /[A-Za-z0-9+/_.~\\-]+=*/g
const hostName = /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/
const digestBefore = /sha(?:1|256|384|512)[-:=]$/i

/**
 * Finds the literal credentials in one text. Variable references are left alone. In order, without overlap.
 * @param name what the text is the value of (a variable, a header, a flag), null where it has no name.
 */
export function findInText(text: string, name: string | null): CredentialFinding[] {
  const masked = maskReferences(text)
  const found: CredentialFinding[] = []
  const add = (range: TextRange, reason: CredentialReason, label: string | null): void => {
    if (range.end > range.start) found.push({ start: range.start, end: range.end, reason, label })
  }

  for (const match of text.matchAll(foreignReference)) {
    const range = { start: match.index, end: match.index + match[0].length }
    add(range, 'foreign_reference', null)
  }
  const whole = findWhole(masked, name)
  for (const part of whole) add(part, 'secret_name', null)
  for (const range of findKnownCredentials(masked)) add(range, 'known_format', null)
  for (const finding of findInUrls(masked)) add(finding, finding.reason, finding.label)
  for (const finding of findNamed(masked)) add(finding, finding.reason, finding.label)
  const hint = name === null ? 'none' : hintOfName(name)
  if (hint !== 'identifier') for (const range of findOpaque(masked)) add(range, 'opaque', null)
  return united(found)
}

/** Findings that overlap become one, which is called after the one that begins first: no part of either may stay. */
function united(found: readonly CredentialFinding[]): CredentialFinding[] {
  const result: CredentialFinding[] = []
  for (const finding of found.toSorted((a, b) => a.start - b.start)) {
    const held = result.at(-1)
    if (held === undefined || finding.start >= held.end) result.push(finding)
    else if (finding.end > held.end) result.splice(-1, 1, { ...held, end: finding.end })
  }
  return result
}

/** The whole text, less an authentication scheme and references, where its name says that it is a credential. */
function findWhole(masked: string, name: string | null): TextRange[] {
  const hint = name === null ? 'none' : hintOfName(name)
  if (hint !== 'strong' && hint !== 'weak') return []
  const scheme = authScheme.exec(masked)?.[0] ?? ''
  const value = masked.slice(scheme.length).trim()
  // What has a form of its own is read by that form: most of a URL or a JSON text is not secret.
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || /^[[{]\s*["[{]/.test(value)) return []
  const hasPairs = /^[^=;]+=[^;]*;/.test(value) && !/cookie/i.test(name ?? '')
  if (hasPairs) return []
  const isPlain = hint === 'strong' ? isPlainUnderStrongName : isPlainUnderWeakName
  const literal = value.replaceAll(referenceMark, '').replaceAll(defaultMark, '')
  if (isPlain(literal)) return []
  return literalParts(masked, scheme.length, masked.length)
}

/** Credentials that are named inside the text: `Bearer x`, JSON members, `NAME=value` and `Name: value`. */
function findNamed(masked: string): CredentialFinding[] {
  const findings: CredentialFinding[] = []
  const take = (name: string, start: number, value: string, reason: CredentialReason): void => {
    const scheme = authScheme.exec(value)?.[0] ?? ''
    const bare = value.slice(scheme.length)
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(bare)) return
    for (const part of literalParts(masked, start + scheme.length, start + value.length)) {
      findings.push({ ...part, reason, label: name })
    }
  }
  for (const match of masked.matchAll(schemeAndValue)) {
    const scheme = (match[1] ?? '').toLowerCase()
    const value = match[2] ?? ''
    // `basic` and `token` are words of prose too.
    if (scheme !== 'bearer' && !/\d/.test(value) && value.length < 20) continue
    take(scheme, match.index + match[0].length - value.length, value, 'auth_scheme')
  }
  for (const match of masked.matchAll(jsonMember)) {
    const name = match[1] ?? ''
    const value = match[2] ?? ''
    if (!isCredentialUnder(name, value)) continue
    take(name, match.index + match[0].length - value.length, value, 'secret_name')
  }
  for (const match of masked.matchAll(assignment)) {
    const name = match[1] ?? ''
    const quoted = match[3] ?? ''
    const quote = /^["']/.test(quoted) ? 1 : 0
    const value = quoted.slice(quote, quoted.length - quote)
    if (!isCredentialUnder(name, value)) continue
    take(name, match.index + match[0].length - quoted.length + quote, value, 'secret_name')
  }
  return findings
}

function isCredentialUnder(name: string, value: string): boolean {
  const hint = hintOfName(name)
  if (hint === 'strong') return !isPlainUnderStrongName(value) && !/^(?:bearer|basic)$/i.test(value)
  return hint === 'weak' && !isPlainUnderWeakName(value)
}

/** Long random texts that stand free. */
function findOpaque(masked: string): TextRange[] {
  const ranges: TextRange[] = []
  for (const match of masked.matchAll(freeToken)) {
    const token = match[0]
    if (!isOpaque(token) || (isUuid(token) && token.includes('-'))) continue
    if (hostName.test(token) || isPath(token)) continue
    // `package@<commit>` and `github:owner/repository#<commit>` pin a version.
    if (/[@#]/.test(masked.charAt(match.index - 1)) && /^[0-9a-f]{40}$/.test(token)) continue
    // A folder may be named by a hash (/nix/store/...). A random text rarely has a slash, and more rarely two.
    if (/^[~.]*\/.*[\\/]/.test(token)) continue
    const before = masked.slice(Math.max(0, match.index - 8), match.index)
    if (digestBefore.test(before) || /^sha(?:1|256|384|512)-/i.test(token)) continue
    ranges.push({ start: match.index, end: match.index + token.length })
  }
  return ranges
}
