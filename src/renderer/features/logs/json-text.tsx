import type * as React from 'react'
import { splitJson } from './split-json.ts'

const colors = {
  key: 'text-(--syn-key)',
  string: 'text-(--syn-string)',
  number: 'text-(--syn-number)',
  punctuation: 'text-(--syn-punct)',
} as const

/** JSON with its colours and its hits, over several lines; what is not JSON stays as it is. */
export function JsonText({
  json,
  search,
}: {
  readonly json: string
  /** Marked wherever it stands, blind to case; empty: nothing. */
  readonly search: string
}): React.JSX.Element[] {
  return splitJson(json, search).map(({ start, text, kind, isHit }) =>
    isHit ? (
      <mark key={start} className="log-hit">
        {text}
      </mark>
    ) : (
      <span key={start} className={colors[kind]}>
        {text}
      </span>
    ),
  )
}
