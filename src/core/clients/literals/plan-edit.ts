import type { SecretName } from '../../../shared/domain/ids.ts'
import type { KeptReason, Resolver } from '../../../shared/domain/literals.ts'
import type { ClientFormat } from '../../../shared/domain/server-definition.ts'
import { codexKeptReason, planCodexEdit } from './codex-edit.ts'
import type { FoundLiteral } from './found-literal.ts'
import type { LiteralPick } from './literal-source.ts'
import { locateLiteral } from './locate-literal.ts'
import { type LocatedText, locateTexts } from './located-text.ts'
import type { ChangedText, EditableFile, PlannedEdit } from './planned-edit.ts'
import { readsAs } from './reads-as.ts'
import { referenceFormOf } from './reference-form.ts'
import { referenceKeys } from './reference-keys.ts'
import { hintOf, isSameText, rewriteText } from './rewrite-text.ts'
import { type Splice, spliced } from './splice.ts'
import { declaredInputs, inputSplice } from './vscode-inputs.ts'

/** The places of which a client's documentation or source says that it fills in references there. */
const filledPlaces: ReadonlySet<string> = new Set(['command', 'arg', 'env', 'url', 'header'])
/** These say so of variables and headers only. */
const narrowClients: ReadonlySet<ClientFormat> = new Set(['roo', 'kilocode', 'amazonq', 'kiro'])

/** A file may be large, and each of its literals is looked for. */
const locatedTexts = new WeakMap<EditableFile, readonly LocatedText[]>()

function textsIn(file: EditableFile): readonly LocatedText[] {
  const known = locatedTexts.get(file) ?? locateTexts(file.kind, file.text)
  locatedTexts.set(file, known)
  return known
}

/** Who fills in what takes the place of a credential that does not have to stay. */
export function resolverOf({ client }: EditableFile): Resolver {
  return referenceFormOf(client)?.resolver ?? 'variable'
}

/** Why a credential has to stay in its file; null: a reference can take its place. */
export function keptReasonOf(file: EditableFile, literal: FoundLiteral): KeptReason | null {
  if (file.client === 'codex') return codexKeptReason(file, literal)
  if (referenceFormOf(file.client) === null) return 'takes_literally'
  const place = literal.place?.kind ?? ''
  const isNarrow = narrowClients.has(file.client) && place !== 'env' && place !== 'header'
  if (isNarrow || !filledPlaces.has(place)) return 'other_key'
  // `${NAME:-credential}`: no client fills in a reference within a reference.
  const before = literal.text.slice(0, literal.start)
  if (before.lastIndexOf('${') > before.lastIndexOf('}')) return 'in_reference'
  const isLocated = locateLiteral(literal, textsIn(file)).length > 0
  return isLocated ? null : 'not_located'
}

/**
 * Plans the edit of a client's file that puts a reference in place of each pick. Comments, order and everything else stay.
 * @param all every literal of the file: those that stay are masked in what is shown.
 * @param variables what earlier moves made variables stand for: no other secret gets one of these, nor one that the file
 * refers to already.
 * @returns null where the file would not read as it does now with the references in it, or its client takes none.
 */
export function planEdit(
  file: EditableFile,
  all: readonly FoundLiteral[],
  picks: readonly LiteralPick[],
  variables: ReadonlyMap<string, SecretName> = new Map(),
): PlannedEdit | null {
  if (file.client === 'codex') return planCodexEdit(file, all, picks, variables)
  const form = referenceFormOf(file.client)
  if (form === null) return null
  const names = [...new Set(picks.map(({ name }) => name))]
  const section = picks[0]?.literal.section ?? ''
  const inputs = form.resolver === 'prompt' ? declaredInputs(file.text, section) : new Set<string>()
  const keys = referenceKeys(form.resolver, names, (key, name) => {
    if (form.resolver === 'prompt') return inputs.has(key)
    const held = variables.get(key)
    return held === undefined ? file.text.includes(form.write(key)) : held !== name
  })
  const references = new Map(
    picks.map(({ literal, name }) => [literal.id, form.write(keys.get(name) ?? name)]),
  )
  const located = textsIn(file)
  const splices: Splice[] = []
  const texts: ChangedText[] = []
  const open = new Set(picks.map(({ literal }) => literal))
  for (const first of open) {
    const together = all.filter((one) => isSameText(one, first))
    for (const one of together) open.delete(one)
    const after = rewriteText(together, ({ id, value }) => references.get(id) ?? value)
    const shownAfter = rewriteText(together, (one) => references.get(one.id) ?? hintOf(one))
    for (const { path, start, end } of locateLiteral(first, located)) {
      const written = file.text.slice(start, end)
      texts.push({ path, place: first.placeText, before: first.text, written, after })
      splices.push({
        start,
        end,
        insert: JSON.stringify(after),
        shownBefore: JSON.stringify(rewriteText(together, hintOf)),
        shownAfter: JSON.stringify(shownAfter),
      })
    }
  }
  if (form.resolver === 'prompt') {
    const added = names.map((name) => ({ id: keys.get(name) ?? name, description: name }))
    const declaration = inputSplice(file.text, section, added)
    if (declaration === null) return null
    splices.push(declaration)
  }
  const ordered = splices.toSorted((a, b) => a.start - b.start)
  const after = spliced(file.text, ordered)
  if (!readsAs(file, references, all, file.parse(after))) return null
  const needs = names.map((name) => ({
    name,
    resolver: form.resolver,
    key: keys.get(name) ?? null,
  }))
  return { splices: ordered, after, texts, needs }
}
