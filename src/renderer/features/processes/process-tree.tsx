import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { MachineServer } from '../../../shared/domain/machine.ts'
import { CommandLine } from '../../ui/command-line.tsx'
import { formatMemory } from '../../ui/format.ts'

/** Every process of a server with its whole command, each below the one that started it. Secrets are masked by the host. */
export function ProcessTree({ tree }: Pick<MachineServer, 'tree'>): React.JSX.Element {
  const { t } = useTranslation('processes')
  return (
    <ul aria-label={t('pane.tree')} className="flex flex-col gap-1">
      {tree.map(({ pid, startMark, depth, command, args, memoryBytes }) => (
        <li
          key={`${pid} ${startMark}`}
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2 rounded-sm bg-sunken px-2 py-1"
          // Deeper than this a command would have no width left.
          style={{ marginLeft: Math.min(depth, 6) * 12 }}
        >
          <span className="mono-12 min-w-0 wrap-anywhere text-ink">
            <CommandLine bare command={command} args={args} />
          </span>
          <span className="t-12 text-right text-ink-3 tabular-nums">
            {pid}
            <br />
            {formatMemory(memoryBytes)}
          </span>
        </li>
      ))}
    </ul>
  )
}
