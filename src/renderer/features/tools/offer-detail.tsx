import { Globe, RefreshCw } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { go } from '../../app/route.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatNumber } from '../../ui/format.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { CopyCall } from './copy-call.tsx'
import type { Offer } from './offer.ts'
import { OfferDescription } from './offer-description.tsx'
import { useOfferForm } from './offer-forms.ts'
import { effectIcons } from './offer-icon.tsx'
import { OfferRunner } from './offer-runner.tsx'
import { RecentCalls } from './recent-calls.tsx'
import { SchemaDetails } from './schema-details.tsx'

/** What the details take. */
export interface OfferDetailProps {
  readonly offer: Offer
  /** Escape leads back to the list. */
  readonly onLeave: () => void
}

/** The id of the heading, which takes the focus when an offer is opened by key. */
export const offerHeadingId = 'offer-name'

/** One tool, prompt, resource or template: what it is, its arguments, a run, and earlier calls. */
export function OfferDetail({ offer, onLeave }: OfferDetailProps): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { form } = useOfferForm(offer)
  const isTool = offer.kind === 'tool'
  return (
    // Escape is for whatever in here does not use it itself.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      aria-label={t('detail', { name: offer.name })}
      className="scroll @container/offer min-w-0 flex-1"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onLeave()
      }}
    >
      <article className="flex flex-col gap-4 px-5 pt-4 pb-5">
        <header className="flex flex-col gap-1">
          <div className="flex min-w-0 flex-wrap items-center gap-2">
            <h2
              id={offerHeadingId}
              tabIndex={-1}
              className="mono-12 min-w-0 rounded-sm text-[0.875rem]/6 font-semibold wrap-anywhere"
            >
              {offer.name}
            </h2>
            {offer.title !== null && <span className="text-ink-2">{offer.title}</span>}
            <LinkButton
              onClick={() => go({ page: 'servers', serverId: offer.serverId, tab: 'overview' })}
            >
              {offer.serverName}
            </LinkButton>
            <span className="ml-auto">
              <CopyCall offer={offer} args={form.args} />
            </span>
          </div>
          {offer.description !== null && (
            <OfferDescription key={offer.description} text={offer.description} />
          )}
        </header>
        <Badges offer={offer} />
        <OfferRunner offer={offer} />
        {isTool && <RecentCalls tool={offer} />}
        {isTool && (
          <div className="flex flex-col gap-1">
            <SchemaDetails title={t('inputSchema')} schema={offer.schema} />
            {offer.outputSchema !== null && (
              <SchemaDetails title={t('outputSchema')} schema={offer.outputSchema} />
            )}
          </div>
        )}
      </article>
    </section>
  )
}

function Badges({ offer }: { readonly offer: Offer }): React.JSX.Element | null {
  const { t } = useTranslation('tools')
  const { effect, idempotent, openWorld, mimeType } = offer
  if (effect === null) {
    return mimeType === null ? null : (
      <div className="flex">
        <Badge>{mimeType}</Badge>
      </div>
    )
  }
  const isClaimed = effect !== 'unstated' || idempotent || openWorld
  return (
    <div className="flex flex-wrap items-center gap-1">
      <Badge icon={effectIcons[effect]} tone={effect === 'destructive' ? 'wait' : undefined}>
        {t(`effect.${effect}`)}
      </Badge>
      {idempotent && <Badge icon={RefreshCw}>{t('idempotent')}</Badge>}
      {openWorld && <Badge icon={Globe}>{t('openWorld')}</Badge>}
      <span className="flex" title={t('tokensHint')}>
        <Badge>{t('tokens', { tokens: formatNumber(offer.tokens) })}</Badge>
      </span>
      {isClaimed && <span className="t-12 ml-1 text-ink-3">{t('claimed')}</span>}
    </div>
  )
}
