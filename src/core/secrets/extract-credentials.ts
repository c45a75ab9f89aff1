import { type SecretName, secretNameSchema } from '../../shared/domain/ids.ts'
import type { Transport } from '../../shared/domain/server-definition.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import {
  type CredentialPlace,
  type CredentialSite,
  findCredentials,
  slugOf,
} from './find-credentials.ts'

/** One value that goes to the vault. */
export interface ExtractedSecret {
  readonly name: SecretName
  /** Never to be logged, shown or stored outside the vault. */
  readonly value: string
  /** The first place it stood in. */
  readonly site: CredentialSite
}

/** A transport without literal credentials, and what was taken out of it. */
export interface Extraction {
  readonly transport: Transport
  readonly secrets: readonly ExtractedSecret[]
}

/** A text with more than this in it is a document, and goes to the vault as one. */
const maxSecretsPerText = 16

/**
 * Takes each literal credential out of a transport and puts `secret://name` in its place. To undo it, replace each
 * `secret://name` by its value, once: what a value itself contains is never read again, so a `secret://` that stood in
 * an imported file is only a text. The same value gets one secret per transport.
 *
 * Where the text goes on with a character that a name may contain (`/[a-z0-9._-]/`), or
 * where more than 16 credentials stand in one text, the whole text goes to the vault.
 * @param serverName begins the names: `github` gives `github.github-token`.
 * @param taken tells whether a name is in use already; then `-2`, `-3`, ... is appended.
 */
export function extractCredentials(
  serverName: string,
  transport: Transport,
  taken: (name: SecretName) => boolean,
): Extraction {
  const secrets: ExtractedSecret[] = []
  const nameFor = (value: string, site: CredentialSite): SecretName => {
    const held = secrets.find((secret) => secret.value === value)
    if (held !== undefined) return held.name
    const isTaken = (name: SecretName): boolean =>
      taken(name) || secrets.some((secret) => secret.name === name)
    const name = freeName(
      `${slugOf(serverName.toLowerCase()).slice(0, 60) || 'server'}.${site.base}`,
      isTaken,
    )
    secrets.push({ name, value, site })
    return name
  }
  const sites = findCredentials(transport)
  const rewrite = (place: CredentialPlace, text: string): string =>
    replaceSites(
      text,
      sites.filter((site) => isSamePlace(site.place, place)),
      nameFor,
    )
  return { transport: mapTexts(transport, rewrite), secrets }
}

function replaceSites(
  text: string,
  sites: readonly CredentialSite[],
  nameFor: (value: string, site: CredentialSite) => SecretName,
): string {
  const [first] = sites
  if (first === undefined) return text
  // Of two that touch, the second's own `secret://` would run on the first's name.
  const runsOn = sites.some(
    (site, index) =>
      /[a-z0-9._-]/.test(text.charAt(site.end)) || site.end === sites[index + 1]?.start,
  )
  if (runsOn || sites.length > maxSecretsPerText) return `secret://${nameFor(text, first)}`
  let result = ''
  let from = 0
  for (const site of sites) {
    result += `${text.slice(from, site.start)}secret://${nameFor(site.text, site)}`
    from = site.end
  }
  return result + text.slice(from)
}

function freeName(base: string, isTaken: (name: SecretName) => boolean): SecretName {
  for (let count = 1; ; count += 1) {
    const name = secretNameSchema.parse(count === 1 ? base : `${base}-${count}`)
    if (!isTaken(name)) return name
  }
}

function isSamePlace(a: CredentialPlace, b: CredentialPlace): boolean {
  switch (a.kind) {
    case 'env':
    case 'header':
      return b.kind === a.kind && b.key === a.key
    case 'arg':
      return b.kind === 'arg' && b.index === a.index
    case 'command':
    case 'url':
    case 'headersHelper':
      return b.kind === a.kind
    default:
      return assertNever(a)
  }
}

function mapTexts(
  transport: Transport,
  rewrite: (place: CredentialPlace, text: string) => string,
): Transport {
  const headersOf = (headers: Readonly<Record<string, string>>): Record<string, string> =>
    mapValues(headers, (key, value) => rewrite({ kind: 'header', key }, value))
  switch (transport.type) {
    case 'stdio':
      return {
        ...transport,
        command: rewrite({ kind: 'command' }, transport.command),
        args: transport.args.map((arg, index) => rewrite({ kind: 'arg', index }, arg)),
        env: mapValues(transport.env, (key, value) => rewrite({ kind: 'env', key }, value)),
      }
    case 'http':
    case 'sse': {
      const { headersHelper } = transport
      return {
        ...transport,
        url: rewrite({ kind: 'url' }, transport.url),
        headers: headersOf(transport.headers),
        headersHelper:
          headersHelper === null ? null : rewrite({ kind: 'headersHelper' }, headersHelper),
      }
    }
    case 'ws':
    case 'unknown': {
      const { url } = transport
      return {
        ...transport,
        url: url === null ? null : rewrite({ kind: 'url' }, url),
        headers: headersOf(transport.headers),
      }
    }
    default:
      return assertNever(transport)
  }
}

/** By entries, so that a key called `__proto__` stays a key. */
function mapValues(
  record: Readonly<Record<string, string>>,
  change: (key: string, value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(key, value)]))
}
