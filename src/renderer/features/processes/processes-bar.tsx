import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { MachineServer } from '../../../shared/domain/machine.ts'
import { PageBar } from '../../ui/page-bar.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useFigures } from './figures.ts'
import { isInFilter, processFilters, totalsOf } from './list-processes.ts'
import { useProcessView } from './process-view.ts'

/** The bar of the page: how much there is, and what of it is shown. */
export function ProcessesBar({
  servers,
}: {
  readonly servers: readonly MachineServer[]
}): React.JSX.Element {
  const { t } = useTranslation('processes')
  const figures = useFigures()
  const text = useProcessView((state) => state.text)
  const filter = useProcessView((state) => state.filter)
  return (
    <PageBar
      title={t('title')}
      count={servers.length === 0 ? undefined : t('count', figures(totalsOf(servers)))}
    >
      {servers.length > 0 && (
        <>
          <SearchInput
            slashKey
            label={t('filterLabel')}
            placeholder={t('filter')}
            value={text}
            onChange={(next) => useProcessView.setState({ text: next })}
            className="w-44 max-narrow:w-32"
          />
          <Segmented
            label={t('show.label')}
            value={filter}
            onChange={(next) => useProcessView.setState({ filter: next })}
            segments={processFilters.map((value) => ({
              value,
              label: t(`show.${value}`),
              ...(value !== 'all' && {
                count: servers.filter((server) => isInFilter(server, value)).length,
              }),
            }))}
          />
        </>
      )}
    </PageBar>
  )
}
