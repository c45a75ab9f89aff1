import { parseExternalReference } from '../../shared/domain/external-reference.ts'
import type { CredentialReason } from '../../shared/domain/literals.ts'
import type { StdioTransport, Transport } from '../../shared/domain/server-definition.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { wholeCommandLine } from '../clients/command-line.ts'
import type { CredentialFinding } from './credential-finding.ts'
import type { CredentialPlace } from './credential-place.ts'
import { findInText } from './find-in-text.ts'
import { mapTransportTexts } from './map-transport-texts.ts'

/** One literal credential in a transport. */
export interface CredentialSite {
  readonly place: CredentialPlace
  /** `[start, end)` in that text, in UTF-16 units. */
  readonly start: number
  readonly end: number
  /** The credential itself: never to be logged, shown or stored outside the vault. */
  readonly text: string
  readonly reason: CredentialReason
  /** What its secret could be called, for example `github-token`: fits the grammar of SecretName. */
  readonly base: string
}

/**
 * Finds each literal credential in a transport: by the forms in which services issue them, by the name that they stand under, by their place in a
 * URL, and by looking random. Rather one too many than one missed: a value that was not secret is only kept in the vault.
 * Variable references of any dialect stay, and so do switches, numbers, paths, URLs without credentials and ids.
 */
export function findCredentials(transport: Transport): CredentialSite[] {
  const foreign = foreignReferences(transport)
  const taken = new Set(foreign.map(({ place }) => JSON.stringify(place)))
  const others = sitesInTransport(transport).filter(
    ({ place }) => !taken.has(JSON.stringify(place)),
  )
  return [...foreign, ...others]
}

/** Values that a launch would fetch from elsewhere. As in `findInText`, a text that was not written here is none. */
function foreignReferences(transport: Transport): CredentialSite[] {
  const sites: CredentialSite[] = []
  mapTransportTexts(transport, (place, text) => {
    if (parseExternalReference(text) !== null) {
      const finding = {
        start: 0,
        end: text.length,
        reason: 'foreign_reference',
        label: null,
      } as const
      const name = place.kind === 'env' || place.kind === 'header' ? place.key : null
      sites.push({ ...finding, place, text, base: baseOf(name, finding) })
    }
    return text
  })
  return sites
}

function sitesInTransport(transport: Transport): CredentialSite[] {
  switch (transport.type) {
    case 'stdio':
      return [
        ...sitesInCommand(transport),
        ...transport.args.flatMap((arg, index) => sitesInArg(transport.args, arg, index)),
        ...Object.entries(transport.env).flatMap(([key, value]) =>
          sitesIn({ kind: 'env', key }, value, key),
        ),
        // A launch fills references in here too, so a text of others that looks like one must be taken out.
        ...sitesIn({ kind: 'cwd' }, transport.cwd ?? '', null),
        ...sitesIn({ kind: 'envFile' }, transport.envFile ?? '', null),
      ]
    case 'http':
    case 'sse':
      return [
        ...sitesIn({ kind: 'url' }, transport.url, null),
        ...sitesInHeaders(transport.headers),
        ...sitesIn({ kind: 'headersHelper' }, transport.headersHelper ?? '', null),
      ]
    case 'ws':
    case 'unknown':
      return [
        ...sitesIn({ kind: 'url' }, transport.url ?? '', null),
        ...sitesInHeaders(transport.headers),
      ]
    default:
      return assertNever(transport)
  }
}

/** A command without arguments may be a whole command line: its words are read as arguments are. */
function sitesInCommand({ command, args }: StdioTransport): CredentialSite[] {
  const plain = sitesIn({ kind: 'command' }, command, null)
  const line = args.length === 0 ? wholeCommandLine(command) : null
  if (line === null) return plain
  const sites: CredentialSite[] = []
  let end = command.indexOf(line.command) + line.command.length
  for (const [index, word] of line.args.entries()) {
    // A word whose quotes stand within it is not found as it is; what it holds is then looked for in the whole text only.
    const start = command.indexOf(word, end)
    if (word === '' || start < 0) continue
    end = start + word.length
    for (const site of sitesInArg(line.args, word, index)) {
      sites.push({
        ...site,
        place: { kind: 'command' },
        start: site.start + start,
        end: site.end + start,
      })
    }
  }
  const isNew = (one: CredentialSite) =>
    sites.every((site) => one.end <= site.start || one.start >= site.end)
  return [...sites, ...plain.filter(isNew)].toSorted((a, b) => a.start - b.start)
}

