import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportedSecret } from '../../../shared/contract/clients.ts'
import { useVaultWord } from '../../host/vault-word.ts'
import { Select } from '../../ui/select.tsx'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import { placeOfFile } from './import-files.ts'

/** A credential that stands in a file in plain text, and what is to happen with it. */
export function SecretChoice({
  secret,
  serverName,
  isOut,
  canMove,
  onLeaveOut,
}: {
  readonly secret: ImportedSecret
  readonly serverName: string
  readonly isOut: boolean
  /** False: no vault can take it now. */
  readonly canMove: boolean
  readonly onLeaveOut: (isOut: boolean) => void
}): React.JSX.Element {
  const { t } = useTranslation('import')
  const vault = t(`vaultWord.${useVaultWord()}`)
  const places = [...new Set(secret.sources.map((source) => placeOfFile(source, []).client))].join(
    ', ',
  )
  return (
    <div
      data-tone="you"
      className="t-12 mt-1 flex min-h-7 flex-wrap items-center gap-2 rounded-md bg-soft px-2 py-0.5 text-ink-2"
    >
      <StateGlyph name="held" size={14} />
      <span className="min-w-0 flex-[1_1_200px] wrap-anywhere">
        <code className="text-ink">{secret.place}</code> {t('secret.text', { places })}{' '}
        <code className="text-ink">{secret.masked}</code>
      </span>
      <Select
        size="sm"
        className="ml-auto"
        label={t('secret.choice', { place: secret.place, name: serverName })}
        options={[
          { value: 'move', label: t('secret.move', { vault }), disabled: !canMove },
          { value: 'out', label: t('secret.leaveOut') },
        ]}
        value={isOut || !canMove ? 'out' : 'move'}
        disabled={!canMove}
        onChange={(value) => onLeaveOut(value === 'out')}
      />
    </div>
  )
}
