import { Check } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../i18n/error-text.ts'
import { Case } from '../../ui/case.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { formatBytes, formatDuration } from '../../ui/format.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import type { Offer } from './offer.ts'
import type { Run, RunResult } from './offer-runs.ts'
import { ResultBody } from './result-body.tsx'
import { type ResultView, resultViews } from './result-views.ts'

/** What a run brought: its result, or why there is none. */
export function RunOutcome({
  offer,
  run,
}: {
  readonly offer: Offer
  readonly run: Exclude<Run, { status: 'running' }>
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const duration = formatDuration(run.durationMs)
  if (run.status === 'cancelled') {
    return <Case tone="off" glyph="denied" title={t('result.cancelled')} side={duration} />
  }
  if (run.status === 'failed') {
    const { title, hint, action } = errorText(run.error)
    return (
      <Case
        tone="bad"
        glyph="failed"
        title={title}
        side={<span className="t-12 text-ink-2 tabular-nums">{duration}</span>}
      >
        <p className="whitespace-pre-line wrap-anywhere">
          {[hint, action].filter(Boolean).join(' ')}
        </p>
      </Case>
    )
  }
  return <ResultBox offer={offer} result={run.result} duration={duration} />
}

function ResultBox({
  offer,
  result,
  duration,
}: {
  readonly offer: Offer
  readonly result: RunResult
  readonly duration: string
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const views = resultViews(result)
  const [wanted, setWanted] = React.useState<ResultView | null>(null)
  const view = wanted !== null && views.includes(wanted) ? wanted : (views[0] ?? 'raw')
  const text = JSON.stringify(result.result)
  const isError = result.kind === 'tool' && result.result.isError === true
  const problems = result.kind === 'tool' ? result.outputProblems : null
  const word = t(isError ? 'result.refused' : 'result.done')
  return (
    <section
      aria-label={t('result.label')}
      data-tone={isError ? 'bad' : 'ok'}
      className={
        isError
          ? 'case overflow-hidden rounded-lg border'
          : 'overflow-hidden rounded-lg border border-line'
      }
    >
      <div
        className={`t-12 flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 py-1 pr-1 pl-3 text-ink-2 ${isError ? 'bg-soft' : 'border-b border-line bg-sunken'}`}
      >
        <span className="flex items-center gap-1 font-medium text-ink">
          {isError ? (
            <StateGlyph name="failed" />
          ) : (
            <Check size={16} strokeWidth={1.75} className="text-tone" aria-hidden />
          )}
          {word}
        </span>
        <span className="tabular-nums">{duration}</span>
        <span className="tabular-nums">{formatBytes(text.length)}</span>
        {problems !== null && problems.length === 0 && (
          <span className="text-ink-3">{t('result.matches')}</span>
        )}
        <span className="ml-auto flex items-center gap-1">
          {views.length > 1 && (
            <Segmented
              label={t('result.as')}
              segments={views.map((one) => ({ value: one, label: t(`result.${one}`) }))}
              value={view}
              onChange={setWanted}
            />
          )}
          <CopyButton
            text={() => JSON.stringify(result.result, null, 2)}
            label={t('result.copy')}
          />
        </span>
      </div>
      <p className="hear-only" aria-live="polite">{`${word}, ${duration}`}</p>
      {problems !== null && problems.length > 0 && (
        <div
          data-tone="wait"
          className="flex flex-col gap-1 border-b border-line bg-soft px-3 py-2"
        >
          <p className="flex items-center gap-2 font-medium">
            <StateGlyph name="slow" />
            {t('result.differs', { count: problems.length })}
          </p>
          <ul className="text-ink-2">
            {problems.slice(0, 20).map(({ path, message }) => (
              <li key={`${path} ${message}`} className="wrap-anywhere">
                <code>{path === '' ? t('result.whole') : path}</code> {message}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ResultBody offer={offer} result={result} view={view} />
    </section>
  )
}
