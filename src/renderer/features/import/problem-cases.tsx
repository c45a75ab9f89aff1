import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportProblem } from '../../../shared/domain/import.ts'
import { useShortPath } from '../../host/short-path.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { Excerpt } from './excerpt.tsx'

/** The files that could not be read, and what should be known of the others. */
export function ProblemCases({
  problems,
  readInPart,
  onReadAgain,
}: {
  readonly problems: readonly ImportProblem[]
  /** The files of which servers came, whatever is wrong with the rest. */
  readonly readInPart: ReadonlySet<string>
  readonly onReadAgain: () => void
}): React.JSX.Element {
  const { t } = useTranslation('import')
  const errors = problems.filter(({ severity }) => severity === 'error')
  const notes = problems.filter(({ severity, file }) => severity === 'warning' && file !== null)
  const isInPart = errors.every(({ file }) => file !== null && readInPart.has(file))
  const brokenFiles = new Set(errors.map(({ file }) => file)).size
  return (
    <div className="flex flex-col gap-3 p-3" aria-live="polite">
      {errors.length > 0 && (
        <Case
          tone="bad"
          glyph="failed"
          title={t(isInPart ? 'brokenInPart' : 'broken', { count: brokenFiles })}
          actions={
            <Button size="sm" onClick={onReadAgain}>
              {t('readAgain')}
            </Button>
          }
        >
          {errors.map((problem, index) => (
            // Two problems may read the same; they never move.
            // oxlint-disable-next-line react/no-array-index-key
            <Problem key={index} problem={problem} />
          ))}
          <p>{t('othersFine')}</p>
        </Case>
      )}
      {notes.length > 0 && (
        <Case tone="wait" glyph="slow" title={t('notes', { count: notes.length })}>
          {notes.map((problem, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <Problem key={index} problem={problem} />
          ))}
        </Case>
      )}
    </div>
  )
}

/** One problem: where, what, and the lines around it. */
export function Problem({ problem }: { readonly problem: ImportProblem }): React.JSX.Element {
  const { t } = useTranslation('import')
  const shortPath = useShortPath()
  const { file, line, column, message, excerpt } = problem
  return (
    <div className="flex flex-col gap-1">
      {file !== null && <code className="wrap-anywhere">{shortPath(file)}</code>}
      <p className="wrap-anywhere">
        {line !== null && column !== null && <b>{t('position', { line, column })} </b>}
        {withoutKind(message)}
      </p>
      {excerpt !== null && line !== null && (
        <Excerpt
          firstLine={excerpt.firstLine}
          lines={excerpt.lines}
          mark={column === null ? null : { line, column: excerpt.column }}
        />
      )}
    </div>
  )
}

/** `Syntax:` tells a reader of a terminal what kind of fault it is; here the lines below do. */
export function withoutKind(message: string): string {
  const text = message.replace(/^Syntax: /, '')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
