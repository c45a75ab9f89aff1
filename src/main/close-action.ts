import type { DesktopSettings } from '../shared/contract/desktop.ts'

/**
 * What closing the window does: `hide` leaves the program in the tray, `quit` ends it, `close` lets the window go because the
 * program is ending already. `ask` and `tell-no-tray` ask the person first, once: where nothing would show that the program still
 * runs, it ends with its window.
 */
export type CloseAction = 'close' | 'hide' | 'quit' | 'ask' | 'tell-no-tray'

/** Decides what closing the window does. Pure. */
export function closeAction(
  onClose: DesktopSettings['onClose'],
  hasTray: boolean,
  isQuitting: boolean,
): CloseAction {
  if (isQuitting) return 'close'
  if (!hasTray) return onClose === 'quit' ? 'quit' : 'tell-no-tray'
  switch (onClose) {
    case 'ask':
      return 'ask'
    case 'tray':
      return 'hide'
    case 'quit':
      return 'quit'
  }
}
