import type { SecretName } from '../../../shared/domain/ids.ts'
import type { KeptReason } from '../../../shared/domain/literals.ts'
import type { FoundLiteral } from './found-literal.ts'
import { isSafeVariable } from './is-safe-variable.ts'
import type { LiteralPick } from './literal-source.ts'
import type { EditableFile, PlannedEdit } from './planned-edit.ts'
import { readsAs } from './reads-as.ts'
import { referenceKeys } from './reference-keys.ts'
import { hintOf, rewriteText } from './rewrite-text.ts'
import { type Splice, spliced } from './splice.ts'
import { entrySplice, keySplice, pairIn, type TomlPair } from './toml-tables.ts'

/** Why a credential has to stay in Codex's file; null: a key that names a variable can take its place. */
export function codexKeptReason({ text }: EditableFile, literal: FoundLiteral): KeptReason | null {
  const { place } = literal
  if (place?.kind !== 'env' && place?.kind !== 'header') {
    return place === null ? 'other_key' : 'takes_literally'
  }
  // It is named in a line for a shell, which a person may paste: a file could put commands there.
  if (place.kind === 'env' && !isSafeVariable(place.key)) return 'other_key'
  if (!isWhole(literal) && !isBearer(literal)) return 'part_of_value'
  // Lines are told by their line feed alone.
  if (text.includes('\r')) return 'not_located'
  return pairOf(text, literal) === null ? 'not_located' : null
}

/**
 * As `planEdit`. Codex fills in no reference within a value: it has keys that name variables. A variable of `env` goes to
 * `env_vars`, and keeps its name; a header goes to `bearer_token_env_var` or `env_http_headers`.
 */
export function planCodexEdit(
  file: EditableFile,
  all: readonly FoundLiteral[],
  picks: readonly LiteralPick[],
  taken: ReadonlyMap<string, SecretName>,
): PlannedEdit | null {
  const names = [...new Set(picks.map(({ name }) => name))]
  const generated = referenceKeys(
    'variable',
    names,
    (key, name) => (taken.get(key) ?? name) !== name,
  )
  const variables = new Map<string, SecretName>()
  const references = new Map<string, string>()
  const splices: Splice[] = []
  for (const group of Map.groupBy(picks, ({ literal }) => literal.key).values()) {
    const forwarded: string[] = []
    const headers: string[] = []
    const server = ['mcp_servers', group[0]?.literal.key ?? '']
    for (const { literal, name } of group) {
      const { place, id } = literal
      const pair = pairOf(file.text, literal)
      if (pair === null || (place?.kind !== 'env' && place?.kind !== 'header')) return null
      const variable = place.kind === 'env' ? place.key : (generated.get(name) ?? name)
      // Two values cannot come from one variable.
      if ((variables.get(variable) ?? taken.get(variable) ?? name) !== name) return null
      variables.set(variable, name)
      splices.push(removal(file.text, pair, literal))
      if (place.kind === 'env') forwarded.push(JSON.stringify(variable))
      else if (isBearer(literal)) {
        const line = keySplice(file.text, server, `bearer_token_env_var = "${variable}"`)
        if (line === null) return null
        splices.push(line)
      } else headers.push(`${JSON.stringify(place.key)} = "${variable}"`)
      references.set(id, place.kind === 'env' ? `\${${variable}:-}` : `\${${variable}}`)
    }
    const added = [
      forwarded.length === 0 ? [] : entrySplice(file.text, server, 'env_vars', '[]', forwarded),
      headers.length === 0 ? [] : entrySplice(file.text, server, 'env_http_headers', '{}', headers),
    ].flat()
    for (const splice of added) {
      if (splice === null) return null
      splices.push(splice)
    }
  }
  const ordered = splices.toSorted((a, b) => a.start - b.start || a.end - b.end)
  const after = spliced(file.text, ordered)
  if (!readsAs(file, references, all, file.parse(after))) return null
  const needs = [...variables].map(([key, name]) => ({ name, resolver: 'variable' as const, key }))
  return { splices: ordered, after, texts: null, needs }
}

function pairOf(text: string, { key, place, text: value }: FoundLiteral): TomlPair | null {
  if (place?.kind !== 'env' && place?.kind !== 'header') return null
  const map = place.kind === 'env' ? 'env' : 'http_headers'
  const pair = pairIn(text, ['mcp_servers', key], map, place.key)
  return pair?.value === value ? pair : null
}

function removal(text: string, { start, end, cut }: TomlPair, literal: FoundLiteral): Splice {
  const masked = JSON.stringify(rewriteText([literal], hintOf))
  const name = /^[^=]*=\s*/.exec(text.slice(start, end))?.[0] ?? ''
  const shownBefore = `${text.slice(cut.start, start)}${name}${masked}${text.slice(end, cut.end)}`
  return { ...cut, insert: '', shownBefore, shownAfter: '' }
}

function isWhole({ start, end, text }: FoundLiteral): boolean {
  return start === 0 && end === text.length
}

function isBearer({ place, start, end, text }: FoundLiteral): boolean {
  return (
    place?.kind === 'header' &&
    place.key.toLowerCase() === 'authorization' &&
    text.slice(0, start) === 'Bearer ' &&
    end === text.length
  )
}
