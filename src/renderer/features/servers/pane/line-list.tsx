import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { LogLevel } from '../../../../shared/domain/log-line.ts'
import { plainText } from '../../../../shared/lib/plain-text.ts'
import { errorText } from '../../../i18n/error-text.ts'
import { formatClock, formatMoment } from '../../../ui/format.ts'
import type { Tail } from './use-tail.ts'

const tones = { debug: 'off', info: 'off', warn: 'wait', error: 'bad' } as const satisfies Record<
  LogLevel,
  string
>

/** The end of a log, line by line. Long lines wrap. */
export function LineList({ tail }: { readonly tail: Tail }): React.JSX.Element {
  const { t } = useTranslation('servers')
  return (
    <>
      {tail.error !== null && (
        <p role="alert" className="t-12 text-bad">
          {t('tail.failed')} {errorText(tail.error).hint}
        </p>
      )}
      {tail.lines?.length === 0 && <p className="t-12 text-ink-3">{t('tail.empty')}</p>}
      <div className="mono-11 leading-5 text-ink-2">
        {tail.lines?.map((line) => (
          <div
            key={line.seq}
            data-tone={tones[line.level]}
            className="whitespace-pre-wrap wrap-anywhere"
          >
            <time
              dateTime={new Date(line.at).toISOString()}
              title={formatMoment(line.at)}
              className="text-ink-3"
            >
              {formatClock(line.at, true)}
            </time>{' '}
            <span
              className={line.level === 'error' || line.level === 'warn' ? 'text-tone' : undefined}
            >
              {plainText(line.text)}
            </span>
          </div>
        ))}
      </div>
    </>
  )
}
