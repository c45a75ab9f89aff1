import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { Literal } from '../../../shared/domain/literals.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { isName, type LiteralPick } from './literal-picks.ts'

/** A credential in a file: where it stands, by what it was found, and under which name it would be kept; or why it stays. */
export function LiteralRow({
  literal,
  pick,
  onPick,
}: {
  readonly literal: Literal
  readonly pick: LiteralPick
  readonly onPick: (pick: LiteralPick) => void
}): React.JSX.Element {
  const { t } = useTranslation('literals')
  const { server, place, masked, reason, kept, isHeld } = literal
  const canMove = kept === null
  return (
    <li className="grid grid-cols-[24px_minmax(0,1fr)] items-start gap-x-2 gap-y-1 py-2 pr-3 pl-2 low:grid-cols-[24px_minmax(0,1fr)_minmax(0,280px)] narrow:grid-cols-[24px_minmax(0,1fr)_minmax(0,420px)]">
      <Checkbox
        checked={canMove && pick.isPicked}
        disabled={!canMove}
        onChange={(isPicked) => onPick({ ...pick, isPicked })}
        label={t('file.pick', { place, server })}
      />
      <div className="min-w-0 py-0.5 wrap-anywhere">
        <b className="font-medium">{server}</b> <code>{place}</code>{' '}
        <code className="text-ink-3">{masked}</code>
        <p className="t-12 text-ink-3">
          {t('file.found', { reason: t(`reason.${reason}`) })}
          {isHeld && ` ${t('file.held')}`}
        </p>
      </div>
      <div className="col-start-2 min-w-0 low:col-start-3">
        {kept === null ? (
          <>
            <TextInput
              mono
              aria-label={t('file.name', { place, server })}
              aria-invalid={!isName(pick.name) || undefined}
              value={pick.name}
              disabled={!pick.isPicked}
              onChange={(event) => onPick({ ...pick, name: event.target.value })}
            />
            {!isName(pick.name) && <p className="t-12 text-bad">{t('file.nameWrong')}</p>}
          </>
        ) : (
          <p className="t-12 py-1 text-ink-2">
            <b className="font-medium">{t('file.stays')}.</b> {t(`kept.${kept}`)}
          </p>
        )}
      </div>
    </li>
  )
}
