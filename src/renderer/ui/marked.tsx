import type * as React from 'react'
import { classNames } from './class-names.ts'
import { splitHits } from './split-hits.ts'

/** What a text with search hits takes. */
export interface MarkedProps {
  readonly text: string
  /** What is searched for; upper and lower case are the same. */
  readonly search?: string | undefined
  /** Its hits are the ones one stands at now. */
  readonly current?: boolean | undefined
}

/** A text in which what is searched for is marked. */
export function Marked({ text, search = '', current = false }: MarkedProps): React.ReactNode {
  if (search === '') return text
  return splitHits(text, search).map((piece, index) =>
    piece.hit ? (
      // Pieces have no name but their place, and a text never reorders them.
      // oxlint-disable-next-line react/no-array-index-key
      <mark key={index} className={classNames('mark', current ? 'bg-hit-now' : 'bg-hit')}>
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  )
}
