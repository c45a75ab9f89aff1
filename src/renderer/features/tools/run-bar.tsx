import { Play, X } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { formatDuration, formatNumber } from '../../ui/format.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { Offer } from './offer.ts'
import { changeOfferForm, freshForm, parseArgs, useOfferForm } from './offer-forms.ts'
import { effectIcons } from './offer-icon.tsx'
import type { Run } from './offer-runs.ts'

/** What the bar takes. */
export interface RunBarProps {
  readonly offer: Offer
  readonly run: Run | undefined
  readonly onRun: () => void
  /** Null: there is nothing to overrule, or nothing could be sent. */
  readonly onRunAnyway: (() => void) | null
  /** How many values do not fit, once a run was tried. */
  readonly unfit: number
  readonly hasArguments: boolean
}

/** Run or cancel, form or JSON, and what the tool would change. */
export function RunBar({
  offer,
  run,
  onRun,
  onRunAnyway,
  unfit,
  hasArguments,
}: RunBarProps): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { form, jsonText } = useOfferForm(offer)
  const { effect, kind } = offer
  const hasFault = jsonText !== null && 'fault' in parseArgs(jsonText)
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        {run?.status === 'running' ? (
          <Button icon={X} disabled={run.isCancelling} onClick={run.cancel}>
            {t(run.isCancelling ? 'cancelling' : 'cancel')}
          </Button>
        ) : (
          <Button variant="primary" icon={Play} keys="Mod+Enter" onClick={onRun}>
            {t(kind === 'tool' ? 'run' : kind === 'prompt' ? 'get' : 'read')}
          </Button>
        )}
        {hasArguments && (
          <Segmented<'form' | 'json'>
            label={t('argumentsAs')}
            segments={[
              { value: 'form', label: t('asForm') },
              { value: 'json', label: t('asJson') },
            ]}
            value={jsonText === null ? 'form' : 'json'}
            onChange={(next) => {
              // What is not valid JSON would be lost in the form.
              if (next === 'form' && hasFault) return
              const text = next === 'json' ? JSON.stringify(form.args, null, 2) : null
              changeOfferForm(offer, (last) => ({ ...last, jsonText: text }))
            }}
          />
        )}
        {hasArguments && (
          <Button variant="ghost" onClick={() => changeOfferForm(offer, () => freshForm(offer))}>
            {t('reset')}
          </Button>
        )}
        {effect !== null && effect !== 'read-only' && (
          <Pill tone={effect === 'destructive' ? 'wait' : 'off'} icon={effectIcons[effect]}>
            {t(`warn.${effect}`)}
          </Pill>
        )}
      </div>
      {run?.status === 'running' && <Running run={run} />}
      {run?.status !== 'running' && unfit > 0 && (
        <p className="flex items-center gap-2 text-ink-2" aria-live="polite">
          {t('unfit', { count: unfit })}
          {onRunAnyway !== null && <LinkButton onClick={onRunAnyway}>{t('runAnyway')}</LinkButton>}
        </p>
      )}
    </div>
  )
}

function Running({
  run,
}: {
  readonly run: Extract<Run, { status: 'running' }>
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const now = useNow(1_000)
  const { progress, startedAt } = run
  const figures = [
    progress === null
      ? null
      : progress.total === null
        ? formatNumber(progress.progress)
        : t('result.progress', {
            progress: formatNumber(progress.progress),
            total: formatNumber(progress.total),
          }),
    formatDuration(Math.max(0, Math.floor((now - startedAt) / 1000)) * 1000),
  ]
  const share =
    progress === null || progress.total === null || progress.total <= 0
      ? null
      : progress.progress / progress.total
  return (
    <div className="flex flex-col gap-1">
      <Progress
        label={t('result.running')}
        share={share}
        figures={figures.filter((one) => one !== null).join(' · ')}
      />
      {progress?.message != null && (
        <p className="t-12 text-ink-2 wrap-anywhere" aria-live="polite">
          {progress.message}
        </p>
      )}
    </div>
  )
}
