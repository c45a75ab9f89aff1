import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { MachineServer, ReapResult } from '../../../shared/domain/machine.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { formatNumber } from '../../ui/format.ts'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import { useFigures } from './figures.ts'

/** What became of the processes that a person had ended: figures, and each one that was not. */
export function ReapDone({
  results,
  servers,
  onClose,
}: {
  readonly results: readonly ReapResult[]
  readonly servers: readonly MachineServer[]
  readonly onClose: () => void
}): React.JSX.Element {
  const { t } = useTranslation('processes')
  const { processes, memory } = useFigures()({
    servers: results.length,
    processes: results.reduce((sum, { ended }) => sum + ended, 0),
    memoryBytes: results.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
  })
  const gone = results.filter(({ outcome }) => outcome === 'gone').length
  const left = results.filter(
    ({ outcome }) => outcome !== 'ended' && outcome !== 'killed' && outcome !== 'gone',
  )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(left.length === 0 ? 'reap.doneTitle' : 'reap.partTitle')}
      description={[
        t('reap.done', { processes, memory }),
        ...(gone > 0 ? [t('reap.gone', { count: gone, figure: formatNumber(gone) })] : []),
      ].join(' ')}
      foot={
        <Button size="lg" variant="primary" onClick={onClose}>
          {t('reap.ok')}
        </Button>
      }
    >
      {left.length > 0 && (
        <ul className="flex flex-col gap-1">
          {left.map(({ pid, outcome }) => (
            <li key={pid} data-tone="bad" className="flex items-center gap-2">
              <StateGlyph name="failed" size={14} />
              <span className="tabular-nums">{pid}</span>
              <span className="cut font-medium">
                {servers.find((server) => server.pid === pid)?.name}
              </span>
              <span className="text-ink-2">{t(`reap.outcome.${outcome}`)}</span>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
