import type { TFunction } from 'i18next'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { Exit } from '../../../../shared/domain/server-state.ts'
import type { ServerView } from '../../../../shared/domain/server-view.ts'
import { plainText } from '../../../../shared/lib/plain-text.ts'
import { errorText } from '../../../i18n/error-text.ts'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { formatDuration, formatMoment, formatNumber } from '../../../ui/format.ts'
import { type KeyValue, KeyValues } from '../../../ui/key-values.tsx'
import { Section } from '../../../ui/section.tsx'
import { StateWord } from '../../../ui/state-word.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { LiveLook, useSay } from '../live-look.tsx'

/** How the server is: state and since when, process, protocol, times, restarts, and what went wrong last with the lines around it. */
export function HealthSection({ server }: { readonly server: ServerView }): React.JSX.Element {
  const { t } = useTranslation('servers')
  const { state, stats } = server
  const items: KeyValue[] = [{ label: t('health.state'), value: <StateNow server={server} /> }]
  if (state.phase === 'running') {
    items.push({ label: t('health.since'), value: <Uptime since={state.since} /> })
  }
  if ('pid' in state && state.pid !== null) {
    items.push({ label: t('health.process'), value: String(state.pid) })
  }
  if (state.phase === 'running') {
    const { era, version, serverName, serverVersion } = state.protocol
    items.push(
      { label: t('health.protocol'), value: <Name>{t(`health.${era}`, { version })}</Name> },
      { label: t('health.server'), value: <Name>{`${serverName} ${serverVersion}`}</Name> },
    )
  }
  if (stats.handshakeMs !== null) {
    items.push({ label: t('health.handshake'), value: formatDuration(stats.handshakeMs) })
  }
  if (stats.roundTripMs !== null) {
    items.push({ label: t('health.roundTrip'), value: formatDuration(stats.roundTripMs) })
  }
  items.push({ label: t('health.restarts'), value: formatNumber(stats.restarts) })
  if (state.phase === 'stopped' && state.exit !== null) {
    items.push({ label: t('health.exit'), value: exitText(state.exit, t) })
  }
  // While it is broken the case above says it.
  const isBroken = state.phase === 'failed' || state.phase === 'backoff'
  if (stats.lastError !== null && !isBroken) {
    items.push({
      label: t('health.lastError'),
      value: (
        <>
          {errorText(stats.lastError.error).title}{' '}
          <TimeAgo at={stats.lastError.at} className="text-ink-3" />
        </>
      ),
    })
  }
  const stderr = isBroken ? [] : (stats.lastError?.stderr ?? [])
  return (
    <Section title={t('health.title')}>
      <KeyValues items={items} />
      {stderr.length > 0 && (
        <CodeBlock text={stderr.map(plainText).join('\n')} label={t('case.printed')} />
      )}
    </Section>
  )
}

function StateNow({ server }: { readonly server: ServerView }): React.JSX.Element {
  const say = useSay()
  return (
    <LiveLook server={server}>
      {(look) => (
        <span className="inline-flex flex-wrap items-center gap-x-2">
          <StateWord tone={look.tone}>{say(look.word)}</StateWord>
          {look.detail !== null && <span className="text-ink-3">{say(look.detail)}</span>}
        </span>
      )}
    </LiveLook>
  )
}

function Uptime({ since }: { readonly since: number }): React.JSX.Element {
  const now = useNow()
  return (
    <time dateTime={new Date(since).toISOString()} title={formatMoment(since)}>
      {formatDuration(Math.floor((now - since) / 1000) * 1000)}
    </time>
  )
}

/** Figures of one width would pull the hyphens of names apart. */
function Name({ children }: { readonly children: string }): React.JSX.Element {
  return <span className="normal-nums">{children}</span>
}

function exitText({ code, signal }: Exit, t: TFunction<'servers'>): string {
  return signal === null
    ? t('health.exitCode', { code: code ?? 0 })
    : t('health.exitSignal', { signal })
}
