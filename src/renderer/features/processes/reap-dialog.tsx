import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { isLeftOver, type MachineServer, type ReapResult } from '../../../shared/domain/machine.ts'
import { host } from '../../host/connection.ts'
import { thrownText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { formatNumber } from '../../ui/format.ts'
import { quoteStyle } from '../../ui/shell-quote.ts'
import { toast } from '../../ui/toast.tsx'
import { totalsOf } from './list-processes.ts'
import { keyOfServer } from './machine.ts'
import { ReapChoice } from './reap-choice.tsx'
import { ReapDone } from './reap-done.tsx'

/** What the dialog takes. */
interface ReapDialogProps {
  /** As they were seen when it opened; what has changed since the host leaves alone. */
  readonly servers: readonly MachineServer[]
  readonly onClose: () => void
}

/** Shows exactly what would end, ends what is chosen, and says what became of it. */
export function ReapDialog({ servers, onClose }: ReapDialogProps): React.JSX.Element {
  const { t } = useTranslation('processes')
  const only = servers.length === 1 ? servers[0] : undefined
  const isOne = only !== undefined
  const [chosen, setChosen] = React.useState<ReadonlySet<string>>(
    () => new Set(servers.filter((server) => isOne || isLeftOver(server)).map(keyOfServer)),
  )
  const [isBusy, setBusy] = React.useState(false)
  const [results, setResults] = React.useState<readonly ReapResult[] | null>(null)
  const cancel = React.useRef<HTMLButtonElement>(null)
  const targets = servers.filter((server) => chosen.has(keyOfServer(server)))
  const left = servers.filter((server) => isOne || isLeftOver(server))
  const others = servers.filter((server) => !left.includes(server))
  const { processes } = totalsOf(targets)

  const reap = async () => {
    setBusy(true)
    try {
      setResults(
        await host().processes.reap({
          targets: targets.map(({ pid, startMark, seen }) => ({ pid, startMark, seen })),
        }),
      )
    } catch (thrown) {
      const { title, hint } = thrownText(thrown)
      toast({ tone: 'bad', text: `${title}. ${hint}` })
    }
    setBusy(false)
  }
  const choose = (server: MachineServer, isChosen: boolean) =>
    setChosen((before) => {
      const next = new Set(before)
      if (isChosen) next.add(keyOfServer(server))
      else next.delete(keyOfServer(server))
      return next
    })

  if (results !== null) return <ReapDone results={results} servers={servers} onClose={onClose} />
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open && !isBusy) onClose()
      }}
      keep
      size="lg"
      title={only === undefined ? t('reap.title') : t('reap.titleOne', { name: only.name })}
      description={t(quoteStyle() === 'windows' ? 'reap.textWindows' : 'reap.text')}
      initialFocus={cancel}
      foot={
        <>
          <Button size="lg" keys="Esc" ref={cancel} disabled={isBusy} onClick={onClose}>
            {t('cancel', { ns: 'ui' })}
          </Button>
          <Button
            size="lg"
            variant="danger"
            disabled={isBusy || targets.length === 0}
            onClick={() => void reap()}
          >
            {isBusy
              ? t('reap.busy')
              : t('reap.go', { count: processes, figure: formatNumber(processes) })}
          </Button>
        </>
      }
    >
      {others.length > 0 && <h3 className="t-12 font-semibold text-ink-2">{t('reap.left')}</h3>}
      {left.map((server) => (
        <ReapChoice
          key={keyOfServer(server)}
          server={server}
          isChosen={chosen.has(keyOfServer(server))}
          onChoose={isOne ? null : (isChosen) => choose(server, isChosen)}
        />
      ))}
      {others.length > 0 && (
        <>
          <h3 className="t-12 mt-2 font-semibold text-ink-2">{t('reap.inUse')}</h3>
          <p className="t-12 text-ink-2">{t('reap.inUseText')}</p>
          {others.map((server) => (
            <ReapChoice
              key={keyOfServer(server)}
              server={server}
              isChosen={chosen.has(keyOfServer(server))}
              onChoose={(isChosen) => choose(server, isChosen)}
            />
          ))}
        </>
      )}
    </Dialog>
  )
}
