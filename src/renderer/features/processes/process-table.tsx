/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of the grid are laid out by CSS and placed one by one, which the elements of a table do not allow */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { go } from '../../app/route.ts'
import { classNames } from '../../ui/class-names.ts'
import { useListKeys } from '../../ui/use-list-keys.ts'
import { GroupRow } from './group-row.tsx'
import type { ProcessLine } from './list-processes.ts'
import { keyOfServer } from './machine.ts'
import { fromMedium, fromWide, processColumns } from './process-columns.ts'
import { ProcessRow } from './process-row.tsx'
import { useProcessView } from './process-view.ts'

/** The height of a row, in px (`--h-row`). */
const rowHeight = 32
/** Up to so many rows are all there, for the browser's own search; of more, only those near to what is seen. */
const allRows = 60

/** The list of servers, copies of one under each other. Arrow keys move between servers, Enter opens. */
export function ProcessTable({
  lines,
  at,
  openPid,
}: {
  /** At least one server among them. */
  readonly lines: readonly ProcessLine[]
  /** When they were seen, in milliseconds since the Unix epoch. */
  readonly at: number
  readonly openPid: number | null
}): React.JSX.Element {
  // The virtualizer is an object that changes in place, which the compiler does not see.
  'use no memo'
  const { t } = useTranslation('processes')
  const scroller = React.useRef<HTMLDivElement>(null)
  const activeKey = useProcessView((state) => state.activeKey)
  const places = lines.flatMap((line, place) => (line.kind === 'server' ? [place] : []))
  const serverAt = (index: number) => {
    const line = lines[places[index] ?? -1]
    return line?.kind === 'server' ? line.server : undefined
  }
  const active = Math.max(
    0,
    places.findIndex((_, index) => {
      const server = serverAt(index)
      return server !== undefined && keyOfServer(server) === activeKey
    }),
  )
  const activePlace = places[active] ?? 0
  // oxlint-disable-next-line react/incompatible-library -- not compiled, see above
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: lines.length <= allRows ? allRows : 12,
    paddingStart: 4,
    paddingEnd: 4,
    getItemKey: (place) => keyOfLine(lines[place]) ?? place,
    // The row that the keyboard is on is always there, wherever the wheel went.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), activePlace])].toSorted((a, b) => a - b),
  })
  const open = (index: number) => {
    const server = serverAt(index)
    if (server !== undefined) go({ page: 'processes', pid: server.pid })
  }
  const keys = useListKeys({
    count: places.length,
    active,
    onActive: (index) => {
      const server = serverAt(index)
      if (server !== undefined) useProcessView.setState({ activeKey: keyOfServer(server) })
    },
    onOpen: open,
    scrollTo: (index) => virtualizer.scrollToIndex(places[index] ?? 0),
  })
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={t('title')}
      aria-rowcount={lines.length + 1}
      tabIndex={-1}
      className="scroll @container/table min-w-0 flex-1"
      {...keys.list}
    >
      <Head />
      <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index: place, start }) => {
          const line = lines[place]
          if (line === undefined) return null
          if (line.kind === 'group') {
            return <GroupRow key={line.identity} servers={line.servers} place={place} top={start} />
          }
          const { server, isCopy } = line
          const index = places.indexOf(place)
          return (
            <ProcessRow
              key={keyOfServer(server)}
              server={server}
              at={at}
              place={place}
              top={start}
              isCopy={isCopy}
              isOpen={server.pid === openPid}
              keys={keys.item(index)}
              onOpen={() => open(index)}
            />
          )
        })}
      </div>
    </div>
  )
}

function keyOfLine(line: ProcessLine | undefined): string | undefined {
  if (line === undefined) return undefined
  return line.kind === 'server' ? keyOfServer(line.server) : line.identity
}

function Head(): React.JSX.Element {
  const { t } = useTranslation('processes')
  return (
    <div role="rowgroup" className="sticky top-0 z-1 bg-bg">
      <div
        role="row"
        aria-rowindex={1}
        className={classNames(
          processColumns,
          't-12 h-(--h-head) border-line border-b font-medium text-ink-3',
        )}
      >
        <div role="columnheader">{t('column.name')}</div>
        <div role="columnheader">{t('column.state')}</div>
        <div role="columnheader" className={fromWide}>
          {t('column.evidence')}
        </div>
        <div role="columnheader" className={fromMedium}>
          {t('column.client')}
        </div>
        <div role="columnheader" className="text-right">
          {t('column.pid')}
        </div>
        <div role="columnheader" className={classNames(fromMedium, 'text-right')}>
          {t('column.age')}
        </div>
        <div role="columnheader" className="text-right">
          {t('column.cpu')}
        </div>
        <div role="columnheader" className="text-right">
          {t('column.memory')}
        </div>
      </div>
    </div>
  )
}
