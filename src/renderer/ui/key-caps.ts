/** One key of a shortcut: a word of the `ui` texts, an arrow or enter drawn as an icon, or a text as it stands. */
export type KeyCap =
  | {
      readonly kind: 'word'
      readonly word:
        | 'ctrl'
        | 'shift'
        | 'alt'
        | 'esc'
        | 'tab'
        | 'space'
        | 'backspace'
        | 'delete'
        | 'home'
        | 'end'
    }
  | { readonly kind: 'icon'; readonly icon: 'up' | 'down' | 'left' | 'right' | 'enter' }
  | { readonly kind: 'text'; readonly text: string }

/** True on macOS, where the command key takes the place of Ctrl and keys are written as signs. */
export function onMac(): boolean {
  return /Mac/.test(navigator.userAgent)
}

const signsOfMac: Record<string, string> = {
  mod: '⌘',
  ctrl: '⌃',
  shift: '⇧',
  alt: '⌥',
  backspace: '⌫',
  delete: '⌫',
}
const icons = { up: 'up', down: 'down', left: 'left', right: 'right', enter: 'enter' } as const
const words = {
  mod: 'ctrl',
  ctrl: 'ctrl',
  shift: 'shift',
  alt: 'alt',
  esc: 'esc',
  tab: 'tab',
  space: 'space',
  backspace: 'backspace',
  delete: 'delete',
  home: 'home',
  end: 'end',
} as const

/**
 * The caps of a shortcut such as `Mod+K` or `Shift+Enter`. Names in any case: Mod (Ctrl, or command on a Mac), Ctrl, Shift,
 * Alt, Esc, Tab, Space, Backspace, Delete, Home, End, Up, Down, Left, Right, Enter; any other name is shown as it stands.
 */
export function keyCaps(shortcut: string, mac: boolean): KeyCap[] {
  return shortcut.split('+').map((name): KeyCap => {
    const key = name.toLowerCase()
    const sign = mac ? signsOfMac[key] : undefined
    if (sign !== undefined) return { kind: 'text', text: sign }
    if (isKeyOf(icons, key)) return { kind: 'icon', icon: icons[key] }
    if (isKeyOf(words, key)) return { kind: 'word', word: words[key] }
    return { kind: 'text', text: name }
  })
}

function isKeyOf<T extends object>(table: T, key: string): key is string & keyof T {
  return Object.hasOwn(table, key)
}
