import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ProtocolInfo } from '../../../shared/domain/server-state.ts'
import type { InventoryCounts } from '../../../shared/domain/server-view.ts'
import { Case } from '../../ui/case.tsx'
import { formatDuration } from '../../ui/format.ts'
import { KeyValues } from '../../ui/key-values.tsx'

/** What a test found: who answered, in which protocol, with what. */
export function TestResult({
  end,
}: {
  readonly end: { readonly protocol: ProtocolInfo; readonly counts: InventoryCounts }
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const { protocol, counts } = end
  const resources = counts.resources + counts.resourceTemplates
  const offers = [
    ...(counts.tools > 0 ? [t('test.tools', { count: counts.tools })] : []),
    ...(counts.prompts > 0 ? [t('test.prompts', { count: counts.prompts })] : []),
    ...(resources > 0 ? [t('test.resources', { count: resources })] : []),
  ]
  return (
    <Case tone="ok" glyph="running" title={t('test.connected')}>
      <KeyValues
        items={[
          {
            label: t('test.version'),
            value: `${protocol.serverName} ${protocol.serverVersion}`.trim(),
          },
          { label: t('test.protocol'), value: protocol.version },
          { label: t('test.handshake'), value: formatDuration(protocol.handshakeMs) },
          {
            label: t('test.offers'),
            value: offers.length === 0 ? t('test.nothing') : offers.join(', '),
          },
        ]}
      />
    </Case>
  )
}
