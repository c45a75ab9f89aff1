/** What of a keyboard event counts. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** How keys are written in a command, beside the characters that stand for themselves; ui/key-caps.ts draws the same names. */
const keyNames: Readonly<Record<string, string>> = {
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
  esc: 'escape',
  space: ' ',
}

/** The chords of a key text: `G S` is two, one after the other. Pure. */
export function chordsOf(keys: string): readonly string[] {
  return keys.split(' ')
}

/**
 * Whether a key press is a chord such as `Mod+K`, `Shift+R`, `?` or `Esc`. `Mod` is Command on a Mac and Control
 * elsewhere. A character that needs Shift, such as `?`, is written as it is typed. Pure.
 */
export function matchesChord(chord: string, press: KeyPress, mac: boolean): boolean {
  const parts = chord.toLowerCase().split('+')
  const name = parts.at(-1) ?? ''
  const hasMod = mac ? press.metaKey : press.ctrlKey
  const hasOther = mac ? press.ctrlKey : press.metaKey
  if (parts.includes('mod') !== hasMod || hasOther || press.altKey) return false
  // A sign that is typed with Shift says so by itself.
  const isSign = name.length === 1 && !/[a-z0-9]/.test(name)
  if (!isSign && parts.includes('shift') !== press.shiftKey) return false
  return press.key.toLowerCase() === (keyNames[name] ?? name)
}
