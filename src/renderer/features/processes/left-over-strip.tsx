import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { isLeftOver, type MachineServer } from '../../../shared/domain/machine.ts'
import { Button } from '../../ui/button.tsx'
import { formatNumber } from '../../ui/format.ts'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import { useFigures } from './figures.ts'
import { totalsOf } from './list-processes.ts'

/** What is left over, in one sentence, with the button that leads to ending it. Absent where nothing is. */
export function LeftOverStrip({
  servers,
  onReview,
}: {
  readonly servers: readonly MachineServer[]
  /** Called with what is left over, and with the other copies of it. */
  readonly onReview: (servers: readonly MachineServer[]) => void
}): React.JSX.Element | null {
  const { t } = useTranslation('processes')
  const figures = useFigures()
  const left = servers.filter(isLeftOver)
  if (left.length === 0) return null
  const orphans = left.filter(({ isOrphan }) => isOrphan).length
  const surplus = left.length - orphans
  const words = [
    ...(orphans > 0
      ? [t('leftOver.orphans', { count: orphans, figure: formatNumber(orphans) })]
      : []),
    ...(surplus > 0
      ? [t('leftOver.surplus', { count: surplus, figure: formatNumber(surplus) })]
      : []),
  ]
  const { processes, memory } = figures(totalsOf(left))
  const others = servers.filter(
    (server) => server.reap === 'bulk' && server.copies > 1 && !isLeftOver(server),
  )
  return (
    <section
      aria-label={t('leftOver.label')}
      data-tone={orphans > 0 ? 'bad' : 'wait'}
      className="flex min-h-11 flex-none items-center gap-2 border-line border-b bg-sunken px-4 py-1.5"
    >
      <StateGlyph name={orphans > 0 ? 'silent' : 'slow'} />
      <p className="min-w-0 text-ink-2">
        <strong className="font-medium text-tone">{`${words.join(', ')}.`}</strong>{' '}
        {t('leftOver.text', { processes, memory })}
      </p>
      <Button size="sm" className="ml-auto" onClick={() => onReview([...left, ...others])}>
        {t('leftOver.action')}
      </Button>
    </section>
  )
}
