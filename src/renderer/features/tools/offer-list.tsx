/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the options of a list box hold icons and figures, which those of a select cannot */
import { useVirtualizer } from '@tanstack/react-virtual'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useServer } from '../../host/servers.ts'
import { classNames } from '../../ui/class-names.ts'
import { formatCompact, formatNumber } from '../../ui/format.ts'
import { Marked } from '../../ui/marked.tsx'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import { useListKeys } from '../../ui/use-list-keys.ts'
import { lookOf } from '../servers/server-look.ts'
import { type KindFilter, type ListRow, toolTokens } from './filter-offers.ts'
import type { Offer, OfferGroup } from './offer.ts'
import { OfferIcon } from './offer-icon.tsx'

const rowHeight = 28

/** What the list takes. */
export interface OfferListProps {
  readonly rows: readonly ListRow[]
  readonly kind: KindFilter
  readonly search: string
  /** The key of the offer that is shown; null for none. */
  readonly chosen: string | null
  /** `byKey`: by Enter, and the focus goes to the details. */
  readonly onChoose: (offer: Offer, byKey: boolean) => void
  /** Set by the list: moves the focus into it: to the row that Tab leads to. */
  readonly focusRef: React.RefObject<(() => void) | null>
}

/** All offers by server. Only the rows that one sees are rendered; the server's name stays at the top. */
export function OfferList({
  rows,
  kind,
  search,
  chosen,
  onChoose,
  focusRef,
}: OfferListProps): React.JSX.Element {
  // The virtualizer changes by itself: the compiler must not take its answers for constant.
  'use no memo'
  const { t } = useTranslation('tools')
  const scroller = React.useRef<HTMLDivElement>(null)
  const offers = rows.flatMap((row) => (row.type === 'offer' ? [row] : []))
  const places = new Map(offers.map((row, index) => [row.key, index]))
  const [active, setActive] = React.useState<string | null>(chosen)
  const activeIndex = places.get(active ?? '') ?? places.get(chosen ?? '') ?? -1
  const heads = rows.flatMap((row, index) => (row.type === 'group' ? [index] : []))
  const stuck = React.useRef(0)
  // oxlint-disable-next-line react/incompatible-library -- not compiled, see above
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    // A row that the arrows lead to must not hide below the name of its server.
    scrollPaddingStart: rowHeight,
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      stuck.current = heads.findLast((index) => index <= startIndex) ?? 0
      const from = Math.max(0, startIndex - overscan)
      const to = Math.min(count - 1, endIndex + overscan)
      const shown = Array.from({ length: to - from + 1 }, (_, step) => from + step)
      return stuck.current < from ? [stuck.current, ...shown] : shown
    },
  })
  const keys = useListKeys({
    count: offers.length,
    active: activeIndex,
    onActive: (index) => setActive(offers[index]?.key ?? null),
    onOpen: (index) => {
      const row = offers[index]
      if (row !== undefined) onChoose(row.offer, true)
    },
    scrollTo: (index) => {
      const key = offers[index]?.key
      virtual.scrollToIndex(rows.findIndex((row) => row.key === key))
    },
  })
  React.useImperativeHandle(focusRef, () => () => {
    const stop = scroller.current?.querySelector<HTMLElement>('[data-list-index][tabindex="0"]')
    const first = scroller.current?.querySelector<HTMLElement>('[data-list-index]')
    ;(stop ?? first)?.focus()
  })
  return (
    <div ref={scroller} className="scroll flex-1">
      <div
        role="listbox"
        aria-label={t('list')}
        tabIndex={-1}
        className="relative outline-none"
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={keys.list.onKeyDown}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (row === undefined) return null
          const isStuck = item.index === stuck.current
          const place = isStuck
            ? { position: 'sticky' as const, top: 0, zIndex: 1 }
            : { position: 'absolute' as const, top: item.start, left: 0, right: 0 }
          if (row.type === 'group') {
            return (
              <div key={row.key} role="presentation" style={{ ...place, height: rowHeight }}>
                <GroupHead group={row.group} kind={kind} />
              </div>
            )
          }
          return (
            <Row
              key={row.key}
              offer={row.offer}
              search={search}
              isChosen={row.key === chosen}
              item={keys.item(places.get(row.key) ?? 0)}
              onChoose={onChoose}
              style={{ ...place, height: rowHeight }}
              size={offers.length}
            />
          )
        })}
      </div>
    </div>
  )
}

function GroupHead({
  group,
  kind,
}: {
  readonly group: OfferGroup
  readonly kind: KindFilter
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const server = useServer(group.serverId)
  // The glyph of what runs does not change with time.
  const look = server === undefined ? null : lookOf(server, 0)
  const shownKind = kind === 'all' ? (group.offers[0]?.kind ?? 'tool') : kind
  const count = group.offers.filter((offer) => offer.kind === shownKind).length
  const tokens = toolTokens(group.offers)
  return (
    <div
      data-tone={look?.tone ?? 'off'}
      className="t-12 flex h-7 items-center gap-2 border-b border-line bg-sunken px-3 font-medium"
    >
      <StateGlyph name={look?.glyph ?? 'stopped'} />
      <span className="cut">{group.serverName}</span>
      <span className="ml-auto flex-none font-normal text-ink-3 tabular-nums">
        {t(`count.${shownKind}`, { count })}
        {tokens > 0 && (
          <span className="max-narrow:hidden">
            {` · ${t('tokens', { tokens: formatCompact(tokens) })}`}
          </span>
        )}
      </span>
    </div>
  )
}

interface RowProps {
  readonly offer: Offer
  readonly search: string
  readonly isChosen: boolean
  readonly item: ReturnType<ReturnType<typeof useListKeys>['item']>
  readonly onChoose: (offer: Offer, byKey: boolean) => void
  readonly style: React.CSSProperties
  readonly size: number
}

function Row({
  offer,
  search,
  isChosen,
  item,
  onChoose,
  style,
  size,
}: RowProps): React.JSX.Element {
  const { t } = useTranslation('tools')
  const words = search.split(/\s+/).filter(Boolean)
  const isAddress = offer.kind === 'resource' || offer.kind === 'template'
  const name = isAddress ? (offer.title ?? offer.name) : offer.name
  return (
    // The list box has the keys, and `item` makes the row focusable.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      {...item}
      role="option"
      aria-selected={isChosen}
      aria-posinset={item['data-list-index'] + 1}
      aria-setsize={size}
      style={style}
      title={isAddress ? offer.name : undefined}
      className={classNames(
        'flex items-center gap-2 px-3 select-none focus-visible:-outline-offset-2',
        isChosen
          ? 'bg-selected before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent-solid'
          : 'hover:bg-hover',
      )}
      onClick={() => onChoose(offer, false)}
    >
      <OfferIcon offer={offer} />
      <span className={classNames('cut', isAddress ? 't-13' : 'mono-12')}>
        <Marked text={name} search={words[0]} />
      </span>
      <span className="hear-only">
        {[
          offer.effect === null ? t(`kind.${offer.kind}`) : t(`effect.${offer.effect}`),
          offer.serverName,
        ].join(', ')}
      </span>
      {offer.kind === 'tool' && (
        <span className="t-12 ml-auto flex-none text-ink-3 tabular-nums" aria-hidden>
          {formatNumber(offer.tokens)}
        </span>
      )}
    </div>
  )
}
