import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { MachineServer } from '../../../shared/domain/machine.ts'
import { assertNever } from '../../../shared/lib/assert-never.ts'
import { useShortPath } from '../../host/short-path.ts'
import { useVaultWord } from '../../host/vault-word.ts'
import { errorText, thrownText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { CommandLine } from '../../ui/command-line.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Section } from '../../ui/section.tsx'
import { toast } from '../../ui/toast.tsx'
import { ServerFacts } from '../import/server-facts.tsx'
import { ProcessTree } from './process-tree.tsx'
import { type HerePlan, runHere, useHerePlan } from './use-run-here.ts'

/** Shows exactly what will run here and exactly what ends, then does both, in this order. */
export function RunHereDialog({
  server,
  onClose,
}: {
  readonly server: MachineServer
  readonly onClose: () => void
}): React.JSX.Element {
  const { t } = useTranslation('processes')
  // As it was seen when the dialog opened; what has changed since the host leaves alone.
  const [shown] = React.useState(server)
  const plan = useHerePlan(shown)
  const [isBusy, setBusy] = React.useState(false)
  const { name } = shown
  const canGo = plan.kind === 'here' || plan.kind === 'import'
  const run = async () => {
    setBusy(true)
    try {
      const outcome = await runHere(shown, plan)
      if (!outcome.started) toast({ tone: 'bad', text: t('here.failed', { name }) })
      else if (outcome.reaped === 'ended' || outcome.reaped === 'killed') {
        toast({ tone: 'ok', text: t('here.done', { name }) })
      } else {
        const why = t(`reap.outcome.${outcome.reaped}`)
        toast({ tone: 'wait', text: t('here.notEnded', { name, why }) })
      }
      onClose()
    } catch (thrown) {
      const { title, hint } = thrownText(thrown)
      toast({ tone: 'bad', text: `${title}. ${hint}` })
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open && !isBusy) onClose()
      }}
      keep
      size="lg"
      title={t('here.title', { name })}
      foot={
        <>
          <Button size="lg" keys="Esc" disabled={isBusy} onClick={onClose}>
            {t('cancel', { ns: 'ui' })}
          </Button>
          <Button
            size="lg"
            variant="primary"
            disabled={isBusy || !canGo}
            onClick={() => void run()}
          >
            {t(isBusy ? 'here.busy' : 'here.go')}
          </Button>
        </>
      }
    >
      <Section title={t('here.runs')}>
        <What plan={plan} />
      </Section>
      <Section title={t('here.ends')}>
        <ProcessTree tree={shown.tree} />
        {shown.client !== null && (
          <p className="text-ink-2">{t('here.again', { client: shown.client.name })}</p>
        )}
      </Section>
    </Dialog>
  )
}

/** What runs here, in full. */
function What({ plan }: { readonly plan: HerePlan }): React.JSX.Element {
  const { t } = useTranslation('processes')
  const short = useShortPath()
  const vault = t(`vaultWord.${useVaultWord()}`, { ns: 'import' })
  switch (plan.kind) {
    case 'reading':
      return <p className="hear-only">{t('loading', { ns: 'ui' })}</p>
    case 'gone':
      return <p className="text-ink-2">{t('here.notFound', { file: short(plan.file) })}</p>
    case 'failed':
      return (
        <Case tone="bad" glyph="failed" title={plan.error.title}>
          <p>{plan.error.hint}</p>
        </Case>
      )
    case 'here': {
      const { command, args, env, problem } = plan.launch
      return (
        <>
          {command !== null && <CommandLine command={command} args={args} />}
          {env.length > 0 && (
            <p className="t-12 text-ink-2 wrap-anywhere">
              {t('here.passes')} <code>{env.map(({ name }) => name).join(', ')}</code>
            </p>
          )}
          {plan.isRunning && <p className="text-ink-2">{t('here.runsAlready')}</p>}
          {problem !== null && (
            <Case tone="bad" glyph="failed" title={errorText(problem).title}>
              <p>{`${errorText(problem).hint} ${errorText(problem).action}`}</p>
            </Case>
          )}
        </>
      )
    }
    case 'import': {
      const { server, place } = plan
      const count = server.secrets.length
      return (
        <>
          {server.command !== null && <CommandLine command={server.command} args={server.args} />}
          <div className="t-12 flex flex-wrap gap-x-3 text-ink-3">
            <ServerFacts server={server} />
          </div>
          <p className="text-ink-2">
            {t('here.imported', { file: short(place.file) })}
            {count > 0 && ` ${t('here.secrets', { count, figure: String(count), vault })}`}
          </p>
        </>
      )
    }
    default:
      return assertNever(plan)
  }
}