function sitesInHeaders(headers: Readonly<Record<string, string>>): CredentialSite[] {
  return Object.entries(headers).flatMap(([key, value]) =>
    sitesIn({ kind: 'header', key }, value, key),
  )
}

const flag = /^--?[A-Za-z][A-Za-z0-9_.-]*$/
const named = /^(-{0,2}[A-Za-z][A-Za-z0-9_.-]*)=([\s\S]*)$/
const header = /^(["']?[A-Za-z][A-Za-z0-9_-]*)\s*:\s*([\s\S]*)$/
/** Flags of this kind switch something; what follows is not their value. */
const switchFlag = /^--?(?:no|disable|enable|allow|skip|without|require)-/

function sitesInArg(args: readonly string[], arg: string, index: number): CredentialSite[] {
  const previous = args[index - 1] ?? ''
  const context = flag.test(previous) && !switchFlag.test(previous) ? previous : null
  return sitesInNamed({ kind: 'arg', index }, arg, 0, context)
}

/** Reads an argument as its flag means it: `--token V`, `--token=V`, `-e NAME=V`, `-H "Name: V"`, `-u user:V`, also one within the other. */
function sitesInNamed(
  place: CredentialPlace,
  text: string,
  offset: number,
  name: string | null,
): CredentialSite[] {
  const value = text.slice(offset)
  if (name !== null && /^(?:-H|--headers?)$/.test(name)) {
    const parts = header.exec(value)
    if (parts !== null)
      return sitesIn(place, text, parts[1] ?? null, text.length - (parts[2] ?? '').length)
  }
  if (name !== null && /^(?:-u|--user)$/.test(name)) {
    const parts = /^([^:/\s]+):([^/\s].*)$/.exec(value)
    const password = parts?.[2]
    // `docker run --user 1000:1000` and `node:node` name a user and a group.
    if (password !== undefined && password !== parts?.[1] && !/^\d+$/.test(password)) {
      return sitesIn(place, text, 'password', text.length - password.length)
    }
  }
  const pair = named.exec(value)
  // A base64 text may end with `=`, and then has no name before it.
  if (pair !== null && (pair[2] ?? '').replaceAll('=', '') !== '') {
    return sitesInNamed(place, text, text.length - (pair[2] ?? '').length, pair[1] ?? null)
  }
  // A strong flag's value that begins with a dash is the next flag.
  return sitesIn(place, text, value.startsWith('-') ? null : name, offset)
}

/** The sites in `text`, which is the value of `name` from `offset` on. */
function sitesIn(
  place: CredentialPlace,
  text: string,
  name: string | null,
  offset = 0,
): CredentialSite[] {
  const siteOf = (finding: CredentialFinding, shift: number): CredentialSite => {
    const start = finding.start + shift
    const end = finding.end + shift
    const base = baseOf(name, finding)
    return { place, start, end, text: text.slice(start, end), reason: finding.reason, base }
  }
  // What stands before the value is its name, as a rule; but anyone can write a token and a `=`.
  const before = findInText(text.slice(0, offset), null)
  const within = findInText(text.slice(offset), name)
  return [
    ...before.map((finding) => siteOf(finding, 0)),
    ...within.map((finding) => siteOf(finding, offset)),
  ]
}

/** The whole of a variable's or header's value, which a person wants kept as a secret whatever it looks like. */
export function chosenSite(
  place: Extract<CredentialPlace, { readonly key: string }>,
  text: string,
): CredentialSite {
  const finding = { start: 0, end: text.length, reason: 'chosen', label: null } as const
  return { ...finding, place, text, base: baseOf(place.key, finding) }
}

function baseOf(name: string | null, finding: CredentialFinding): string {
  const words = [name ?? '', finding.label ?? '']
    // A name is stored and shown in clear: it must not carry a credential itself.
    .filter((word) => findInText(word, null).length === 0)
    .map(slugOf)
    .filter((word) => word !== '')
  return words.length === 0 ? 'credential' : words.join('-').slice(0, 60)
}

/** Lower case, digits and hyphens; begins with a letter or a digit; may be empty. */
export function slugOf(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
}
