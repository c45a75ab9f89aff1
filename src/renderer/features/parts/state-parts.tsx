import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { english } from '../../i18n/english.ts'
import { Pill } from '../../ui/pill.tsx'
import { ServerSwitch, type SwitchFact } from '../../ui/server-switch.tsx'
import { type GlyphName, StateGlyph } from '../../ui/state-glyph.tsx'
import { StateWord } from '../../ui/state-word.tsx'
import type { Tone } from '../../ui/tone.ts'
import { useNow } from '../../ui/use-now.ts'
import { Line, Part } from './part.tsx'

const colours = [
  'bg',
  'bg-rail',
  'bg-sunken',
  'bg-raised',
  'bg-hover',
  'bg-selected',
  'bg-track',
  'line-control',
  'ink',
  'ink-2',
  'ink-3',
  'accent-solid',
  'accent-soft',
  'hit',
  'hit-now',
  'bad-solid',
  'ok',
  'busy',
  'wait',
  'bad',
  'you',
  'off',
  'ok-soft',
  'wait-soft',
] as const

interface StateSample {
  readonly word: keyof (typeof english)['parts']['state']
  readonly glyph: GlyphName
  readonly tone: Tone
  readonly asked: boolean
  readonly fact: SwitchFact
}

const states: readonly StateSample[] = [
  { word: 'running', glyph: 'running', tone: 'ok', asked: true, fact: 'on' },
  { word: 'slow', glyph: 'slow', tone: 'wait', asked: true, fact: 'on' },
  { word: 'silent', glyph: 'silent', tone: 'wait', asked: true, fact: 'on' },
  { word: 'heavy', glyph: 'heavy', tone: 'wait', asked: true, fact: 'on' },
  { word: 'resolve', glyph: 'starting-0', tone: 'busy', asked: true, fact: 'pending' },
  { word: 'spawn', glyph: 'starting-1', tone: 'busy', asked: true, fact: 'pending' },
  { word: 'handshake', glyph: 'starting-2', tone: 'busy', asked: true, fact: 'pending' },
  { word: 'stopping', glyph: 'stopping', tone: 'busy', asked: false, fact: 'leaving' },
  { word: 'retry', glyph: 'retry', tone: 'wait', asked: true, fact: 'off' },
  { word: 'signin', glyph: 'signin', tone: 'you', asked: true, fact: 'off' },
  { word: 'vault', glyph: 'locked', tone: 'you', asked: true, fact: 'off' },
  { word: 'failed', glyph: 'failed', tone: 'bad', asked: true, fact: 'off' },
  { word: 'stopped', glyph: 'stopped', tone: 'off', asked: false, fact: 'off' },
  { word: 'idle', glyph: 'idle', tone: 'off', asked: true, fact: 'off' },
]

const calls = [
  { word: 'asks', glyph: 'asks', tone: 'you' },
  { word: 'held', glyph: 'held', tone: 'you' },
  { word: 'denied', glyph: 'denied', tone: 'off' },
] as const

const sizes = ['t20', 't16', 't14', 't13', 't12', 't11'] as const
const sizeClasses = {
  t20: 't-20',
  t16: 't-16',
  t14: 't-14',
  t13: 't-13',
  t12: 't-12',
  t11: 't-11',
} as const

/** Colours, states and type. */
export function StateParts(): React.JSX.Element {
  const { t } = useTranslation('parts')
  const [asked, setAsked] = React.useState<Partial<Record<string, boolean>>>({})
  // The retry of the page counts down from 15, over and over.
  const seconds = 15 - (Math.floor(useNow(1_000) / 1_000) % 16)
  return (
    <>
      <Part title="colour">
        <div className="grid grid-cols-8 gap-2">
          {colours.map((name) => (
            <span key={name} className="t-11 flex min-w-0 flex-col gap-1 font-normal text-ink-2">
              <span
                className="h-7 rounded-sm border border-line"
                style={{ background: `var(--${name})` }}
              />
              <span className="cut">{name.replace('bg-', '')}</span>
            </span>
          ))}
        </div>
      </Part>
      <Part title="states">
        <div className="grid grid-cols-[16px_148px_168px_36px] items-center gap-x-3">
          {states.map((state) => {
            const word = t(`state.${state.word}`, { seconds })
            const left = seconds / 15
            return (
              <React.Fragment key={state.word}>
                <span data-tone={state.tone}>
                  <StateGlyph name={state.glyph} left={left} />
                </span>
                <StateWord tone={state.tone}>{word}</StateWord>
                <span className="flex h-7 items-center">
                  <Pill tone={state.tone} glyph={state.glyph} left={left}>
                    {word}
                  </Pill>
                </span>
                <ServerSwitch
                  label={word}
                  asked={asked[state.word] ?? state.asked}
                  fact={state.fact}
                  onChange={(next) => setAsked({ ...asked, [state.word]: next })}
                />
              </React.Fragment>
            )
          })}
        </div>
        <p className="t-12 text-ink-3">{t('state.rule')}</p>
        <Line>
          {calls.map((call) => (
            <StateWord key={call.word} tone={call.tone} glyph={call.glyph}>
              {t(`state.${call.word}`)}
            </StateWord>
          ))}
        </Line>
      </Part>
      <Part title="type">
        <div className="flex flex-col gap-1">
          {sizes.map((size) => (
            <span key={size} className={sizeClasses[size]}>
              {t(`type.${size}`)}
            </span>
          ))}
          <code>{t('type.mono')}</code>
        </div>
      </Part>
    </>
  )
}
