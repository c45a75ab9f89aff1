import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { BoxParts } from './box-parts.tsx'
import { ControlParts } from './control-parts.tsx'
import { DataParts } from './data-parts.tsx'
import { StateParts } from './state-parts.tsx'

/** Every part of the design system in every state, in both themes: to look at while building, and for the tests. */
export function PartsPage(): React.JSX.Element {
  const { t } = useTranslation('parts')
  return (
    <div className="scroll h-full">
      <h1 className="hear-only">{t('title')}</h1>
      <div className="grid grid-cols-2 max-narrow:grid-cols-1">
        {(['light', 'dark'] as const).map((theme) => (
          <section
            key={theme}
            data-theme={theme}
            aria-label={t(theme)}
            className="flex min-w-0 flex-col gap-6 bg-bg p-6 text-ink"
          >
            <h2 className="t-16">{t(theme)}</h2>
            <StateParts />
            <ControlParts />
            <BoxParts />
            <DataParts />
          </section>
        ))}
      </div>
    </div>
  )
}
