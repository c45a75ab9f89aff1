import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../ui/format.ts'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import { useNow } from '../../ui/use-now.ts'
import { stepTimes, type TestRun } from './test-run.ts'

/** The steps of a test, each with its time; the current one counts. */
export function TestSteps({
  run,
  isStdio,
}: {
  readonly run: TestRun
  readonly isStdio: boolean
}): React.JSX.Element {
  return run.end === null ? (
    <RunningSteps run={run} isStdio={isStdio} />
  ) : (
    <Steps run={run} isStdio={isStdio} now={run.endedAt ?? run.startedAt} />
  )
}

/** Only a test that runs needs the clock. */
function RunningSteps({
  run,
  isStdio,
}: {
  readonly run: TestRun
  readonly isStdio: boolean
}): React.JSX.Element {
  return <Steps run={run} isStdio={isStdio} now={useNow(100)} />
}

function Steps({
  run,
  isStdio,
  now,
}: {
  readonly run: TestRun
  readonly isStdio: boolean
  readonly now: number
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const steps = stepTimes(run, now)
  return (
    <ol className="flex flex-col gap-1">
      {steps.map(({ step, ms, isCurrent }, index) => {
        const isFault = run.end?.kind === 'failed' && index === steps.length - 1
        return (
          <li
            key={`${step} ${String(index)}`}
            data-tone={isFault ? 'bad' : isCurrent ? 'busy' : 'ok'}
            className="flex items-center gap-2"
          >
            <StateGlyph
              name={isFault ? 'failed' : isCurrent ? 'starting-1' : 'running'}
              size={14}
            />
            {t(`test.step.${step === 'spawn' && !isStdio ? 'connect' : step}`)}{' '}
            <span className="t-12 ml-auto text-ink-3 tabular-nums">{formatDuration(ms)}</span>
          </li>
        )
      })}
    </ol>
  )
}
