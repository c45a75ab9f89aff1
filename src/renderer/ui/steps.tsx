import { Check, type LucideIcon, Minus, X } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { StateGlyph } from './state-glyph.tsx'
import type { Tone } from './tone.ts'

/** One step and what came of it. */
export interface Step {
  readonly label: string
  readonly result: 'done' | 'failed' | 'now' | 'open'
  readonly detail?: React.ReactNode
}

const marks: Record<'done' | 'failed' | 'open', { tone: Tone; icon: LucideIcon }> = {
  done: { tone: 'ok', icon: Check },
  failed: { tone: 'bad', icon: X },
  open: { tone: 'off', icon: Minus },
}

/** What was tried in turn: how far it came and where it ended. */
export function Steps({ steps }: { readonly steps: readonly Step[] }): React.JSX.Element {
  const { t } = useTranslation('ui')
  return (
    <ol className="t-12 grid grid-cols-[16px_auto_minmax(0,1fr)] items-start gap-x-2 gap-y-1 text-ink-2">
      {steps.map((step) => (
        <li key={step.label} className="contents">
          <Mark result={step.result} />
          <span className="font-medium text-ink">
            {step.label}
            <span className="hear-only">{t(`steps.${step.result}`)}</span>
          </span>
          <span className="steps-detail min-w-0 wrap-anywhere">{step.detail}</span>
        </li>
      ))}
    </ol>
  )
}

function Mark({ result }: { readonly result: Step['result'] }): React.JSX.Element {
  if (result === 'now') {
    return (
      <span data-tone="busy" className="grid h-4 place-items-center">
        <StateGlyph name="starting-1" size={14} />
      </span>
    )
  }
  const { tone, icon: Icon } = marks[result]
  return (
    <span data-tone={tone} className="grid h-4 place-items-center text-tone">
      <Icon size={14} strokeWidth={2.25} aria-hidden />
    </span>
  )
}
