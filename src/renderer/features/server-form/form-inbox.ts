import { create } from 'zustand'

interface FormInbox {
  /** Counts the links, so that each has an address of its own and the form is left as any other page is. */
  readonly link: number
  /** The server that the last link asks for, as JSON of a client's file; kept for as long as the page lives, as its address is. */
  readonly text: string
}

/** What a link from outside asks for. It fills the form of a new server and does nothing else. */
export const useFormInbox = create<FormInbox>(() => ({ link: 0, text: '' }))

/** Takes in what a link asks for. Answers the number of the link, for the address. */
export function putIntoFormInbox(text: string): number {
  useFormInbox.setState(({ link }) => ({ link: link + 1, text }))
  return useFormInbox.getState().link
}
