import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { go, home } from '../../app/route.ts'
import { useVaultWord } from '../../host/vault-word.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { checkOf } from './import-choice.ts'

/** What the foot of the import takes. */
export interface ImportFootProps {
  /** How many servers would be imported. */
  readonly count: number
  /** The secrets of these servers. */
  readonly secrets: readonly string[]
  readonly leaveOut: ReadonlySet<string>
  readonly canMove: boolean
  readonly isBusy: boolean
  readonly onLeaveOut: (secrets: readonly string[], isOut: boolean) => void
  readonly onImport: (start: boolean) => void
}

/** What happens with all secrets, what an import does and does not do, and the buttons that do it. */
export function ImportFoot({
  count,
  secrets,
  leaveOut,
  canMove,
  isBusy,
  onLeaveOut,
  onImport,
}: ImportFootProps): React.JSX.Element {
  const { t } = useTranslation('import')
  const vault = t(`vaultWord.${useVaultWord()}`)
  const moved = canMove ? secrets.filter((name) => !leaveOut.has(name)).length : 0
  const isOff = count === 0 || isBusy
  return (
    <div className="flex min-h-[52px] flex-none flex-wrap items-center gap-3 border-line border-t py-2 pr-4 pl-3">
      {secrets.length > 0 && (
        <Checkbox
          {...checkOf(secrets.length, moved)}
          disabled={!canMove}
          onChange={(isIn) => onLeaveOut(secrets, !isIn)}
        >
          {t('moveAll', { count: secrets.length, vault })}
        </Checkbox>
      )}
      <span className="ml-auto" />
      <span className="t-12 text-ink-3 max-narrow:hidden">{t('promise')}</span>
      <span className="hear-only" aria-live="polite">
        {isBusy ? t('importing') : ''}
      </span>
      <Button size="lg" onClick={() => go(home)}>
        {t('notNow')}
      </Button>
      <Button size="lg" disabled={isOff} onClick={() => onImport(true)}>
        {t('importAndStart')}
      </Button>
      <Button size="lg" variant="primary" disabled={isOff} onClick={() => onImport(false)}>
        {t('import', { count })}
      </Button>
    </div>
  )
}
