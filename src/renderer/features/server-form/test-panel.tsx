import { PlugZap } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Section } from '../../ui/section.tsx'
import { TestResult } from './test-result.tsx'
import type { TestRun } from './test-run.ts'
import { TestSteps } from './test-steps.tsx'

/** A test of the connection: its button, its steps as they happen, what the server printed, how it ended. */
export function TestPanel({
  run,
  isStdio,
  isStale,
  onStart,
  onCancel,
}: {
  readonly run: TestRun | null
  readonly isStdio: boolean
  /** The form has changed since. */
  readonly isStale: boolean
  readonly onStart: () => void
  readonly onCancel: () => void
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const isRunning = run !== null && run.end === null
  return (
    <Section level={2} title={t('test.label')}>
      {run === null && <p className="t-12 text-ink-3">{t('test.hint')}</p>}
      <div className="flex flex-wrap items-center gap-2">
        {isRunning ? (
          <Button onClick={onCancel}>{t('test.cancel')}</Button>
        ) : (
          <Button icon={PlugZap} onClick={onStart}>
            {t(run === null ? 'test.run' : 'test.again')}
          </Button>
        )}
      </div>
      {run !== null && (
        <>
          <TestSteps run={run} isStdio={isStdio} />
          <div aria-live="polite" className="flex flex-col gap-2">
            {run.end?.kind === 'connected' && <TestResult end={run.end} />}
            {run.end?.kind === 'failed' && <Failure {...errorText(run.end.error)} />}
            {run.end?.kind === 'cancelled' && <p className="text-ink-2">{t('test.cancelled')}</p>}
            {!isRunning && isStale && <p className="t-12 text-ink-3">{t('test.stale')}</p>}
          </div>
          {run.printed.length > 0 && (
            <details open={run.end?.kind === 'failed'}>
              <summary className="t-12 min-h-6 text-ink-2">{t('test.printed')}</summary>
              <CodeBlock
                text={run.printed.join('\n')}
                label={t('test.printed')}
                className="max-h-48"
              />
            </details>
          )}
        </>
      )}
    </Section>
  )
}

function Failure({
  title,
  hint,
  action,
}: {
  readonly title: string
  readonly hint: string
  readonly action: string
}): React.JSX.Element {
  return (
    <Case tone="bad" glyph="failed" title={title}>
      {hint !== '' && <p className="wrap-anywhere">{hint}</p>}
      <p>{action}</p>
    </Case>
  )
}
