/** Which of the application's menus: its own, the one that was popped up last, or the first tray's. */
export type MenuName = 'application' | 'popup' | 'tray'

/** An item of a menu. */
export interface MenuEntry {
  /** The labels from the top of the menu to here, with ` > ` between them. */
  readonly path: string
  readonly label: string
  readonly type: string
  readonly enabled: boolean
  readonly visible: boolean
  readonly checked: boolean
}

/** What a tray shows beside its menu. */
export interface TrayState {
  readonly toolTip: string
  readonly title: string
  /** As a data URL; null until the application sets one after the tray was made. */
  readonly image: string | null
}

/** A notification that was shown. */
export interface ShownNotification {
  readonly title: string
  readonly body: string
  /** The words of its buttons. */
  readonly actions: readonly string[]
}

/** A dialog that was opened. */
export interface AskedDialog {
  readonly kind: 'message' | 'open' | 'save' | 'error'
  readonly options: Readonly<Record<string, unknown>>
}

/** What a person answers to a dialog. */
export type DialogAnswer =
  | { readonly response: number; readonly checkboxChecked: boolean }
  | { readonly canceled: boolean; readonly filePaths: readonly string[] }
  | { readonly canceled: boolean; readonly filePath: string }

/** What a test can ask of the recorder in the main process (recorder.ts). */
export interface Recorder {
  tray(): TrayState | null
  menuItems(menu: MenuName): MenuEntry[]
  clickMenu(menu: MenuName, path: string): void
  clickTrayIcon(): void
  notifications(): ShownNotification[]
  clickNotification(index: number): void
  clickNotificationAction(index: number, actionIndex: number): void
  dialogs(): readonly AskedDialog[]
  answerDialog(answer: DialogAnswer): Promise<void>
  opened(): readonly string[]
}
