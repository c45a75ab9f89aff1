import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/shallow'
import { formatRoute } from '../../app/route.ts'
import { useSettings } from '../../host/settings.ts'

const switches = ['restart', 'park', 'kill', 'reap'] as const

/** Says which automatic actions a person switched off, with the way to switch them on. Absent where none is. */
export function SwitchedOff(): React.JSX.Element | null {
  const { t } = useTranslation('activity')
  const off = useSettings(
    useShallow(({ automation }) => switches.filter((one) => !automation[one])),
  )
  if (off.length === 0) return null
  return (
    <p className="t-12 flex flex-none flex-wrap gap-x-2 border-line border-b bg-sunken px-4 py-2 text-ink-2">
      {t('off', { names: off.map((one) => t(`switch.${one}`)).join(', ') })}
      <a href={formatRoute({ page: 'settings' })}>{t('toSettings')}</a>
    </p>
  )
}
