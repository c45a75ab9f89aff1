import type * as React from 'react'
import { splitCode } from './split-text.ts'

/** A text of a server with its `code` spans; never as markup. */
export function Described({ text }: { readonly text: string }): React.ReactNode {
  return splitCode(text).map((piece) =>
    piece.isCode ? <code key={piece.at}>{piece.text}</code> : piece.text,
  )
}
