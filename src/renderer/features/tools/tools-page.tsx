import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { go, home, useRoute } from '../../app/route.ts'
import { useInventories } from '../../host/inventories.ts'
import { useServers } from '../../host/servers.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatCompact, formatNumber } from '../../ui/format.ts'
import { ListColumn } from '../../ui/list-column.tsx'
import { PageBar } from '../../ui/page-bar.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { countKinds, filterGroups, type KindFilter, listRows, toolTokens } from './filter-offers.ts'
import { offerGroups, offerKey } from './offer.ts'
import { OfferDetail, offerHeadingId } from './offer-detail.tsx'
import { OfferList } from './offer-list.tsx'
import { RecentCalls } from './recent-calls.tsx'
import { resolveOffer } from './resolve-offer.ts'

const kinds = ['all', 'tool', 'prompt', 'resource', 'template'] as const

/** What all servers offer: tools, prompts, resources and templates, each to be tried out. */
export function ToolsPage(): React.JSX.Element | null {
  const { t } = useTranslation('tools')
  const { isKnown, byServer } = useInventories()
  const groups = offerGroups(byServer.values())
  const [kind, setKind] = React.useState<KindFilter>('all')
  const [search, setSearch] = React.useState('')
  const focusList = React.useRef<(() => void) | null>(null)
  const chosen = useRoute(({ route }) => (route.page === 'tools' ? route.offer : null))
  const serverName = useServers(({ byId }) =>
    chosen === null ? undefined : byId.get(chosen.serverId)?.definition.name,
  )
  if (!isKnown) return null
  const counts = countKinds(groups)
  if (counts.all === 0) return <NothingOffered hasServers={groups.length > 0} />
  const rows = listRows(filterGroups(groups, kind, search))
  const offer = chosen === null ? null : resolveOffer(groups, chosen)
  const tokens = groups.reduce((sum, group) => sum + toolTokens(group.offers), 0)
  return (
    <>
      <PageBar
        title={t('title')}
        count={t('summary', {
          servers: t('servers', { count: groups.length }),
          tokens: formatNumber(tokens),
        })}
      >
        <Segmented
          label={t('kindFilter')}
          segments={kinds
            .filter((one) => one === 'all' || counts[one] > 0)
            .map((one) => ({ value: one, label: t(`kinds.${one}`), count: counts[one] }))}
          value={kind}
          onChange={setKind}
        />
      </PageBar>
      <div className="flex min-h-0 flex-1">
        <ListColumn
          label={t('list')}
          head={
            <SearchInput
              label={t('search')}
              value={search}
              onChange={setSearch}
              slashKey
              onKeyDown={(event) => {
                if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
                event.preventDefault()
                focusList.current?.()
              }}
            />
          }
        >
          {rows.length === 0 ? (
            <EmptyState
              title={t('empty.noMatch')}
              className="m-3"
              actions={
                <Button
                  size="sm"
                  onClick={() => {
                    setSearch('')
                    setKind('all')
                  }}
                >
                  {t('empty.clear')}
                </Button>
              }
            />
          ) : (
            <OfferList
              rows={rows}
              kind={kind}
              search={search}
              chosen={chosen === null ? null : offerKey(chosen)}
              focusRef={focusList}
              onChoose={({ serverId, kind: ofKind, name }, byKey) => {
                go({ page: 'tools', offer: { serverId, kind: ofKind, name } })
                // The details are another render away.
                if (byKey) {
                  requestAnimationFrame(() => document.getElementById(offerHeadingId)?.focus())
                }
              }}
            />
          )}
          <p className="hear-only" aria-live="polite">
            {search === '' ? '' : formatCompact(rows.filter((row) => row.type === 'offer').length)}
          </p>
        </ListColumn>
        {offer !== null && (
          <OfferDetail key={offerKey(offer)} offer={offer} onLeave={() => focusList.current?.()} />
        )}
        {chosen !== null && offer === null && (
          <div className="flex-1 p-5">
            <EmptyState
              title={t('empty.goneTitle', { name: chosen.name })}
              actions={
                serverName !== undefined && (
                  <Button
                    onClick={() =>
                      go({ page: 'servers', serverId: chosen.serverId, tab: 'overview' })
                    }
                  >
                    {t('empty.toServer')}
                  </Button>
                )
              }
            >
              {t('empty.goneText')}
            </EmptyState>
          </div>
        )}
        {chosen === null && (
          <div className="scroll flex min-w-0 flex-1 flex-col gap-5 p-5">
            <EmptyState title={t('empty.chooseTitle')}>{t('empty.chooseText')}</EmptyState>
            <RecentCalls tool={null} />
          </div>
        )}
      </div>
    </>
  )
}

function NothingOffered({ hasServers }: { readonly hasServers: boolean }): React.JSX.Element {
  const { t } = useTranslation('tools')
  return (
    <>
      <PageBar title={t('title')} />
      <div className="p-5">
        <EmptyState
          title={t('empty.noneTitle')}
          actions={
            <Button variant="primary" onClick={() => go(home)}>
              {t('empty.toServers')}
            </Button>
          }
        >
          {t(hasServers ? 'empty.noneOffered' : 'empty.noneRunning')}
        </EmptyState>
      </div>
    </>
  )
}
