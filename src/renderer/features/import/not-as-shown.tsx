import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportKey } from '../../../shared/contract/clients.ts'
import { Case } from '../../ui/case.tsx'

/** Servers that were not imported, because their files changed between what was shown and the import. */
export function NotAsShown({
  servers,
}: {
  readonly servers: readonly ImportKey[]
}): React.JSX.Element {
  const { t } = useTranslation('import')
  return (
    <div role="alert" className="border-line border-b p-3">
      <Case
        tone="you"
        glyph="asks"
        level={2}
        title={t('notAsShown.title', { count: servers.length })}
      >
        {t('notAsShown.text', { names: servers.map(({ name }) => name).join(', ') })}
      </Case>
    </div>
  )
}
