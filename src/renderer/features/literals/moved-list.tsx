import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { Move } from '../../../shared/domain/literals.ts'
import { useShortPath } from '../../host/short-path.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { placeOfFile } from '../import/import-files.ts'
import { NeedsNote } from './needs-note.tsx'
import { useUndoMove } from './use-undo-move.ts'

/** What was moved before: each can be put back, and says what its client needs. */
export function MovedList({
  moves,
  onUndone,
}: {
  readonly moves: readonly Move[]
  readonly onUndone: () => void
}): React.JSX.Element {
  const { t } = useTranslation('literals')
  const shortPath = useShortPath()
  const undo = useUndoMove(onUndone)
  return (
    <Section level={2} title={t('moved.title')}>
      <ul className="flex-none divide-y divide-line rounded-lg border border-line bg-raised">
        {moves.map(({ id, file, client, movedAt, needs, canUndo }, index) => {
          // Of the newest one the client may not have been told yet.
          const isNewest = index === 0
          const name = client === null ? t('own') : placeOfFile({ client, file }, []).client
          return (
            <li key={id} className="flex flex-col gap-2 p-3">
              <div className="flex flex-wrap items-center gap-2">
                <div className="min-w-0 flex-1 wrap-anywhere">
                  <code>{shortPath(file)}</code>
                  <p className="t-12 text-ink-3">
                    {t('moved.text', { count: needs.length, client: name })},{' '}
                    <TimeAgo at={movedAt} />
                  </p>
                </div>
                {canUndo ? (
                  <Button
                    size="sm"
                    aria-label={t('moved.undoOf', { file: shortPath(file) })}
                    onClick={() => void undo(id)}
                  >
                    {t('moved.undo')}
                  </Button>
                ) : (
                  <span className="t-12 text-ink-3">{t('moved.noBackup')}</span>
                )}
              </div>
              {needs.some(({ resolver }) => resolver !== 'vault') && (
                <details open={isNewest}>
                  <summary className="t-12 text-ink-2">
                    {t('moved.needs', { client: name })}
                  </summary>
                  <div className="pt-2">
                    <NeedsNote needs={needs} />
                  </div>
                </details>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
