import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { MachineServer, MachineSnapshot } from '../../../shared/domain/machine.ts'
import { useCommands } from '../../app/commands.ts'
import { useRoute } from '../../app/route.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LeftOverStrip } from './left-over-strip.tsx'
import { isInFilter, linesOf, matchesWords } from './list-processes.ts'
import { useMachine, useMachineFeed } from './machine.ts'
import { ProcessPane } from './process-pane.tsx'
import { ProcessTable } from './process-table.tsx'
import { closeProcess, useProcessView } from './process-view.ts'
import { ProcessesBar } from './processes-bar.tsx'
import { ReapDialog } from './reap-dialog.tsx'

/** Every MCP server that runs on the machine, whoever started it, and the way to end what is left over. */
export function ProcessesPage(): React.JSX.Element {
  useMachineFeed()
  const { snapshot, error } = useMachine()
  const [targets, setTargets] = React.useState<readonly MachineServer[] | null>(null)
  return (
    <>
      <ProcessesBar servers={snapshot?.servers ?? []} />
      {error !== null && <CannotLook error={error} />}
      {snapshot === null && error === null && <Looking />}
      {snapshot !== null && <Shown snapshot={snapshot} onReap={setTargets} />}
      {targets !== null && <ReapDialog servers={targets} onClose={() => setTargets(null)} />}
    </>
  )
}

function Looking(): React.JSX.Element {
  const { t } = useTranslation('processes')
  return <p className="hear-only">{t('looking')}</p>
}

function CannotLook({
  error,
}: {
  readonly error: Parameters<typeof errorText>[0]
}): React.JSX.Element {
  const { t } = useTranslation('processes')
  const { title, hint, action } = errorText(error)
  return (
    <div className="p-4">
      <Case tone="bad" glyph="failed" title={t('failed')} level={2}>
        <p>{`${title}. ${hint} ${action}`}</p>
      </Case>
    </div>
  )
}

function Shown({
  snapshot,
  onReap,
}: {
  readonly snapshot: MachineSnapshot
  readonly onReap: (servers: readonly MachineServer[]) => void
}): React.JSX.Element {
  const { t } = useTranslation('processes')
  const pid = useRoute(({ route }) => (route.page === 'processes' ? route.pid : null))
  const text = React.useDeferredValue(useProcessView((state) => state.text))
  const filter = useProcessView((state) => state.filter)
  useCloseCommand(pid !== null)
  const { servers } = snapshot
  const lines = linesOf(
    servers.filter((server) => isInFilter(server, filter) && matchesWords(server, text)),
  )
  return (
    <>
      <LeftOverStrip servers={servers} onReview={onReap} />
      <div className="relative flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          {servers.length === 0 ? (
            <div className="scroll flex-1 p-4">
              <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>
            </div>
          ) : lines.length === 0 ? (
            <div className="scroll flex-1 p-4">
              <EmptyState
                title={t('noMatch.title')}
                actions={
                  <Button onClick={() => useProcessView.setState({ text: '', filter: 'all' })}>
                    {t('noMatch.clear')}
                  </Button>
                }
              />
            </div>
          ) : (
            <ProcessTable lines={lines} at={snapshot.at} openPid={pid} />
          )}
          <Limits limits={snapshot.limits} />
        </div>
        {pid !== null && (
          <ProcessPane
            key={pid}
            server={servers.find((server) => server.pid === pid) ?? null}
            servers={servers}
            onReap={onReap}
          />
        )}
      </div>
    </>
  )
}

/** What the system does not show: an absent figure must not look like a zero. */
function Limits({ limits }: Pick<MachineSnapshot, 'limits'>): React.JSX.Element | null {
  const { t } = useTranslation('processes')
  if (limits.length === 0) return null
  return (
    <section
      aria-label={t('limits.label')}
      className="t-12 border-line border-t px-4 py-2 text-ink-3"
    >
      {limits.map((limit) => t(`limits.${limit}`)).join(' ')}
    </section>
  )
}

function useCloseCommand(isOpen: boolean): void {
  const { t } = useTranslation('processes')
  useCommands(
    isOpen
      ? [
          {
            id: 'process.close',
            group: t('title'),
            title: t('pane.close'),
            icon: null,
            keys: 'Esc',
            inPalette: false,
            run: closeProcess,
          },
        ]
      : [],
  )
}
