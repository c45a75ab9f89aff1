import { create } from 'zustand'

/** A text that another page hands to the import screen. */
export interface InboxText {
  /** The name to show for it. */
  readonly name: string
  readonly text: string
}

/** Texts that wait for the import screen, which takes them out when it opens. */
export const useImportInbox = create<{ readonly texts: readonly InboxText[] }>(() => ({
  texts: [],
}))

/** Hands a text to the import screen. */
export function putIntoInbox(text: InboxText): void {
  useImportInbox.setState(({ texts }) => ({ texts: [...texts, text] }))
}

/** Takes all texts out. They may hold secrets, so that nobody else keeps them. */
export function emptyInbox(): readonly InboxText[] {
  const { texts } = useImportInbox.getState()
  if (texts.length > 0) useImportInbox.setState({ texts: [] })
  return texts
}
