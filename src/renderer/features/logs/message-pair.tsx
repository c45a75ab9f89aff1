import { ArrowLeft, ArrowRight, X } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { LogLine } from '../../../shared/domain/log-line.ts'
import { host, useConnection } from '../../host/connection.ts'
import { thrownText } from '../../i18n/error-text.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { formatBytes, formatClock, formatMilliseconds } from '../../ui/format.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { JsonView } from '../../ui/json-view.tsx'
import { describeMessage } from './describe-message.ts'
import { findHeldPair, findStoredPair } from './find-pair.ts'
import type { LogFeed } from './log-feed.ts'
import type { RowDetailProps } from './row-detail-props.ts'
import { useFeedState } from './use-log-feed.ts'

/** A request and its response side by side; a notification alone. */
export function MessagePair({
  feed,
  id,
  line,
  serverName,
  protocol,
  search,
  onClose,
}: RowDetailProps & { readonly protocol: NonNullable<LogLine['protocol']> }): React.JSX.Element {
  const { t } = useTranslation('logs')
  const isRequest = protocol.kind === 'request'
  const other = useOther(feed, id, line)
  const request = isRequest ? line : other.line
  const response = isRequest ? other.line : line
  const durationMs = response?.protocol?.durationMs ?? null
  const title = request === null ? describeMessage(line) : titleOf(request)
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <b className="font-semibold">{title}</b>
        <span className="text-ink-3">
          {t(protocol.direction === (isRequest ? 'sent' : 'received') ? 'pair.to' : 'pair.from', {
            server: serverName,
          })}
        </span>
        <span className="ml-auto flex items-center gap-2">
          {durationMs !== null && (
            <span className="text-ink-2 tabular-nums">{formatMilliseconds(durationMs)}</span>
          )}
          <IconButton icon={X} size="sm" label={t('detail.close')} onClick={onClose} />
        </span>
      </div>
      {protocol.kind === 'notification' ? (
        <Side line={line} label={t('pair.notification')} search={search} />
      ) : (
        <div className="log-pair">
          <Side
            line={request}
            label={t('pair.request')}
            search={search}
            missing={other.problem ?? t(other.isSearching ? 'pair.searching' : 'pair.noRequest')}
          />
          <Side
            line={response}
            label={t('pair.response')}
            search={search}
            missing={other.problem ?? t(other.isSearching ? 'pair.searching' : 'pair.noResponse')}
          />
        </div>
      )}
    </div>
  )
}

function Side({
  line,
  label,
  search,
  missing = '',
}: {
  readonly line: LogLine | null
  readonly label: string
  readonly search: string
  readonly missing?: string
}): React.JSX.Element {
  const { t } = useTranslation('logs')
  if (line === null || line.protocol === null) {
    return (
      <section className="flex min-w-0 flex-col gap-1">
        <h2 className="t-12 font-medium text-ink-2">{label}</h2>
        <p className="text-ink-3">{missing}</p>
      </section>
    )
  }
  const Arrow = line.protocol.direction === 'sent' ? ArrowRight : ArrowLeft
  const json = readJson(line.text)
  return (
    <section className="flex min-w-0 flex-col gap-1">
      <div className="flex min-h-6 items-center gap-2">
        <Arrow size={14} strokeWidth={1.75} aria-hidden className="flex-none text-ink-3" />
        <h2 className="t-12 font-medium text-ink-2">{label}</h2>
        <span className="text-ink-3 tabular-nums">
          {`${formatClock(line.at, true)} · ${formatBytes(line.protocol.bytes)}`}
        </span>
        <span className="ml-auto">
          <CopyButton
            text={json === undefined ? line.text : JSON.stringify(json, null, 2)}
            label={t('pair.copy', { what: label })}
          />
        </span>
      </div>
      {json === undefined ? (
        <CodeBlock text={line.text} copy={false} label={label} className="max-h-80 bg-bg" />
      ) : (
        <JsonView
          value={json}
          label={label}
          search={search}
          openLevels={6}
          copy={false}
          className="max-h-80 bg-bg"
        />
      )}
      {json === undefined && <p className="text-ink-3">{t('pair.cut')}</p>}
    </section>
  )
}

/** The other half of a pair: from the lines that are here, else from the host; a response that is awaited is found when it comes. */
function useOther(
  feed: LogFeed,
  id: number,
  line: LogLine,
): {
  readonly line: LogLine | null
  readonly isSearching: boolean
  readonly problem: string | null
} {
  const { endId } = useFeedState(feed)
  const connectedTimes = useConnection((state) => state.connectedTimes)
  const [stored, setStored] = React.useState<{
    readonly line: LogLine | null
    readonly problem: string | null
  } | null>(null)
  const hasPair = line.protocol !== null && line.protocol.kind !== 'notification'
  const held = hasPair ? findHeldPair(feed.lines, id, line, endId) : null
  const needsHost = hasPair && held === null
  React.useEffect(() => {
    if (!needsHost || connectedTimes === 0) return
    let isWanted = true
    const settle = (found: { line: LogLine | null; problem: string | null }) => {
      if (isWanted) setStored(found)
    }
    // `host()` throws while there is no connection; the next one runs this again.
    const find = async () => await findStoredPair(host(), line)
    find().then(
      (found) => settle({ line: found, problem: null }),
      (thrown: unknown) => settle({ line: null, problem: thrownText(thrown).title }),
    )
    return () => {
      isWanted = false
    }
  }, [needsHost, connectedTimes, line])
  return {
    line: held ?? stored?.line ?? null,
    isSearching: needsHost && stored === null,
    problem: held === null ? (stored?.problem ?? null) : null,
  }
}

function titleOf(request: LogLine): string {
  // Without the arrow and the id: those stand elsewhere.
  return describeMessage(request).slice(2).split(' · ')[0] ?? ''
}

/** Undefined where it is not JSON: the log keeps 64 KiB of a message. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Shown as it stands, with a word about why.
    return undefined
  }
}
