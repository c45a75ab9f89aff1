import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { MachineServer } from '../../../shared/domain/machine.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import { useEvidenceTexts } from './evidence-text.ts'
import { lookOfProcess } from './list-processes.ts'
import { ProcessTree } from './process-tree.tsx'

/** A server that may be ended: what it is, why it may, and each of its processes in full. */
export function ReapChoice({
  server,
  isChosen,
  onChoose,
}: {
  readonly server: MachineServer
  readonly isChosen: boolean
  /** Null: there is nothing to choose between. */
  readonly onChoose: ((isChosen: boolean) => void) | null
}): React.JSX.Element {
  const { t } = useTranslation('processes')
  const texts = useEvidenceTexts()(server.evidence)
  const look = lookOfProcess(server)
  const { name, pid } = server
  const liveClient = server.isOrphan || server.isSurplus ? null : server.client
  return (
    <section
      aria-label={`${name} ${pid}`}
      data-tone={look.tone}
      className="flex flex-none flex-col gap-2 rounded-lg border border-line p-3"
    >
      <div className="flex items-center gap-2">
        {onChoose !== null && (
          <Checkbox
            label={t('reap.choose', { name, pid })}
            checked={isChosen}
            onChange={onChoose}
          />
        )}
        <StateGlyph name={look.glyph} />
        <span className="cut font-medium text-ink">{name}</span>
        <span className="flex-none text-tone">{t(`state.${look.word}`)}</span>
        {server.client !== null && (
          <span className="cut ml-auto text-ink-3">
            {`${server.client.name} (${server.client.pid})`}
          </span>
        )}
      </div>
      <p className="t-12 text-ink-2 wrap-anywhere">
        {texts.join(' ')}
        {liveClient !== null && ` ${t('reap.live', { client: liveClient.name })}`}
        {server.isSurplus &&
          server.client !== null &&
          ` ${t('pane.surplus.text', { client: server.client.name })}`}
        {server.reap === 'single' && ` ${t(server.isUnsure ? 'reap.unsure' : 'reap.likely')}`}
      </p>
      <ProcessTree tree={server.tree} />
    </section>
  )
}
