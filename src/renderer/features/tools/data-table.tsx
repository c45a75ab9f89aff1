import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../ui/class-names.ts'
import { formatNumber } from '../../ui/format.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import type { ResultTable } from './result-table.ts'

/** How many rows are shown at first, and how many more at a time. */
const batch = 100

/** A list of objects as rows; the JSON view has what a cell cannot show. */
export function DataTable({ table }: { readonly table: ResultTable }): React.JSX.Element {
  const { t } = useTranslation('tools')
  const [shown, setShown] = React.useState(batch)
  const { columns, rows, name } = table
  return (
    <section
      // A table that is wider than its place scrolls by itself, by keyboard too.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={name ?? t('result.table')}
      className="scroll max-h-120"
    >
      <table className="w-full border-collapse">
        <caption className="hear-only">{name ?? t('result.table')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                className={classNames(
                  't-12 sticky top-0 h-7 border-b border-line bg-bg px-3 font-medium whitespace-nowrap text-ink-3',
                  column.isNumeric ? 'text-right' : 'text-left',
                )}
              >
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((cells, index) => (
            // Rows have no name but their place, and a result never changes.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index} className="hover:bg-hover">
              {columns.map((column, place) => (
                <td
                  key={column.name}
                  title={(cells[place] ?? '').length > 40 ? cells[place] : undefined}
                  className={classNames(
                    'h-7 max-w-80 truncate px-3 text-ink-2',
                    column.isNumeric && 'text-right tabular-nums',
                  )}
                >
                  {cells[place]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shown && (
        <LinkButton className="mx-3 my-1" onClick={() => setShown(shown + batch)}>
          {t('result.moreRows', {
            count: Math.min(batch, rows.length - shown),
            all: formatNumber(rows.length),
          })}
        </LinkButton>
      )}
    </section>
  )
}
