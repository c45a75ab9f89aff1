import { create } from 'zustand'

/** A text that another page hands to the import screen. */
export interface InboxText {
  /** The name to show for it. */
  readonly name: string
  readonly text: string
}

/** Texts that wait for the import screen, which takes them when it opens. */
export const useImportInbox = create<{ readonly texts: readonly InboxText[] }>(() => ({
  texts: [],
}))

/** Hands a text to the import screen. */
export function putIntoInbox(text: InboxText): void {
  useImportInbox.setState(({ texts }) => ({ texts: [...texts, text] }))
}

/** Forgets the texts: they may hold secrets, and whoever took them keeps them only while needed. */
export function emptyInbox(): void {
  if (useImportInbox.getState().texts.length > 0) useImportInbox.setState({ texts: [] })
}
