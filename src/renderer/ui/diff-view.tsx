import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'

/** One line of a difference. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed'
  /** Its number in the text it stands in, from 1. */
  readonly number: number
  /** Its pieces; those that differ are heavier. */
  readonly pieces: readonly { readonly text: string; readonly changed?: boolean | undefined }[]
}

const grounds = { same: '', added: 'bg-ok-soft', removed: 'bg-bad-soft' } as const
const signs = { same: '', added: '+', removed: '−' } as const
const signColours = { same: '', added: 'text-ok', removed: 'text-bad' } as const

/** What changed in a text, line by line. */
export function DiffView({
  label,
  lines,
}: {
  /** What is compared; read aloud. */
  readonly label: string
  readonly lines: readonly DiffLine[]
}): React.JSX.Element {
  const { t } = useTranslation('ui')
  return (
    <ul
      aria-label={label}
      className="mono-12 flex-none overflow-hidden rounded-md border border-line bg-sunken"
    >
      {lines.map((line, at) => (
        <li
          key={`${line.kind}${line.number}`}
          className={classNames(
            'grid grid-cols-[28px_16px_minmax(0,1fr)] px-2 wrap-anywhere whitespace-pre-wrap',
            grounds[line.kind],
            isAfterGap(lines, at) && 'border-t border-dashed border-line-strong',
          )}
        >
          <span className="text-ink-3 tabular-nums select-none">{line.number}</span>
          <span className={signColours[line.kind]} aria-hidden>
            {signs[line.kind]}
          </span>
          <span>
            {line.kind !== 'same' && <span className="hear-only">{t(`diff.${line.kind}`)}</span>}
            {line.pieces.map((piece, index) =>
              piece.changed === true ? (
                // Pieces have no name but their place, and a line never reorders them.
                // oxlint-disable-next-line react/no-array-index-key
                <b key={index} className="font-semibold">
                  {piece.text}
                </b>
              ) : (
                piece.text
              ),
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Whether lines are left out right before this one. Those that were removed are counted in another text. */
function isAfterGap(lines: readonly DiffLine[], at: number): boolean {
  const line = lines[at]
  if (line === undefined || line.kind === 'removed') return false
  let before = at - 1
  while (lines[before]?.kind === 'removed') before -= 1
  const last = lines[before]
  return last !== undefined && line.number > last.number + 1
}
