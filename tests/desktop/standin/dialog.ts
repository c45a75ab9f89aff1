import type { MessageBoxReturnValue, OpenDialogReturnValue, SaveDialogReturnValue } from 'electron'
import { notImplemented, strictObject } from './strict.ts'

/**
 * Electron's `dialog`. The driver's recorder takes the place of these functions, here as in Electron, so that a test can
 * answer; without it there is nobody to ask.
 */
export const dialog = strictObject('dialog', {
  showMessageBox: (..._args: unknown[]): Promise<MessageBoxReturnValue> => nobody('showMessageBox'),
  showOpenDialog: (..._args: unknown[]): Promise<OpenDialogReturnValue> => nobody('showOpenDialog'),
  showSaveDialog: (..._args: unknown[]): Promise<SaveDialogReturnValue> => nobody('showSaveDialog'),
  showErrorBox: (_title: string, _content: string): void => nobody('showErrorBox'),
})

function nobody(name: string): never {
  throw notImplemented(`dialog.${name} without the driver's recorder`)
}
