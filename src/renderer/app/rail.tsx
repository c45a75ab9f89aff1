import {
  Activity,
  Cpu,
  KeyRound,
  type LucideIcon,
  ScrollText,
  Search,
  Server,
  Settings,
  Wrench,
} from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/shallow'
import { lookOf } from '../features/servers/server-look.ts'
import { useServers } from '../host/servers.ts'
import { onMac } from '../ui/key-caps.ts'
import { Keys } from '../ui/keys.tsx'
import { formatRoute, home, type Route, useRoute } from './route.ts'

interface Section {
  readonly page: 'servers' | 'tools' | 'activity' | 'logs' | 'processes' | 'secrets' | 'settings'
  readonly icon: LucideIcon
  readonly route: Route
}

/** The sections that work. Without servers there is nothing to show tools and logs of. */
const sections: readonly Section[] = [
  { page: 'servers', icon: Server, route: home },
  { page: 'tools', icon: Wrench, route: { page: 'tools', offer: null } },
  { page: 'activity', icon: Activity, route: { page: 'activity', serverId: null } },
  { page: 'logs', icon: ScrollText, route: { page: 'logs', query: '' } },
  { page: 'processes', icon: Cpu, route: { page: 'processes', pid: null } },
  { page: 'secrets', icon: KeyRound, route: { page: 'secrets', name: null } },
  { page: 'settings', icon: Settings, route: { page: 'settings' } },
]

const pageOfSection = {
  servers: 'servers',
  'add-server': 'servers',
  'edit-server': 'servers',
  import: 'servers',
  tools: 'tools',
  activity: 'activity',
  logs: 'logs',
  processes: 'processes',
  secrets: 'secrets',
  literals: 'secrets',
  settings: 'settings',
  parts: null,
} as const satisfies Record<Route['page'], Section['page'] | null>

/** The left rail: where one can go, with the counts that matter. Icons alone in a narrow window. */
export function Rail({ onSearch }: { readonly onSearch: () => void }): React.JSX.Element {
  const { t } = useTranslation('app')
  const current = useRoute((state) => pageOfSection[state.route.page])
  const counts = useServers(
    useShallow(({ byId }) => {
      const all = [...byId.values()]
      return {
        servers: all.length,
        tools: all.reduce((sum, server) => sum + (server.stats.counts?.tools ?? 0), 0),
        attention: all.filter((server) => lookOf(server, 0).needsAttention).length,
      }
    }),
  )
  const shown = sections.filter(
    ({ page }) => counts.servers > 0 || (page !== 'tools' && page !== 'logs'),
  )
  return (
    <nav
      aria-label={t('rail.label')}
      className="flex min-h-0 flex-col border-line border-r bg-rail px-2"
    >
      <div className="flex h-(--h-bar) flex-none items-center gap-2 px-2 font-semibold max-narrow:justify-center max-narrow:px-0">
        <Mark />
        <span className="max-narrow:hear-only">{t('name')}</span>
      </div>
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts={onMac() ? 'Meta+K' : 'Control+K'}
        className="mb-3 flex h-(--h-md) w-full items-center gap-2 rounded-md border border-line-strong bg-control pr-1 pl-2 text-ink-3 hover:border-line-control max-narrow:h-(--h-lg) max-narrow:justify-center max-narrow:p-0"
      >
        <Search className="size-4 flex-none" strokeWidth={1.75} aria-hidden />
        <span className="max-narrow:hear-only">{t('rail.search')}</span>
        <Keys keys="Mod+K" className="ml-auto max-narrow:hidden" />
      </button>
      <ul className="flex flex-col gap-0.5">
        {shown.map(({ page, icon: Icon, route }) => (
          <li key={page}>
            <a
              href={formatRoute(route)}
              aria-current={current === page ? 'page' : undefined}
              title={t(`rail.${page}`)}
              className="group relative flex h-(--h-md) items-center gap-2 rounded-md px-2 text-ink-2 no-underline hover:bg-hover aria-[current]:bg-selected aria-[current]:font-medium aria-[current]:text-ink max-narrow:h-(--h-lg) max-narrow:justify-center max-narrow:p-0"
            >
              <Icon
                className="size-4 flex-none text-ink-3 group-aria-[current]:text-ink"
                strokeWidth={1.75}
                aria-hidden
              />
              <span className="max-narrow:hear-only">{t(`rail.${page}`)}</span>
              {(page === 'servers' || page === 'tools') && counts[page] > 0 && (
                <span className="t-12 ml-auto text-ink-3 tabular-nums max-narrow:hidden">
                  {counts[page]}
                </span>
              )}
              {page === 'servers' && counts.attention > 0 && (
                <span className="absolute top-1 right-1 hidden size-1.5 rounded-full bg-bad max-narrow:block">
                  <span className="hear-only">
                    {t('rail.attention', { count: counts.attention })}
                  </span>
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The program's mark: three sliders. */
function Mark(): React.JSX.Element {
  return (
    <svg
      className="size-4 flex-none text-ink"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      aria-hidden
    >
      <path d="M4 6h10M4 12h16M4 18h6" />
      <circle cx="18" cy="6" r="2" fill="currentColor" />
      <circle cx="14" cy="18" r="2" fill="currentColor" />
    </svg>
  )
}
