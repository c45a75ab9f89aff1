import { type SecretName, secretNameSchema } from '../../shared/domain/ids.ts'
import type { Transport } from '../../shared/domain/server-definition.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import type { CredentialPlace } from './credential-place.ts'
import { type CredentialSite, chosenSite, findCredentials, slugOf } from './find-credentials.ts'
import { mapTransportTexts } from './map-transport-texts.ts'
import { replaceInValue, replaceParts } from './replace-credentials.ts'

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

/**
 * Takes each literal credential out of a transport and puts `secret://name` in its place. To undo it, replace each
 * `secret://name` by its value, once: what a value itself contains is never read again, so a `secret://` that stood in
 * an imported file is only a text. The same value gets one secret per transport.
 *
 * What says what is run (everything but `env` and headers) stays readable: only the credential leaves it. A value of
 * `env` or a header goes to the vault as a whole where more than 16 credentials stand in it, or where it goes on with a
 * character that a name may contain (`/[a-z0-9._-]/`).
 * @param serverName begins the names: `github` gives `github.github-token`.
 * @param taken tells whether a name is in use already; then `-2`, `-3`, ... is appended.
 * @param chosen names in `env` or headers whose values are secrets because a person says so; a value with a `${` in it is
 * filled in at launch and judged as any other.
 */
export function extractCredentials(
  serverName: string,
  transport: Transport,
  taken: (name: SecretName) => boolean,
  chosen: ReadonlySet<string> = new Set(),
): Extraction {
  const secrets = new Map<string, ExtractedSecret>()
  const names = new Set<SecretName>()
  const counts = new Map<string, number>()
  const nameFor = (value: string, site: CredentialSite): SecretName => {
    const held = secrets.get(value)
    if (held !== undefined) return held.name
    const base = `${slugOf(serverName.toLowerCase()).slice(0, 60) || 'server'}.${site.base}`
    for (let count = counts.get(base) ?? 1; ; count += 1) {
      const name = secretNameSchema.parse(count === 1 ? base : `${base}-${count}`)
      if (taken(name) || names.has(name)) continue
      counts.set(base, count)
      names.add(name)
      secrets.set(value, { name, value, site })
      return name
    }
  }
  const sites = findCredentials(transport)
  const rewrite = (place: CredentialPlace, text: string): string => {
    const own = sites.filter((site) => isSamePlace(site.place, place))
    if (place.kind !== 'env' && place.kind !== 'header') return replaceParts(text, own, nameFor)
    const isChosen = chosen.has(place.key) && text !== '' && !text.includes('${')
    return replaceInValue(text, isChosen ? [chosenSite(place, text)] : own, nameFor)
  }
  return { transport: mapTransportTexts(transport, rewrite), secrets: [...secrets.values()] }
}

function isSamePlace(a: CredentialPlace, b: CredentialPlace): boolean {
  switch (a.kind) {
    case 'env':
    case 'header':
      return b.kind === a.kind && b.key === a.key
    case 'arg':
      return b.kind === 'arg' && b.index === a.index
    case 'command':
    case 'cwd':
    case 'envFile':
    case 'url':
    case 'headersHelper':
      return b.kind === a.kind
    default:
      return assertNever(a)
  }
}
