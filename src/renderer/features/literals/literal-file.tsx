import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { LiteralFile as FoundFile } from '../../../shared/domain/literals.ts'
import { host } from '../../host/connection.ts'
import { useShortPath } from '../../host/short-path.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { DiffView } from '../../ui/diff-view.tsx'
import { toast } from '../../ui/toast.tsx'
import { useSubmit } from '../../ui/use-submit.ts'
import { placeOfFile } from '../import/import-files.ts'
import { choiceOf, firstPicks, pickAll, pickedShare, pickOf } from './literal-picks.ts'
import { LiteralRow } from './literal-row.tsx'
import { NeedsNote } from './needs-note.tsx'
import { useLiteralPreview } from './use-literal-preview.ts'
import { useUndoMove } from './use-undo-move.ts'

/** The credentials of one file, what moving them would change in it, and the button that does it. */
export function LiteralFile({
  found,
  canStore,
  onMoved,
}: {
  readonly found: FoundFile
  /** False: no vault can take them now. */
  readonly canStore: boolean
  /** The file is another one now. */
  readonly onMoved: () => void
}): React.JSX.Element {
  const { t } = useTranslation('literals')
  const shortPath = useShortPath()
  const undo = useUndoMove(onMoved)
  const [picks, setPicks] = React.useState(() => firstPicks(found))
  const { file, client, literals } = found
  const { movable, picked } = pickedShare(found, picks)
  const choice = choiceOf(found, picks)
  const shown = useLiteralPreview(choice)
  const isShown = JSON.stringify(shown.choice) === JSON.stringify(choice)
  const { error, isBusy, submit } = useSubmit(async () => {
    if (shown.choice === null || shown.preview === null) return
    const { id } = await host().literals.move({ ...shown.choice, digest: shown.preview.digest })
    toast({
      tone: 'ok',
      text: t('done.moved', { count: shown.choice.picks.length }),
      action: { label: t('done.undo'), onSelect: () => void undo(id) },
    })
    onMoved()
  })
  const failure = error ?? shown.error
  const path = shortPath(file)
  return (
    <section
      aria-label={t('file.list', { file: path })}
      className="flex-none overflow-hidden rounded-lg border border-line bg-raised"
    >
      <div className="flex items-start gap-3 border-b border-line px-3 py-2">
        <h2 className="t-13 min-w-0 flex-1 font-semibold wrap-anywhere">
          {client === null ? t('own') : placeOfFile({ client, file }, []).client}{' '}
          <code className="ml-1 font-normal text-ink-3">{path}</code>
        </h2>
        {movable > 1 && (
          <Button
            size="sm"
            aria-label={t(picked < movable ? 'file.allOf' : 'file.noneOf', { file: path })}
            onClick={() => setPicks((before) => pickAll(found, before, picked < movable))}
          >
            {t(picked < movable ? 'file.all' : 'file.none')}
          </Button>
        )}
      </div>
      <ul className="divide-y divide-line">
        {literals.map((literal) => (
          <LiteralRow
            key={literal.id}
            literal={literal}
            pick={pickOf(picks, literal)}
            onPick={(pick) => setPicks((before) => ({ ...before, [literal.id]: pick }))}
          />
        ))}
      </ul>
      {(shown.preview !== null || failure !== null) && (
        <div className="flex flex-col gap-3 border-t border-line p-3">
          {shown.preview !== null && (
            <>
              <DiffView label={t('file.diff', { file: path })} lines={shown.preview.lines} />
              <NeedsNote needs={shown.preview.needs} />
            </>
          )}
          {failure !== null && (
            <Case
              tone="bad"
              glyph="failed"
              title={t('file.failed')}
              actions={
                <Button size="sm" onClick={onMoved}>
                  {t('again')}
                </Button>
              }
            >
              <p>{failure}</p>
            </Case>
          )}
          {choice !== null && (
            <Button
              variant="primary"
              className="self-end"
              disabled={!canStore || isBusy || !isShown || failure !== null}
              onClick={() => void submit()}
            >
              {t('file.move', { count: choice.picks.length })}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}
