import type { InboxText } from './import-inbox.ts'

/** The largest text that the host reads, in characters. */
export const maxTextLength = 16 * 1024 * 1024

/** The texts with more of them; one whose name is taken gets a number, so that each can be told. Pure. */
export function withTexts(
  texts: readonly InboxText[],
  more: readonly InboxText[],
): readonly InboxText[] {
  return more.reduce<readonly InboxText[]>(
    (all, text) => [...all, { ...text, name: freeName(text.name, all) }],
    texts,
  )
}

function freeName(name: string, texts: readonly InboxText[]): string {
  const isFree = (candidate: string) => texts.every((text) => text.name !== candidate)
  if (isFree(name)) return name
  const numbers = texts.map((_, index) => numbered(name, index + 2))
  return numbers.find(isFree) ?? numbered(name, texts.length + 2)
}

/** Before the ending, which tells the notation: `mcp 2.json`. */
function numbered(name: string, number: number): string {
  const [, base = name, ending = ''] = /^(.+?)(\.[a-z]+)?$/i.exec(name) ?? []
  return `${base} ${String(number)}${ending}`
}
