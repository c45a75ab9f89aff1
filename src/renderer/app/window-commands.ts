import { KeyRound, Monitor, Moon, Play, RotateCw, Square, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/shallow'
import { isMeant } from '../../shared/domain/lifecycle-choices.ts'
import { idsFor } from '../features/servers/all-servers.ts'
import { commandAll } from '../features/servers/server-actions.ts'
import { changeSettings } from '../features/settings/change-settings.ts'
import { useHostInfo } from '../host/host-info.ts'
import { useServers } from '../host/servers.ts'
import { useSettings } from '../host/settings.ts'
import { type Command, useCommands } from './commands.ts'
import { openOverlay } from './overlay.ts'

const lifecycle = [
  { type: 'start', icon: Play },
  { type: 'stop', icon: Square },
  { type: 'restart', icon: RotateCw },
] as const

const themes = [
  { theme: 'light', icon: Sun },
  { theme: 'dark', icon: Moon },
  { theme: 'system', icon: Monitor },
] as const

/** What the palette does to all servers, to the look of the window and to the vault: only what would change something. */
export function useWindowCommands(): void {
  const { t } = useTranslation('app')
  const meant = useServers(
    useShallow(({ byId }) => {
      const all = [...byId.values()]
      return {
        start: all.some((server) => isMeant(server, 'start')),
        stop: all.some((server) => isMeant(server, 'stop')),
        restart: all.some((server) => isMeant(server, 'restart')),
      }
    }),
  )
  const current = useSettings((state) => state.appearance.theme)
  const isLocked = useHostInfo((state) => state.info?.vault.state === 'locked')
  const common = { group: t('commands.everywhere'), keys: null, inPalette: true }
  const commands: Command[] = []
  if (isLocked) {
    commands.push({
      ...common,
      id: 'vault.unlock',
      title: t('commands.unlockVault'),
      icon: KeyRound,
      run: () => openOverlay('vault'),
    })
  }
  for (const { type, icon } of lifecycle) {
    if (!meant[type]) continue
    commands.push({
      ...common,
      id: `servers.${type}`,
      title: t(`commands.all.${type}`),
      icon,
      run: () => void commandAll(idsFor(type), type),
    })
  }
  for (const { theme, icon } of themes) {
    if (theme === current) continue
    commands.push({
      ...common,
      id: `theme.${theme}`,
      title: t(`commands.theme.${theme}`),
      icon,
      run: () => void changeSettings({ appearance: { theme } }),
    })
  }
  useCommands(commands)
}
