/** What does not show, changes the order of what does, or begins a line; but not the joiners, which letters of some scripts need. */
const hidden = /(?![\u200c\u200d])[\p{C}\p{Zl}\p{Zp}]/gu

/**
 * A text of somebody else, such as the name of a server, as it can stand in a line of ours: it cannot hide or reorder
 * anything, and what is longer than `maxLength` characters is cut. Pure.
 */
export function shownText(text: string, maxLength: number): string {
  const shown = text.slice(0, maxLength).replace(hidden, '�')
  return text.length > maxLength ? `${shown}…` : shown
}
