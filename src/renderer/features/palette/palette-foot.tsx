import { useCommandState } from 'cmdk'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Keys } from '../../ui/keys.tsx'

const prefixes = [
  { prefix: '>', word: 'commands' },
  { prefix: '@', word: 'servers' },
  { prefix: '#', word: 'tools' },
] as const

/** What the keys do here, and the characters that limit a search. `isScoped`: only what can be done with one server is listed. */
export function PaletteFoot({ isScoped }: { readonly isScoped: boolean }): React.JSX.Element {
  const { t } = useTranslation('palette')
  return (
    <div className="t-12 flex h-9 flex-none items-center gap-4 border-line border-t bg-sunken px-4 text-ink-2">
      <FootKey keys={['Up', 'Down']} word={t('foot.move')} />
      <FootKey keys={['Enter']} word={t('foot.run')} />
      {isScoped ? (
        <FootKey keys={['Backspace']} word={t('foot.everything')} />
      ) : (
        <>
          <FootKey keys={['Tab']} word={t('foot.actions')} />
          <span className="ml-auto" />
          {prefixes.map(({ prefix, word }) => (
            <span key={prefix} className="inline-flex items-center gap-1 max-low:hidden">
              <code className="leading-none">{prefix}</code> {t(`foot.${word}`)}
            </span>
          ))}
        </>
      )}
    </div>
  )
}

function FootKey({ keys, word }: { readonly keys: readonly string[]; readonly word: string }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      {keys.map((key) => (
        <Keys key={key} keys={key} />
      ))}
      {word}
    </span>
  )
}

/** How many results there are. */
export function ResultCount(): React.JSX.Element {
  const { t } = useTranslation('palette')
  const count = useCommandState((state) => state.filtered.count)
  return (
    <output className="t-12 flex-none text-ink-3 tabular-nums">{t('results', { count })}</output>
  )
}

/** Keys of a command; the second ones of a sequence after a gap. */
export function KeySequence({ keys }: { readonly keys: string }): React.JSX.Element {
  return (
    <span className="inline-flex gap-1.5">
      {keys.split(' ').map((chord) => (
        <Keys key={chord} keys={chord} />
      ))}
    </span>
  )
}
