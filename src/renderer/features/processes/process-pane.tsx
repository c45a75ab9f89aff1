import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { MachineServer } from '../../../shared/domain/machine.ts'
import { formatRoute, go } from '../../app/route.ts'
import { useShortPath } from '../../host/short-path.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatDuration, formatMemory } from '../../ui/format.ts'
import { type KeyValue, KeyValues } from '../../ui/key-values.tsx'
import { Pane, PaneBody } from '../../ui/pane.tsx'
import { Section } from '../../ui/section.tsx'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { addByForm } from './add-by-form.ts'
import { useEvidenceTexts } from './evidence-text.ts'
import { lookOfProcess } from './list-processes.ts'
import { ProcessTree } from './process-tree.tsx'
import { closeProcess } from './process-view.ts'
import { RunHereDialog } from './run-here-dialog.tsx'

/** What a pane takes. */
interface ProcessPaneProps {
  /** Null: it has ended. */
  readonly server: MachineServer | null
  /** All that run, for its copies. */
  readonly servers: readonly MachineServer[]
  readonly onReap: (servers: readonly MachineServer[]) => void
}

/** All that is known of one server of the machine: why it is listed, its processes, whose child it is, and what can be done. */
export function ProcessPane({ server, servers, onReap }: ProcessPaneProps): React.JSX.Element {
  const { t } = useTranslation('processes')
  if (server === null) {
    return (
      <Pane title={t('pane.gone.title')} onClose={closeProcess}>
        <PaneBody>
          <EmptyState title={t('pane.gone.title')} level={3}>
            {t('pane.gone.text')}
          </EmptyState>
        </PaneBody>
      </Pane>
    )
  }
  const look = lookOfProcess(server)
  return (
    <Pane
      title={server.name}
      lead={
        <span data-tone={look.tone} className="flex-none">
          <StateGlyph name={look.glyph} label={t(`state.${look.word}`)} />
        </span>
      }
      note={server.pid}
      actions={
        server.reap !== 'never' && (
          <Button size="sm" onClick={() => onReap([server])}>
            {t('do.end')}
          </Button>
        )
      }
      onClose={closeProcess}
    >
      <PaneBody>
        <Trouble server={server} />
        <Why server={server} />
        <Section title={t('pane.tree')}>
          <ProcessTree tree={server.tree} />
        </Section>
        <Facts server={server} />
        <Copies server={server} servers={servers} />
      </PaneBody>
    </Pane>
  )
}

interface PartProps {
  readonly server: MachineServer
}

function Trouble({ server }: PartProps): React.JSX.Element | null {
  const { t } = useTranslation('processes')
  if (server.isOrphan) {
    return (
      <Case tone="bad" glyph="silent" title={t('pane.orphan.title')}>
        <p>{t('pane.orphan.text')}</p>
      </Case>
    )
  }
  if (!server.isSurplus || server.client === null) return null
  return (
    <Case tone="wait" glyph="slow" title={t('pane.surplus.title')}>
      <p>{t('pane.surplus.text', { client: server.client.name })}</p>
    </Case>
  )
}

function Why({ server }: PartProps): React.JSX.Element {
  const { t } = useTranslation('processes')
  const texts = useEvidenceTexts()(server.evidence)
  const [isOpen, setOpen] = React.useState(false)
  const own = server.evidence.find(({ kind }) => kind === 'ours')
  const serverId = own?.kind === 'ours' ? own.serverId : null
  const isDefined = server.evidence.some(({ kind }) => kind === 'definition')
  const isOthers = server.reap !== 'never' && own === undefined
  return (
    <Section title={t('pane.why')}>
      <ul className="flex flex-col gap-1 text-ink-2">
        {texts.map((text) => (
          <li key={text} className="wrap-anywhere">
            {text}
          </li>
        ))}
        {server.isUnsure && <li>{t('pane.unsure')}</li>}
        {server.keep !== null && server.keep !== 'ours-runs' && (
          <li>{t(`pane.keep.${server.keep}`)}</li>
        )}
      </ul>
      <div className="flex flex-wrap gap-2">
        {serverId !== null && (
          <Button size="sm" onClick={() => go({ page: 'servers', serverId, tab: 'overview' })}>
            {t('pane.openServer')}
          </Button>
        )}
        {isOthers && isDefined && (
          <Button size="sm" onClick={() => setOpen(true)}>
            {t('do.runHere')}
          </Button>
        )}
        {isOthers && !isDefined && (
          <Button size="sm" onClick={() => addByForm(server)}>
            {t('do.add')}
          </Button>
        )}
      </div>
      {isOpen && <RunHereDialog server={server} onClose={() => setOpen(false)} />}
    </Section>
  )
}

function Facts({ server }: PartProps): React.JSX.Element {
  const { t } = useTranslation('processes')
  const short = useShortPath()
  const items: KeyValue[] = [
    {
      label: t('pane.parents'),
      value:
        server.parents.length === 0
          ? t('pane.noParents')
          : server.parents.map(({ pid, name }) => `${name} (${pid})`).join(' ← '),
    },
    ...(server.startedAt === null
      ? []
      : [{ label: t('pane.started'), value: <TimeAgo at={server.startedAt} /> }]),
    ...(server.cwd === null
      ? []
      : [{ label: t('pane.directory'), value: short(server.cwd), mono: true }]),
    { label: t('pane.cpu'), value: formatDuration(server.cpuMs) },
    { label: t('pane.memory'), value: formatMemory(server.memoryBytes) },
  ]
  return (
    <Section title={t('pane.facts')}>
      <KeyValues items={items} />
    </Section>
  )
}

function Copies({
  server,
  servers,
}: PartProps & { readonly servers: readonly MachineServer[] }): React.JSX.Element | null {
  const { t } = useTranslation('processes')
  const others = servers.filter((one) => one.identity === server.identity && one.pid !== server.pid)
  if (others.length === 0) return null
  return (
    <Section title={t('pane.copies')}>
      <ul className="flex flex-col gap-1">
        {others.map((one) => {
          const look = lookOfProcess(one)
          return (
            <li key={one.pid} data-tone={look.tone} className="flex items-center gap-2">
              <StateGlyph name={look.glyph} size={14} />
              <a href={formatRoute({ page: 'processes', pid: one.pid })} className="tabular-nums">
                {one.pid}
              </a>
              <span className="text-ink-2">{t(`state.${look.word}`)}</span>
              <span className="cut ml-auto text-ink-3">
                {one.client === null ? t('pane.noClient') : one.client.name}
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
