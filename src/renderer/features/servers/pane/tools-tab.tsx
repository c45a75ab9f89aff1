import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../../../shared/domain/ids.ts'
import type { Inventory } from '../../../../shared/domain/inventory.ts'
import { lifecycleChoices } from '../../../../shared/domain/lifecycle-choices.ts'
import type { ServerView } from '../../../../shared/domain/server-view.ts'
import { formatRoute, type OfferKind } from '../../../app/route.ts'
import { useInventories } from '../../../host/inventories.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { formatNumber } from '../../../ui/format.ts'
import { PaneBody } from '../../../ui/pane.tsx'
import { Section } from '../../../ui/section.tsx'
import { command } from '../server-actions.ts'

/** What the server offers; each entry leads to its place on the Tools page. */
export function ToolsTab({ server }: { readonly server: ServerView }): React.JSX.Element {
  const { t } = useTranslation('servers')
  const { id } = server.definition
  const inventory = useInventories((state) => state.byServer.get(id))
  if (inventory === undefined) return <NoInventory server={server} />
  const groups = groupsOf(inventory).filter((group) => group.items.length > 0)
  return (
    <PaneBody>
      {groups.length === 0 && (
        <EmptyState title={t('offers.nothing')} level={3}>
          {t('offers.nothingText')}
        </EmptyState>
      )}
      {groups.map(({ kind, label, items }) => (
        <Section
          key={kind}
          title={t(`offers.${label}`)}
          side={<span className="text-ink-3 tabular-nums">{formatNumber(items.length)}</span>}
        >
          <Offers serverId={id} kind={kind} items={items} />
        </Section>
      ))}
    </PaneBody>
  )
}

interface Offer {
  /** As the Tools page knows it. */
  readonly name: string
  readonly title: string
  readonly description: string | undefined
}

function groupsOf(inventory: Inventory) {
  return [
    {
      kind: 'tool',
      label: 'tools',
      items: inventory.tools.map(({ name, description }) => ({ name, title: name, description })),
    },
    {
      kind: 'prompt',
      label: 'prompts',
      items: inventory.prompts.map(({ name, description }) => ({ name, title: name, description })),
    },
    {
      kind: 'resource',
      label: 'resources',
      items: inventory.resources.map(({ uri, name, description }) => ({
        name: uri,
        title: uri,
        description: description ?? name,
      })),
    },
    {
      kind: 'template',
      label: 'templates',
      items: inventory.resourceTemplates.map(({ uriTemplate, name, description }) => ({
        name: uriTemplate,
        title: uriTemplate,
        description: description ?? name,
      })),
    },
  ] as const
}

function Offers({
  serverId,
  kind,
  items,
}: {
  readonly serverId: ServerId
  readonly kind: OfferKind
  readonly items: readonly Offer[]
}): React.JSX.Element {
  return (
    <ul className="-mx-2">
      {items.map(({ name, title, description }) => (
        <li key={name}>
          <a
            href={formatRoute({ page: 'tools', offer: { serverId, kind, name } })}
            title={description}
            className="block rounded-md px-2 py-1 text-ink no-underline hover:bg-hover"
          >
            <code className="block wrap-anywhere">{title}</code>
            {description !== undefined && (
              <span className="t-12 cut block text-ink-3">{description}</span>
            )}
          </a>
        </li>
      ))}
    </ul>
  )
}

function NoInventory({ server }: { readonly server: ServerView }): React.JSX.Element {
  const { t } = useTranslation('servers')
  const { definition, state } = server
  if (state.phase === 'running') {
    return (
      <PaneBody>
        <p className="skeleton text-ink-3">{t('offers.listing')}</p>
      </PaneBody>
    )
  }
  return (
    <PaneBody>
      <EmptyState
        title={t('offers.notRunning')}
        level={3}
        actions={
          lifecycleChoices(state).start ? (
            <Button onClick={() => void command(definition.id, 'start')}>{t('do.start')}</Button>
          ) : undefined
        }
      >
        {t('offers.notRunningText')}
      </EmptyState>
    </PaneBody>
  )
}
