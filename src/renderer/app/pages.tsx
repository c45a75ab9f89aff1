import * as React from 'react'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { ImportPage } from '../features/import/import-page.tsx'
import { ServersPage } from '../features/servers/servers-page.tsx'
import type { Route } from './route.ts'

// What the first page does not need comes when it is asked for.
const ToolsPage = lazily(async () => (await import('../features/tools/tools-page.tsx')).ToolsPage)
const LogsPage = lazily(async () => (await import('../features/logs/logs-page.tsx')).LogsPage)
const ProcessesPage = lazily(
  async () => (await import('../features/processes/processes-page.tsx')).ProcessesPage,
)
const ActivityPage = lazily(
  async () => (await import('../features/activity/activity-page.tsx')).ActivityPage,
)
const SecretsPage = lazily(
  async () => (await import('../features/secrets/secrets-page.tsx')).SecretsPage,
)
const LiteralsPage = lazily(
  async () => (await import('../features/literals/literals-page.tsx')).LiteralsPage,
)
const SettingsPage = lazily(
  async () => (await import('../features/settings/settings-page.tsx')).SettingsPage,
)
const PartsPage = lazily(async () => (await import('../features/parts/parts-page.tsx')).PartsPage)
const ServerFormPage = lazily(
  async () => (await import('../features/server-form/server-form-page.tsx')).ServerFormPage,
)

/** The sign-in to a remote server, over the page. */
export const SignInDialog = lazily(
  async () => (await import('../features/accounts/sign-in-dialog.tsx')).SignInDialog,
)

/** The inputs that a server lacks, over the page. */
export const GiveInputDialog = lazily(
  async () => (await import('../features/inputs/give-input-dialog.tsx')).GiveInputDialog,
)

/** Loads the palette ahead of its first use. */
export const loadPalette = async () => (await import('../features/palette/palette.tsx')).Palette

/** Search and commands, over the page. */
export const Palette = lazily(loadPalette)

/** Every key that works now, over the page. */
export const KeySheet = lazily(
  async () => (await import('../features/palette/key-sheet.tsx')).KeySheet,
)

function lazily<P>(
  load: () => Promise<React.ComponentType<P>>,
): React.LazyExoticComponent<React.ComponentType<P>> {
  return React.lazy(async () => ({ default: await load() }))
}

/** The page of a route. */
export function Page({ route }: { readonly route: Route }): React.JSX.Element {
  switch (route.page) {
    case 'servers':
      return <ServersPage />
    case 'add-server':
      return <ServerFormPage key={route.link ?? 0} serverId={null} link={route.link ?? null} />
    case 'edit-server':
      return <ServerFormPage serverId={route.serverId} link={null} />
    case 'import':
      return <ImportPage />
    case 'tools':
      return <ToolsPage />
    case 'logs':
      return <LogsPage />
    case 'processes':
      return <ProcessesPage />
    case 'activity':
      return <ActivityPage />
    case 'secrets':
      return <SecretsPage />
    case 'literals':
      return <LiteralsPage />
    case 'settings':
      return <SettingsPage />
    case 'parts':
      return <PartsPage />
    default:
      return assertNever(route)
  }
}
