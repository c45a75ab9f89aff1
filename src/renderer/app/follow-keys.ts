import { onMac } from '../ui/key-caps.ts'
import { type Command, useCommandRegistry } from './commands.ts'
import { chordsOf, matchesChord } from './keys.ts'
import { typeInPalette, useOverlay } from './overlay.ts'

/** How long the second key of a sequence such as `g s` may take, in milliseconds. */
const sequenceMs = 1_000

const isMac = onMac()

/**
 * Runs the commands of pressed keys, for as long as the page lives. Letters typed into a field, a menu or a list stay there;
 * in a dialog every key does, because what is behind it waits. What is typed while the palette is on its way goes into it.
 */
export function followKeys(): void {
  let first: { readonly chord: string; readonly at: number } | null = null
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return
    const isPlain = !event.ctrlKey && !event.metaKey
    const { overlay, typed } = useOverlay.getState()
    if (overlay !== null && !isWithin(event.target, dialogs)) {
      if (overlay === 'palette' && isPlain && event.key.length === 1) {
        event.preventDefault()
        typeInPalette(typed + event.key)
      }
      return
    }
    if (isWithin(event.target, dialogs) || (isPlain && isWithin(event.target, takers))) return
    const held = first !== null && event.timeStamp - first.at < sequenceMs ? first.chord : null
    first = null
    const commands = [...useCommandRegistry.getState().byId.values()]
    const command = commands.find((one) => isPressed(one, held, event))
    if (command !== undefined) {
      event.preventDefault()
      command.run()
      return
    }
    const begun = commands
      .map((one) => (one.keys === null ? [] : chordsOf(one.keys)))
      .find((chords) => chords.length > 1 && matchesChord(chords[0] ?? '', event, isMac))
    if (begun !== undefined) first = { chord: begun[0] ?? '', at: event.timeStamp }
  })
}

function isPressed(command: Command, held: string | null, event: KeyboardEvent): boolean {
  if (command.keys === null) return false
  const chords = chordsOf(command.keys)
  const last = chords.at(-1) ?? ''
  const before = chords.length > 1 ? chords[0] : null
  return before === held && matchesChord(last, event, isMac)
}

const dialogs = '[role="dialog"], [role="alertdialog"]'
/** What uses plain keys itself; a closed select too, which goes to the value that one types. */
const takers =
  'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="menu"], [role="listbox"]'

function isWithin(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null
}
