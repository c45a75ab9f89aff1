import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportReport } from '../../../shared/contract/clients.ts'
import { damagedFiles, isFromDamaged } from '../../../shared/domain/damaged-files.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import {
  checkOf,
  choose,
  chosenOf,
  type ImportChoice,
  isTaken,
  passesFilter,
  type ServerFilter,
  serverFilters,
  withMembers,
} from './import-choice.ts'
import { isImportable, keyOf, mergedCount } from './import-files.ts'
import { ServerRow } from './server-row.tsx'

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** The servers that were found, each with a checkbox, under a head that chooses and filters them. */
export function CandidateList({
  report,
  choice,
  filter,
  canMove,
  notAsShown,
  onChoice,
  onFilter,
}: {
  readonly report: ImportReport
  readonly choice: ImportChoice
  readonly filter: ServerFilter
  readonly canMove: boolean
  /** Servers that were not imported because they changed after they were shown, by `keyOf`. */
  readonly notAsShown: ReadonlySet<string>
  readonly onChoice: (choice: ImportChoice) => void
  readonly onFilter: (filter: ServerFilter) => void
}): React.JSX.Element {
  const { t } = useTranslation('import')
  const damaged = damagedFiles(report.files)
  const facts = { leaveOut: choice.leaveOut, canMove, damaged }
  const shown = report.servers
    .filter((server) => passesFilter(server, filter, facts))
    .toSorted((a, b) => collator.compare(a.name, b.name))
  const open = shown.filter(isImportable)
  const merged = mergedCount(report)
  return (
    <>
      <div className="flex min-h-10 flex-none flex-wrap items-center gap-2 border-line border-b py-1 pr-4 pl-2">
        <Checkbox
          {...checkOf(open.length, chosenOf(shown, choice, damaged).length)}
          disabled={open.length === 0}
          label={t('all')}
          onChange={(isIn) => onChoice(choose(choice, open, isIn))}
        />
        <h2 className="t-13 font-medium whitespace-nowrap">
          {t('servers', { count: report.servers.length })}
        </h2>
        {merged > 0 && (
          <span className="t-12 cut text-ink-3 max-low:hidden">
            {t('merged', { count: merged })}
          </span>
        )}
        <Segmented
          label={t('show')}
          className="ml-auto"
          segments={serverFilters.map((value) => ({
            value,
            label: t(`filter.${value}`),
            count: report.servers.filter((server) => passesFilter(server, value, facts)).length,
          }))}
          value={filter}
          onChange={onFilter}
        />
      </div>
      <div className="@container/candidates scroll min-h-0 flex-1 max-low:flex-none max-low:overflow-visible">
        <ul aria-label={t('list')}>
          {shown.map((server) => (
            <ServerRow
              key={keyOf(server)}
              server={server}
              isChosen={isTaken(server, choice, damaged)}
              isDamaged={isFromDamaged(server, damaged)}
              leaveOut={choice.leaveOut}
              canMove={canMove}
              isNotAsShown={notAsShown.has(keyOf(server))}
              onChoose={(isIn) => onChoice(choose(choice, [server], isIn))}
              onLeaveOut={(secret, isOut) =>
                onChoice({ ...choice, leaveOut: withMembers(choice.leaveOut, [secret], isOut) })
              }
            />
          ))}
        </ul>
        {shown.length === 0 && <p className="p-4 text-ink-3">{t('noneShown')}</p>}
      </div>
    </>
  )
}
