/** What of a keyboard event counts. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Whether this is a Mac, where Command takes the place of Control. */
export const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

/** The chords of a key text: `g s` is two, one after the other. Pure. */
export function chordsOf(keys: string): readonly string[] {
  return keys.split(' ')
}

/**
 * Whether a key press is a chord such as `mod+k`, `shift+r`, `?` or `Escape`. `mod` is Command on a Mac and Control
 * elsewhere. A character that needs Shift, such as `?`, is written as it is typed. Pure.
 */
export function matchesChord(chord: string, press: KeyPress, mac: boolean): boolean {
  const parts = chord.split('+')
  const key = parts.at(-1) ?? ''
  const wantsMod = parts.includes('mod')
  const hasMod = mac ? press.metaKey : press.ctrlKey
  const hasOther = mac ? press.ctrlKey : press.metaKey
  if (wantsMod !== hasMod || hasOther || press.altKey) return false
  if (parts.includes('shift') && !press.shiftKey) return false
  const isLetter = /^[a-z]$/i.test(key)
  if (isLetter && press.shiftKey !== parts.includes('shift')) return false
  return press.key.toLowerCase() === key.toLowerCase()
}

/** The caps to draw for a chord. Pure. */
export function capsOf(chord: string, mac: boolean): readonly string[] {
  return chord.split('+').map((part) => {
    switch (part) {
      case 'mod':
        return mac ? '⌘' : 'Ctrl'
      case 'shift':
        return mac ? '⇧' : 'Shift'
      case 'ArrowUp':
        return '↑'
      case 'ArrowDown':
        return '↓'
      case 'ArrowLeft':
        return '←'
      case 'ArrowRight':
        return '→'
      case 'Enter':
        return '↵'
      case 'Escape':
        return 'Esc'
      case 'Delete':
        return 'Del'
      default:
        return part.length === 1 ? part.toUpperCase() : part
    }
  })
}
