/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of the grid are laid out by CSS and placed one by one, which the elements of a table do not allow */
import { ArrowDown, ArrowUp } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useResources } from '../../host/resources.ts'
import { useServers } from '../../host/servers.ts'
import { classNames } from '../../ui/class-names.ts'
import { type ServerSort, type SortColumn, sortBy } from './list-servers.ts'
import { useListView } from './list-view.ts'
import { onlyMeasured, onlyMedium, onlyWide, rowColumns } from './table-columns.ts'

/** The heads of the columns; a click sorts. */
export function TableHead({ sort }: { readonly sort: ServerSort }): React.JSX.Element {
  const { t } = useTranslation('servers')
  return (
    <div role="rowgroup" className="sticky top-0 z-1 bg-bg">
      <div
        role="row"
        aria-rowindex={1}
        className={classNames(
          rowColumns,
          't-12 h-(--h-head) border-line border-b font-medium text-ink-3',
        )}
      >
        <Head column="name" sort={sort} />
        <Head column="state" sort={sort} />
        <Head column="type" sort={sort} className={onlyMedium} />
        <Head column="tools" sort={sort} className="justify-self-end" />
        <Head column="cpu" sort={sort} className={classNames(onlyMeasured, 'justify-self-end')} />
        <Head
          column="memory"
          sort={sort}
          className={classNames(onlyMeasured, 'justify-self-end')}
        />
        <div role="columnheader" className={classNames(onlyWide, 'pl-3')}>
          {t('column.lastError')}
        </div>
        <div role="columnheader" className={onlyMedium}>
          <span className="hear-only">{t('column.action')}</span>
        </div>
        <div role="columnheader">
          <span className="hear-only">{t('column.on')}</span>
        </div>
      </div>
    </div>
  )
}

function Head({
  column,
  sort,
  className,
}: {
  readonly column: SortColumn
  readonly sort: ServerSort
  readonly className?: string
}): React.JSX.Element {
  const { t } = useTranslation('servers')
  const isSorted = sort.column === column
  const Arrow = sort.descending ? ArrowDown : ArrowUp
  return (
    <div
      role="columnheader"
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
      className={className}
    >
      <button
        type="button"
        className="-mx-1 inline-flex h-6 items-center gap-1 rounded-sm px-1 font-medium whitespace-nowrap hover:text-ink"
        onClick={() =>
          useListView.setState({
            sort: sortBy(
              column,
              sort,
              [...useServers.getState().byId.values()],
              (id) => useResources.getState().byServer.get(id)?.now ?? null,
            ),
          })
        }
      >
        {t(`column.${column}`)}
        {isSorted && <Arrow size={12} strokeWidth={2} aria-hidden />}
      </button>
    </div>
  )
}
