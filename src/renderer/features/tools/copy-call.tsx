import { Copy } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonObject } from '../../../shared/lib/json.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { quoteStyle } from '../../ui/shell-quote.ts'
import { toast } from '../../ui/toast.tsx'
import { callCommand, requestOf } from './call-text.ts'
import type { Offer } from './offer.ts'

/** Copies the call as it is filled in: for a terminal, or as JSON. */
export function CopyCall({
  offer,
  args,
}: {
  readonly offer: Offer
  readonly args: JsonObject
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const copy = (text: string) => {
    navigator.clipboard.writeText(text).then(
      () => toast({ tone: 'ok', text: t('copied') }),
      () => toast({ tone: 'bad', text: t('copyFailed') }),
    )
  }
  const { serverName, name, kind } = offer
  return (
    <Menu
      trigger={<Button icon={Copy}>{t('copyCall')}</Button>}
      entries={[
        ...(kind === 'tool'
          ? [
              {
                kind: 'item' as const,
                label: t('copyCommand'),
                onSelect: () => copy(callCommand(serverName, name, args, quoteStyle())),
              },
            ]
          : []),
        {
          kind: 'item',
          label: t('copyArgs'),
          onSelect: () => copy(JSON.stringify(args, null, 2)),
        },
        {
          kind: 'item',
          label: t('copyRequest'),
          onSelect: () => copy(JSON.stringify(requestOf(offer, args), null, 2)),
        },
      ]}
    />
  )
}
