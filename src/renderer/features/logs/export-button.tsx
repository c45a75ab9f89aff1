import { Download } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { LogFilter } from '../../../shared/contract/logs.ts'
import type { LogLine } from '../../../shared/domain/log-line.ts'
import { host } from '../../host/connection.ts'
import { useServers } from '../../host/servers.ts'
import { thrownText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { download } from '../../ui/download.ts'
import { formatNumber } from '../../ui/format.ts'
import { Menu } from '../../ui/menu.tsx'
import { toast } from '../../ui/toast.tsx'
import { exportLines } from './export-lines.ts'
import { lineText } from './line-text.ts'

/** Saves all lines of the filter as a file, with its progress and a way to stop it in place of the button. */
export function ExportButton({
  filter,
  total,
}: {
  readonly filter: LogFilter
  /** How many lines there will be, where that is known. */
  readonly total: number | null
}): React.JSX.Element {
  const { t } = useTranslation('logs')
  const [running, setRunning] = React.useState<{
    readonly lines: number
    readonly stop: AbortController
  } | null>(null)
  const save = async (kind: 'log' | 'jsonl') => {
    const stop = new AbortController()
    setRunning({ lines: 0, stop })
    const servers = useServers.getState().byId
    const write = (line: LogLine) =>
      kind === 'jsonl'
        ? JSON.stringify(line)
        : lineText(line, servers.get(line.serverId)?.definition.name ?? line.serverId)
    try {
      let lines = 0
      const blob = await exportLines(host(), filter, write, {
        signal: stop.signal,
        onProgress: (count) => {
          lines = count
          setRunning({ lines, stop })
        },
      })
      download(
        blob,
        `mcp-manager-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${kind}`,
      )
      toast({ tone: 'ok', text: t('export.done', { count: lines, shown: formatNumber(lines) }) })
    } catch (thrown) {
      if (!stop.signal.aborted) toast({ tone: 'bad', text: thrownText(thrown).title })
    }
    setRunning(null)
  }
  if (running !== null) {
    const lines = formatNumber(running.lines)
    return (
      <span className="t-12 flex items-center gap-2 whitespace-nowrap tabular-nums">
        <output>
          {total === null
            ? t('export.progress', { lines })
            : t('export.progressOf', {
                lines,
                total: formatNumber(Math.max(total, running.lines)),
              })}
        </output>
        <Button onClick={() => running.stop.abort()}>{t('export.stop')}</Button>
      </span>
    )
  }
  return (
    <Menu
      trigger={<Button icon={Download}>{t('export.button')}</Button>}
      entries={[
        { kind: 'item', label: t('export.text'), hint: '.log', onSelect: () => start(save('log')) },
        {
          kind: 'item',
          label: t('export.json'),
          hint: '.jsonl',
          onSelect: () => start(save('jsonl')),
        },
      ]}
    />
  )
}

function start(work: Promise<void>): void {
  work.catch((thrown: unknown) => {
    toast({ tone: 'bad', text: thrownText(thrown).title })
  })
}
