import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerView } from '../../../../shared/domain/server-view.ts'
import { defaultSupervision } from '../../../../shared/domain/supervision.ts'
import { formatRoute } from '../../../app/route.ts'
import { PaneBody } from '../../../ui/pane.tsx'
import { Section } from '../../../ui/section.tsx'
import { logsQueryOf } from '../logs-query.ts'
import { ActionsSection } from './actions-section.tsx'
import { FailingCase } from './failing-case.tsx'
import { HealthSection } from './health-section.tsx'
import { LineList } from './line-list.tsx'
import { RunsSection } from './runs-section.tsx'
import { UpkeepSection } from './upkeep-section.tsx'
import { UsageSection } from './usage-section.tsx'
import { useTail } from './use-tail.ts'

/** How many of the last lines the overview shows. */
const fewLines = 6

/** What is wrong, what it takes, what runs, how it is, what was done about it, what it wrote last. */
export function OverviewTab({ server }: { readonly server: ServerView }): React.JSX.Element {
  return (
    <PaneBody>
      <FailingCase server={server} />
      <UsageSection server={server} />
      <RunsSection definition={server.definition} />
      <HealthSection server={server} />
      {isSpecial(server) && <UpkeepSection definition={server.definition} />}
      <ActionsSection id={server.definition.id} />
      <LastLines server={server} />
    </PaneBody>
  )
}

/** Whether somebody set how it is kept up; what all servers have in common is in the Config tab. */
function isSpecial({ definition }: ServerView): boolean {
  return JSON.stringify(definition.supervision) !== JSON.stringify(defaultSupervision)
}

function LastLines({ server: { definition } }: { readonly server: ServerView }): React.JSX.Element {
  const { t } = useTranslation('servers')
  const tail = useTail(definition.id, fewLines)
  return (
    <Section
      title={t('lastLines')}
      side={
        <a
          className="inline-flex h-6 items-center"
          href={formatRoute({ page: 'logs', query: logsQueryOf(definition.name) })}
        >
          {t('openLogs')}
        </a>
      }
    >
      <LineList tail={tail} />
    </Section>
  )
}
