import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import type { QueryProblem } from './query-filter.ts'

/** What of the query means nothing, and a search that was ended because it takes too long. */
export function QueryProblems({
  problems,
  isSlow,
}: {
  readonly problems: readonly QueryProblem[]
  readonly isSlow: boolean
}): React.JSX.Element {
  const { t } = useTranslation('logs')
  const texts = problems.map((problem) => {
    const { value } = problem
    switch (problem.type) {
      case 'server':
        return t('problem.server', { value })
      case 'moment':
        return t('problem.moment', { value })
      case 'token':
        return t('problem.token', { value })
      case 'regex':
        return t('problem.regex', { reason: problem.reason })
    }
  })
  return (
    <div role="alert" data-tone="wait" className="flex-none">
      {[...texts, ...(isSlow ? [t('problem.slow')] : [])].map((text) => (
        <p
          key={text}
          className="t-12 flex items-start gap-1 border-b border-line bg-soft px-4 py-1 text-tone"
        >
          <StateGlyph name="slow" size={14} className="mt-px" />
          <span className="min-w-0 wrap-anywhere">{text}</span>
        </p>
      ))}
    </div>
  )
}
