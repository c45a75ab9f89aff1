import type { LiteralChoice } from '../../../shared/contract/literals.ts'
import { secretNameSchema } from '../../../shared/domain/ids.ts'
import type { Literal, LiteralFile } from '../../../shared/domain/literals.ts'

/** What a person decided about one literal. */
export interface LiteralPick {
  readonly isPicked: boolean
  /** As typed. */
  readonly name: string
}

/** What a person decided about the literals of one file, by their ids. */
export type LiteralPicks = Readonly<Record<string, LiteralPick>>

/**
 * What is decided before a person does: what would go on working by itself is picked. A client that reads a variable would have
 * to be told it first. Pure.
 */
export function firstPicks({ literals }: LiteralFile): LiteralPicks {
  return Object.fromEntries(
    literals.map(({ id, name, resolver }) => [
      id,
      { isPicked: resolver === 'vault' || resolver === 'prompt', name },
    ]),
  )
}

/** The decision about one literal. Pure. */
export function pickOf(picks: LiteralPicks, { id, name }: Literal): LiteralPick {
  return picks[id] ?? { isPicked: false, name }
}

/** How many of the literals that can be moved are picked. Pure. */
export function pickedShare(
  { literals }: LiteralFile,
  picks: LiteralPicks,
): { readonly movable: number; readonly picked: number } {
  const movable = literals.filter(({ resolver }) => resolver !== null)
  const picked = movable.filter((literal) => pickOf(picks, literal).isPicked)
  return { movable: movable.length, picked: picked.length }
}

/** The picks with all that can be moved picked, or none. Pure. */
export function pickAll(
  { literals }: LiteralFile,
  picks: LiteralPicks,
  isPicked: boolean,
): LiteralPicks {
  return Object.fromEntries(
    literals.map((literal) => [
      literal.id,
      { ...pickOf(picks, literal), isPicked: isPicked && literal.resolver !== null },
    ]),
  )
}

/** Whether a text can be the name of a secret. Pure. */
export function isName(text: string): boolean {
  return secretNameSchema.safeParse(text.trim()).success
}

/** What is to be moved; null where that is nothing, or a name cannot be one. Pure. */
export function choiceOf(
  { file, literals }: LiteralFile,
  picks: LiteralPicks,
): LiteralChoice | null {
  const chosen: LiteralChoice['picks'] = []
  for (const literal of literals) {
    const { isPicked, name } = pickOf(picks, literal)
    if (!isPicked || literal.resolver === null) continue
    const parsed = secretNameSchema.safeParse(name.trim())
    if (!parsed.success) return null
    chosen.push({ id: literal.id, name: parsed.data })
  }
  return chosen.length === 0 ? null : { file, picks: chosen }
}
