import {
  Activity,
  Cpu,
  Download,
  FileSearch,
  Keyboard,
  KeyRound,
  Plus,
  ScrollText,
  Search,
  Server,
  Settings,
  Wrench,
} from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { type Command, useCommands } from './commands.ts'
import { openOverlay } from './overlay.ts'
import { go, home } from './route.ts'

/** What can be done from everywhere: go to a section, add and import, search, see the keys. */
export function useAppCommands(): void {
  const { t } = useTranslation('app')
  const commands = React.useMemo((): readonly Command[] => {
    const group = t('commands.go')
    const everywhere = t('commands.everywhere')
    const common = { inPalette: true }
    return [
      {
        ...common,
        id: 'go.servers',
        group,
        title: t('commands.goServers'),
        icon: Server,
        keys: 'G S',
        run: () => go(home),
      },
      {
        ...common,
        id: 'go.tools',
        group,
        title: t('commands.goTools'),
        icon: Wrench,
        keys: 'G T',
        run: () => go({ page: 'tools', offer: null }),
      },
      {
        ...common,
        id: 'go.activity',
        group,
        title: t('commands.goActivity'),
        icon: Activity,
        keys: 'G A',
        run: () => go({ page: 'activity', serverId: null }),
      },
      {
        ...common,
        id: 'go.logs',
        group,
        title: t('commands.goLogs'),
        icon: ScrollText,
        keys: 'G L',
        run: () => go({ page: 'logs', query: '' }),
      },
      {
        ...common,
        id: 'go.processes',
        group,
        title: t('commands.goProcesses'),
        icon: Cpu,
        keys: 'G P',
        run: () => go({ page: 'processes', pid: null }),
      },
      {
        ...common,
        id: 'go.secrets',
        group,
        title: t('commands.goSecrets'),
        icon: KeyRound,
        keys: 'G K',
        run: () => go({ page: 'secrets', name: null }),
      },
      {
        ...common,
        id: 'secrets.look',
        group: everywhere,
        title: t('commands.lookForSecrets'),
        icon: FileSearch,
        keys: null,
        run: () => go({ page: 'literals' }),
      },
      {
        ...common,
        id: 'go.settings',
        group,
        title: t('commands.goSettings'),
        icon: Settings,
        keys: 'G ,',
        run: () => go({ page: 'settings' }),
      },
      {
        ...common,
        id: 'servers.add',
        group: everywhere,
        title: t('commands.addServer'),
        icon: Plus,
        keys: 'N',
        run: () => go({ page: 'add-server' }),
      },
      {
        ...common,
        id: 'servers.import',
        group: everywhere,
        title: t('commands.importServers'),
        icon: Download,
        keys: 'I',
        run: () => go({ page: 'import' }),
      },
      {
        ...common,
        id: 'app.palette',
        group: everywhere,
        title: t('commands.palette'),
        icon: Search,
        keys: 'Mod+K',
        inPalette: false,
        run: () => openOverlay('palette'),
      },
      {
        ...common,
        id: 'app.keys',
        group: everywhere,
        title: t('commands.keys'),
        icon: Keyboard,
        keys: '?',
        run: () => openOverlay('keys'),
      },
    ]
  }, [t])
  useCommands(commands)
}
