import { RotateCcw } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { CallRecord } from '../../../shared/contract/tools.ts'
import { go } from '../../app/route.ts'
import { useCalls } from '../../host/calls.ts'
import { errorText } from '../../i18n/error-text.ts'
import { formatBytes, formatClock, formatMilliseconds, formatMoment } from '../../ui/format.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Section } from '../../ui/section.tsx'
import { type GlyphName, StateGlyph } from '../../ui/state-glyph.tsx'
import type { Tone } from '../../ui/tone.ts'
import type { OfferRef } from './offer.ts'
import { fillOfferForm } from './offer-forms.ts'

const most = 50

const looks = {
  running: { tone: 'busy', glyph: 'starting-1' },
  ok: { tone: 'ok', glyph: 'running' },
  refused: { tone: 'bad', glyph: 'failed' },
  failed: { tone: 'bad', glyph: 'failed' },
  cancelled: { tone: 'off', glyph: 'denied' },
} as const satisfies Record<CallRecord['outcome'], { tone: Tone; glyph: GlyphName }>

/** Calls that the host remembers, of one tool or of all: who, how long, what came of it. Choosing one fills the form with it. */
export function RecentCalls({ tool }: { readonly tool: OfferRef | null }): React.JSX.Element {
  const { t } = useTranslation('tools')
  const all = useCalls((state) => state.calls)
  const calls = all
    .filter((call) => tool === null || (call.serverId === tool.serverId && call.tool === tool.name))
    .toReversed()
    .slice(0, most)
  return (
    <Section title={t('calls.title')}>
      {calls.length === 0 ? (
        <p className="text-ink-3">{t('calls.none')}</p>
      ) : (
        <table className="w-full table-fixed border-collapse">
          <caption className="hear-only">
            {tool === null ? t('calls.title') : t('calls.of', { name: tool.name })}
          </caption>
          <colgroup>
            <col className="w-20" />
            {tool === null && <col className="w-3/10" />}
            <col className="w-auto" />
            <col className="w-24" />
            <col className={tool === null ? 'w-1/5' : 'w-2/7'} />
            <col className="w-7" />
          </colgroup>
          <thead className="hear-only">
            <tr>
              <th scope="col">{t('calls.time')}</th>
              {tool === null && <th scope="col">{t('calls.tool')}</th>}
              <th scope="col">{t('calls.caller')}</th>
              <th scope="col">{t('calls.duration')}</th>
              <th scope="col">{t('calls.outcome')}</th>
              <th scope="col">{t('calls.repeat')}</th>
            </tr>
          </thead>
          <tbody>
            {calls.map((call) => (
              <CallRow key={call.callId} call={call} showsTool={tool === null} />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}

function CallRow({
  call,
  showsTool,
}: {
  readonly call: CallRecord
  readonly showsTool: boolean
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { serverId, tool, args, startedAt, durationMs, caller } = call
  const { tone, glyph } = looks[call.outcome]
  const repeat = () => {
    const offer = { serverId, kind: 'tool', name: tool } as const
    fillOfferForm(offer, args)
    go({ page: 'tools', offer })
  }
  return (
    <tr className="h-6 hover:bg-hover" onClick={repeat}>
      <td className="tabular-nums text-ink-2" title={formatMoment(startedAt)}>
        {formatClock(startedAt)}
      </td>
      {showsTool && <td className="mono-12 truncate pr-3">{tool}</td>}
      <td className="truncate pr-3 text-ink-2">{caller}</td>
      <td className="pr-3 text-right tabular-nums text-ink-2">
        {durationMs === null ? '' : formatMilliseconds(durationMs)}
      </td>
      <td>
        <span data-tone={tone} className="flex min-w-0 items-center gap-1">
          <StateGlyph name={glyph} size={12} />
          <Outcome call={call} />
        </span>
      </td>
      <td>
        <IconButton
          icon={RotateCcw}
          size="sm"
          label={t('calls.repeat')}
          onClick={(event) => {
            event.stopPropagation()
            repeat()
          }}
        />
      </td>
    </tr>
  )
}

function Outcome({ call }: { readonly call: CallRecord }): React.JSX.Element {
  const { t } = useTranslation('tools')
  if (call.outcome === 'ok') {
    return (
      <span className="truncate text-ink-2 tabular-nums">
        {call.bytes === null ? t('calls.ok') : formatBytes(call.bytes)}
      </span>
    )
  }
  const failed = call.error === null ? '' : errorText(call.error).title
  const text = call.outcome === 'failed' ? failed : t(`calls.${call.outcome}`)
  return (
    <span className="truncate text-tone" title={text}>
      {text}
    </span>
  )
}
