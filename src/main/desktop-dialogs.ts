import { dialog } from 'electron'
import type { SayDesktop } from './desktop-texts.ts'

/** What the person said, and whether to say it for good. */
export interface CloseAnswer {
  readonly choice: 'tray' | 'quit' | 'cancel'
  readonly isForGood: boolean
}

/**
 * Asks what closing the window is to do: the program can stay in the tray.
 * @param isAttached the servers are another process's, and quitting stops none.
 */
export async function askToClose(say: SayDesktop, isAttached: boolean): Promise<CloseAnswer> {
  const choices = ['tray', 'quit', 'cancel'] as const
  const { response, checkboxChecked } = await dialog.showMessageBox({
    type: 'question',
    message: say('close.title', {}),
    detail: say(isAttached ? 'close.textAttached' : 'close.text', {}),
    buttons: choices.map((choice) => say(`close.${choice}`, {})),
    defaultId: 0,
    cancelId: 2,
    checkboxLabel: say('close.remember', {}),
  })
  return { choice: choices[response] ?? 'cancel', isForGood: checkboxChecked }
}

/**
 * Says that without a tray the program ends with its window, and asks whether it shall.
 * @param isAttached the servers are another process's, and quitting stops none.
 */
export async function tellNoTray(say: SayDesktop, isAttached: boolean): Promise<CloseAnswer> {
  const choices = ['quit', 'cancel'] as const
  const { response, checkboxChecked } = await dialog.showMessageBox({
    type: 'info',
    message: say('noTray.title', {}),
    detail: say(isAttached ? 'noTray.textAttached' : 'noTray.text', {}),
    buttons: choices.map((choice) => say(`close.${choice}`, {})),
    defaultId: 0,
    cancelId: 1,
    checkboxLabel: say('close.remember', {}),
  })
  return { choice: choices[response] ?? 'cancel', isForGood: checkboxChecked }
}

/** Asks whether to load a page again that goes on crashing, or to quit. */
export async function askToReload(say: SayDesktop): Promise<'reload' | 'quit'> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: say('crash.title', {}),
    detail: say('crash.text', {}),
    buttons: [say('crash.reload', {}), say('crash.quit', {})],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1 ? 'quit' : 'reload'
}

/** Asks whether to quit though the page has changes that are not saved. */
export async function askToLose(say: SayDesktop): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: say('unsaved.title', {}),
    detail: say('unsaved.text', {}),
    buttons: [say('unsaved.stay', {}), say('unsaved.quit', {})],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}
