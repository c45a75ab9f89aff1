import type { SecretName } from '../../shared/domain/ids.ts'
import { findInText } from './find-in-text.ts'
import type { TextRange } from './known-credential.ts'

/** A value with more credentials than this in it is a document, and goes to the vault as one. */
const maxSecretsPerValue = 16
/** What would be read as part of a name that stands before it. */
const nameCharacter = /[a-z0-9._-]/
const substitution = /\$\(|`|[<>]\(/
const shellSeparator = /[;&|<>\n]/
/** A cookie, and its kind: pairs without anything that a shell would run. */
const pairsOnly = /^[^\s;&|<>`=]+=[^\s;&|<>`]*(?:; ?[^\s;&|<>`=]+=[^\s;&|<>`]*)*;?$/

/** Gives the name under which a value is kept. */
export type NameFor<Site extends TextRange> = (value: string, site: Site) => SecretName

/**
 * Puts `secret://name` in place of the credentials of a text that holds data. The whole text goes to the vault where a
 * name would run on into what follows, or where there are more than 16.
 */
export function replaceInValue<Site extends TextRange>(
  text: string,
  sites: readonly Site[],
  nameFor: NameFor<Site>,
): string {
  const [first] = sites
  if (first === undefined) return text
  // Of two that touch, the second's own `secret://` would run on the first's name.
  const runsOn = sites.some(
    (site, index) =>
      nameCharacter.test(text.charAt(site.end)) || site.end === sites[index + 1]?.start,
  )
  if (runsOn || sites.length > maxSecretsPerValue) return `secret://${nameFor(text, first)}`
  return replaceSpans(text, sites, nameFor)
}

/**
 * Puts `secret://name` in place of the credentials of a text that says what is run. Everything else stays readable, for
 * a person has to see what they switch on: a credential only takes along what its name would run on into, and one that
 * reads like shell commands ends at the first of them.
 */
export function replaceParts<Site extends TextRange>(
  text: string,
  sites: readonly Site[],
  nameFor: NameFor<Site>,
): string {
  const spans: Site[] = []
  for (const site of sites.flatMap((one) => withoutCommands(text, one))) {
    let { end } = site
    while (nameCharacter.test(text.charAt(end))) end += 1
    const held = spans.at(-1)
    if (held === undefined || site.start > held.end) spans.push({ ...site, end })
    else spans.splice(-1, 1, { ...held, end: Math.max(held.end, end) })
  }
  return replaceSpans(text, spans, nameFor)
}

function replaceSpans<Site extends TextRange>(
  text: string,
  sites: readonly Site[],
  nameFor: NameFor<Site>,
): string {
  let result = ''
  let from = 0
  for (const site of sites) {
    result += `${text.slice(from, site.start)}secret://${nameFor(text.slice(site.start, site.end), site)}`
    from = site.end
  }
  return result + text.slice(from)
}

/** The parts of a credential that are left when the commands in it stay outside. */
function withoutCommands<Site extends TextRange>(text: string, site: Site): Site[] {
  const end = endBeforeCommands(text, site)
  if (end === site.end) return [site]
  const rest = text.slice(end, site.end)
  // Each piece by itself: what made the whole a credential would else make its commands one again.
  const pieces = rest.matchAll(rest.includes('-----BEGIN') ? /[^;&|<>`()]+/g : /[^;&|<>`()\n]+/g)
  const found = [...pieces].flatMap((piece) =>
    findInText(piece[0], null).map((finding) => ({
      ...site,
      start: end + piece.index + finding.start,
      end: end + piece.index + finding.end,
    })),
  )
  return [{ ...site, end }, ...found].filter((part) => part.end > part.start)
}

function endBeforeCommands(text: string, { start, end }: TextRange): number {
  const value = text.slice(start, end)
  const isScript = substitution.test(value) || (shellSeparator.test(value) && /\s/.test(value))
  if (!isScript || value.startsWith('-----BEGIN') || isPairs(value)) return end
  return start + value.search(/[\s;&|<>`]|\$\(/)
}

function isPairs(value: string): boolean {
  return pairsOnly.test(value) && !substitution.test(value)
}
