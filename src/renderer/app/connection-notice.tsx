import { Unplug } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { reconnectNow, useConnection } from '../host/connection.ts'
import { errorText } from '../i18n/error-text.ts'
import { Button } from '../ui/button.tsx'
import { Case } from '../ui/case.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { formatClock } from '../ui/format.ts'
import { toast } from '../ui/toast.tsx'
import { useNow } from '../ui/use-now.ts'

/** Says over the page that what it shows may be old, and when it tries again; and once, that it is connected again. */
export function ConnectionNotice(): React.JSX.Element | null {
  const { t } = useTranslation('app')
  const connection = useConnection((state) => state.connection)
  const connectedTimes = useConnection((state) => state.connectedTimes)
  React.useEffect(() => {
    if (connectedTimes > 1) toast({ tone: 'ok', text: t('connection.back') })
  }, [connectedTimes, t])
  if (connection.status !== 'lost') return null
  return <LostNotice since={connection.since} retryAt={connection.retryAt} />
}

function LostNotice({ since, retryAt }: { readonly since: number; readonly retryAt: number }) {
  const { t } = useTranslation('app')
  const seconds = Math.max(0, Math.ceil((retryAt - useNow()) / 1000))
  return (
    <div
      data-tone="bad"
      className="flex min-h-(--h-bar) flex-none flex-wrap items-center gap-x-2 border-line border-b bg-soft px-4 py-2"
    >
      <Unplug size={16} strokeWidth={1.75} className="flex-none text-tone" aria-hidden />
      <strong role="alert" className="font-medium text-tone">
        {t('connection.lost')}
      </strong>
      <span className="text-ink-2 tabular-nums">
        {seconds === 0
          ? t('connection.lostNow', { time: formatClock(since) })
          : t('connection.lostDetail', { time: formatClock(since), seconds })}
      </span>
      <Button size="sm" className="ml-auto" onClick={reconnectNow}>
        {t('connection.retryNow')}
      </Button>
    </div>
  )
}

/** In place of everything: this browser may not talk to the host, and what a person does about it. */
export function RefusedPage(): React.JSX.Element | null {
  const { t } = useTranslation('app')
  const connection = useConnection((state) => state.connection)
  if (connection.status !== 'refused') return null
  const { hint } = errorText(connection.error)
  return (
    <main className="scroll flex h-full justify-center p-8">
      <div role="alert" className="h-min w-full max-w-[480px]">
        <h1 className="t-16 mb-4">{t('name')}</h1>
        <Case
          tone="you"
          glyph="signin"
          title={t('connection.refused')}
          level={2}
          actions={
            // A link that was opened beside this page lets it in as well.
            <Button onClick={() => window.location.reload()}>{t('connection.reload')}</Button>
          }
        >
          <p>{hint}</p>
          <p>{t('connection.refusedAction')}</p>
          <CodeBlock text={t('connection.openCommand')} />
          <p>{t('connection.inCheckout')}</p>
          <CodeBlock text={t('connection.checkoutCommand')} />
        </Case>
      </div>
    </main>
  )
}
