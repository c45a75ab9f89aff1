/** A piece of a text, with its place as its name. */
export interface TextPiece {
  readonly at: number
  readonly text: string
}

/** A text with its `code` spans told apart, as descriptions are written. A backtick without a partner stays. Pure. */
export function splitCode(text: string): readonly (TextPiece & { readonly isCode: boolean })[] {
  const pieces: (TextPiece & { isCode: boolean })[] = []
  let from = 0
  for (const match of text.matchAll(/`([^`\n]+)`/g)) {
    if (match.index > from) {
      pieces.push({ at: from, text: text.slice(from, match.index), isCode: false })
    }
    pieces.push({ at: match.index, text: match[1] ?? '', isCode: true })
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push({ at: from, text: text.slice(from), isCode: false })
  return pieces
}

/** A long text in pieces of about `size` characters, cut after a line's end where there is one near. Pure. */
export function splitLong(text: string, size: number): readonly TextPiece[] {
  const pieces: TextPiece[] = []
  let from = 0
  while (from < text.length) {
    let to = Math.min(text.length, from + size)
    if (to < text.length) {
      const line = text.lastIndexOf('\n', to)
      if (line > from + size / 2) to = line + 1
      // A character of two code units stays whole.
      else if (isHighSurrogate(text.charCodeAt(to - 1))) to -= 1
    }
    pieces.push({ at: from, text: text.slice(from, to) })
    from = to
  }
  return pieces
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

/** Whether a text takes so much room that it is folded: more than 8 lines, or as many characters as fill them. Pure. */
export function isLongText(text: string): boolean {
  return text.length > 700 || text.split('\n').length > 8
}
