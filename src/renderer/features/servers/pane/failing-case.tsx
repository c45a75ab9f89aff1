import { Check as CheckIcon, Minus, X } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorInfo } from '../../../../shared/domain/errors.ts'
import { exceededError } from '../../../../shared/domain/exceeded-error.ts'
import type { ServerView } from '../../../../shared/domain/server-view.ts'
import { assertNever } from '../../../../shared/lib/assert-never.ts'
import { errorText } from '../../../i18n/error-text.ts'
import { Button } from '../../../ui/button.tsx'
import { Case } from '../../../ui/case.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { LiveLook, useSay } from '../live-look.tsx'
import { mendOf, otherMendOf } from '../mend.ts'
import { runMend } from '../server-actions.ts'
import { type Check, startChecklist } from '../start-checklist.ts'
import { diagnosis } from './diagnosis.ts'

/** Why the server does not run or does not answer, how far its start came, and what mends it. Absent where nothing is wrong. */
export function FailingCase({ server }: { readonly server: ServerView }): React.JSX.Element | null {
  const { t } = useTranslation('servers')
  const { state } = server
  if (state.phase === 'running' && state.health === 'unresponsive') {
    return (
      <Case tone="wait" glyph="silent" title={t('case.silent')} actions={<Mends server={server} />}>
        <p>{t('case.silentText')}</p>
      </Case>
    )
  }
  if (state.phase === 'running' && server.stats.exceeded !== null) {
    const { title, action } = errorText(exceededError(server.stats.exceeded))
    return (
      <Case tone="wait" glyph="heavy" title={title} actions={<Mends server={server} />}>
        <p>{action}</p>
      </Case>
    )
  }
  const failure = failureOf(server)
  return failure === null ? null : <BrokenCase server={server} {...failure} />
}

/** The failure that holds; it holds on while the server is tried again. */
function failureOf({ state, stats }: ServerView): Failure | null {
  switch (state.phase) {
    case 'failed':
    case 'backoff':
      return { error: state.error, failures: state.failures }
    case 'stopping':
      return state.next.do === 'fail'
        ? { error: state.next.error, failures: state.next.failures }
        : null
    case 'starting':
      return state.attempt > 1 && stats.lastError !== null
        ? { error: stats.lastError.error, failures: state.attempt - 1 }
        : null
    case 'stopped':
    case 'running':
      return null
    default:
      return assertNever(state)
  }
}

interface Failure {
  readonly error: ErrorInfo
  readonly failures: number
}

function BrokenCase({
  server,
  error,
  failures,
}: Failure & { readonly server: ServerView }): React.JSX.Element {
  const { t } = useTranslation('servers')
  const say = useSay()
  // The folders that were searched would drown the reason: they are one click away.
  const { path, ...data } = error.data
  const { title, hint, action } = errorText({ code: error.code, data })
  const stderr = stderrOf(server, error)
  const checks = startChecklist(
    error,
    server.definition.transport.type,
    server.stats.handshakeMs !== null,
  )
  return (
    <LiveLook server={server}>
      {(look) => (
        <Case
          tone={look.tone}
          title={title}
          side={
            server.state.phase !== 'failed' ? (
              <span className="t-12 text-tone tabular-nums">{say(look.word)}</span>
            ) : undefined
          }
          actions={
            <>
              <Mends server={server} />
              <CopyButton
                text={() => diagnosis(server, errorText(error), stderr)}
                label={t('case.diagnosis')}
                size="md"
                className="ml-auto"
              />
            </>
          }
        >
          {hint !== '' && <p className="whitespace-pre-wrap wrap-anywhere">{hint}</p>}
          <p>
            {action}
            {failures > 1 && ` ${t('case.attempts', { count: failures })}.`}
          </p>
          {typeof path === 'string' && path !== '' && (
            <details>
              <summary className="t-12">{t('case.searched')}</summary>
              <ul className="mono-11 mt-1 wrap-anywhere">
                {path.split(path.includes(';') ? ';' : ':').map((folder) => (
                  <li key={folder}>{folder}</li>
                ))}
              </ul>
            </details>
          )}
          {checks !== null && <Checklist checks={checks} />}
          {stderr.length > 0 && (
            <div className="flex flex-col gap-1">
              <h4 className="t-12 font-medium">{t('case.printed')}</h4>
              <CodeBlock text={stderr.join('\n')} />
            </div>
          )}
        </Case>
      )}
    </LiveLook>
  )
}

/** The answer first, as the one primary button; beside it what else may help. */
function Mends({ server }: { readonly server: ServerView }): React.JSX.Element {
  const { t } = useTranslation('servers')
  const mend = mendOf(server)
  const other = otherMendOf(server)
  return (
    <>
      {mend !== null && (
        <Button variant="primary" onClick={() => void runMend(server, mend)}>
          {t(`mend.${mend}`)}
        </Button>
      )}
      {other !== null && (
        <Button onClick={() => void runMend(server, other)}>{t(`mend.${other}`)}</Button>
      )}
    </>
  )
}

const marks = {
  passed: { icon: CheckIcon, tone: 'ok' },
  failed: { icon: X, tone: 'bad' },
  unreached: { icon: Minus, tone: 'off' },
} as const

function Checklist({ checks }: { readonly checks: readonly Check[] }): React.JSX.Element {
  const { t } = useTranslation('servers')
  return (
    <ul
      aria-label={t('check.label')}
      className="t-12 grid grid-cols-[16px_auto_minmax(0,1fr)] gap-x-2 gap-y-1"
    >
      {checks.map(({ step, outcome }) => {
        const { icon: Icon, tone } = marks[outcome]
        return (
          <li key={step} className="contents">
            <span data-tone={tone} className="grid h-4 place-items-center text-tone">
              <Icon size={14} strokeWidth={2.25} aria-hidden />
            </span>
            <b className="font-medium text-ink">{t(`check.${step}`)}</b>
            <span>
              {outcome === 'unreached' ? t('check.unreached') : t(`check.${outcome}.${step}`)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** What it printed before this failure; an older failure's lines would mislead. */
function stderrOf({ stats }: ServerView, error: ErrorInfo): readonly string[] {
  if (stats.lastError?.error.code === error.code) return stats.lastError.stderr
  const own = error.data['stderr']
  return Array.isArray(own) ? own : []
}
