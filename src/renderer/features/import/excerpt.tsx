import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { CodeBlock } from '../../ui/code-block.tsx'

/** Lines of a file with their numbers, and a mark where something is wrong. Long lines scroll. */
export function Excerpt({
  firstLine,
  lines,
  mark,
}: {
  /** Counts from 1. */
  readonly firstLine: number
  readonly lines: readonly string[]
  /** The line of the file, and the column in it as it is here; both count from 1. Null: no mark. */
  readonly mark: { readonly line: number; readonly column: number } | null
}): React.JSX.Element {
  const { t } = useTranslation('import')
  const label = t('excerpt', { first: firstLine, last: firstLine + lines.length - 1 })
  return (
    <CodeBlock text={lines.join('\n')} label={label} wrap={false} copy={false}>
      {lines.map((text, index) => {
        const number = firstLine + index
        const isMarked = mark !== null && mark.line === number
        const at = isMarked ? mark.column - 1 : text.length
        return (
          <span key={number} className="block">
            <span className="mr-3 inline-block min-w-4 text-right text-ink-3 select-none">
              {number}
            </span>
            {text.slice(0, at)}
            {isMarked && (
              <mark
                ref={scrollToMark}
                className="bg-transparent text-inherit underline decoration-bad decoration-wavy underline-offset-3"
              >
                {text.slice(at, at + 2) || ' '}
              </mark>
            )}
            {isMarked && text.slice(at + 2)}
          </span>
        )
      })}
    </CodeBlock>
  )
}

/** Brings the mark into the middle where the line is wider than its place; sideways only, so that the page stays. */
function scrollToMark(mark: HTMLElement | null): void {
  const box = mark?.closest('pre')
  if (mark === null || box == null) return
  const offset = mark.getBoundingClientRect().left - box.getBoundingClientRect().left
  if (offset > box.clientWidth * 0.75) box.scrollLeft += offset - box.clientWidth / 2
}
