import type { FormValues, PairRow } from './form-values.ts'

/** A field of the form that two people can change to different things. */
export type MergedField = Exclude<keyof FormValues, 'inputs'>

/** What comes of a form whose server was changed elsewhere meanwhile. */
export interface MergedValues {
  readonly values: FormValues
  /** Fields that were changed both here and there, to different things; `values` has the preferred side's. */
  readonly conflicts: readonly MergedField[]
}

/** Fields that take effect only under one transport. */
const launchFields = [
  'command',
  'args',
  'env',
  'envFile',
  'cwd',
  'url',
  'headers',
  'headersHelper',
] as const satisfies readonly MergedField[]

/**
 * Brings together what was typed here and what was saved elsewhere since the form was opened, field by field; variables and
 * headers by name. Pure.
 * @param base the fields as the form was opened.
 * @param prefer whose value stands where both changed one field.
 */
export function mergeValues(
  base: FormValues,
  mine: FormValues,
  theirs: FormValues,
  prefer: 'mine' | 'theirs',
): MergedValues {
  const conflicts: MergedField[] = []
  const pick = <K extends MergedField>(key: K): FormValues[K] => {
    const side = sideOf(base[key], mine[key], theirs[key])
    if (side === 'both') conflicts.push(key)
    return (side === 'both' ? prefer : side) === 'mine' ? mine[key] : theirs[key]
  }
  const pickPairs = (key: 'env' | 'headers'): PairRow[] => {
    const { rows, isConflict } = mergePairs(base[key], mine[key], theirs[key], prefer)
    if (isConflict) conflicts.push(key)
    return rows
  }
  const values: FormValues = {
    name: pick('name'),
    transport: pick('transport'),
    command: pick('command'),
    args: pick('args'),
    env: pickPairs('env'),
    envFile: pick('envFile'),
    cwd: pick('cwd'),
    url: pick('url'),
    headers: pickPairs('headers'),
    headersHelper: pick('headersHelper'),
    startSeconds: pick('startSeconds'),
    callSeconds: pick('callSeconds'),
    start: pick('start'),
    restart: pick('restart'),
    idleMinutes: pick('idleMinutes'),
    stdinSeconds: pick('stdinSeconds'),
    termSeconds: pick('termSeconds'),
    memoryMegabytes: pick('memoryMegabytes'),
    cpuPercent: pick('cpuPercent'),
    onExceeded: pick('onExceeded'),
    toolFilter: pick('toolFilter'),
    allow: pick('allow'),
    deny: pick('deny'),
    // The files alone say which inputs there are; no value of one is known here.
    inputs: mine.inputs,
  }
  // One reaches it another way, the other changes how it is reached now: the latter's work would be lost unsaid.
  if (
    !conflicts.includes('transport') &&
    mine.transport !== theirs.transport &&
    launchFields.some(
      (key) => !isSame((mine.transport === base.transport ? mine : theirs)[key], base[key]),
    )
  ) {
    return {
      values: { ...values, transport: (prefer === 'mine' ? mine : theirs).transport },
      conflicts: ['transport', ...conflicts],
    }
  }
  return { values, conflicts }
}

/** Who changed it; `both` only where they changed it to different things. */
function sideOf(base: unknown, mine: unknown, theirs: unknown): 'mine' | 'theirs' | 'both' {
  if (isSame(mine, base) || isSame(mine, theirs)) return 'theirs'
  return isSame(theirs, base) ? 'mine' : 'both'
}

function mergePairs(
  base: readonly PairRow[],
  mine: readonly PairRow[],
  theirs: readonly PairRow[],
  prefer: 'mine' | 'theirs',
): { readonly rows: PairRow[]; readonly isConflict: boolean } {
  const [was, here, there] = [byName(base), byName(mine), byName(theirs)]
  const rows: PairRow[] = []
  let isConflict = false
  for (const name of new Set([...here.keys(), ...there.keys()])) {
    const side = sideOf(was.get(name)?.value, here.get(name)?.value, there.get(name)?.value)
    isConflict ||= side === 'both'
    const isMine = (side === 'both' ? prefer : side) === 'mine'
    const row = (isMine ? here : there).get(name)
    // What can be kept is what the vault holds now; only here can a value be on its way there.
    if (row !== undefined) {
      const toVault = here.get(name)?.toVault ?? false
      rows.push({ ...row, kept: there.get(name)?.kept ?? null, toVault })
    }
  }
  return { rows, isConflict }
}

function byName(rows: readonly PairRow[]): Map<string, PairRow> {
  return new Map(rows.filter(({ name }) => name.trim() !== '').map((row) => [row.name.trim(), row]))
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
