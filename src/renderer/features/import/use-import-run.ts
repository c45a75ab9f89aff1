import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportedServer, ImportKey, ImportReport } from '../../../shared/contract/clients.ts'
import type { ImportProblem } from '../../../shared/domain/import.ts'
import { go, home } from '../../app/route.ts'
import { host } from '../../host/connection.ts'
import { untilServer } from '../../host/servers.ts'
import { useVaultWord } from '../../host/vault-word.ts'
import { thrownText } from '../../i18n/error-text.ts'
import { toast } from '../../ui/toast.tsx'
import { type ImportChoice, orderOf, secretNamesOf } from './import-choice.ts'
import { keyOf, newProblems, type ReadFile } from './import-files.ts'
import { filesOf, type ScanSources } from './use-import-scan.ts'

/** What is to be imported, as it was shown. */
export interface ImportOrder {
  readonly sources: ScanSources
  readonly found: readonly ReadFile[]
  readonly report: ImportReport
  readonly chosen: readonly ImportedServer[]
  readonly choice: ImportChoice
}

/** An import that was done and left something to say. */
export interface ImportOutcome {
  readonly text: string
  readonly problems: readonly ImportProblem[]
}

/**
 * Imports, and goes to the servers; where there is something to know, it stays and says it.
 * @param onNotAsShown called with servers whose files changed since they were shown: they were not imported.
 */
export function useImportRun(onNotAsShown: (servers: readonly ImportKey[]) => void): {
  readonly isBusy: boolean
  readonly outcome: ImportOutcome | null
  readonly run: (order: ImportOrder, start: boolean) => Promise<void>
} {
  const { t } = useTranslation('import')
  const vault = t(`vaultWord.${useVaultWord()}`)
  const [isBusy, setBusy] = React.useState(false)
  const [outcome, setOutcome] = React.useState<ImportOutcome | null>(null)
  const run = async (order: ImportOrder, start: boolean) => {
    setBusy(true)
    const report = await send(order, start).catch((thrown: unknown) => {
      const { title, hint } = thrownText(thrown)
      toast({ tone: 'bad', text: hint === '' ? title : `${title}. ${hint}` })
      return null
    })
    if (report !== null && report.servers.length > 0) {
      // Else the list would say for a moment that there are no servers.
      const keys = new Set(report.servers.map(keyOf))
      await untilServer(({ definition }) => keys.has(keyOf(definition)))
    }
    setBusy(false)
    if (report === null) return
    const secrets = report.secretsLeftOut ? 0 : secretNamesOf(report.servers).length
    const text = [
      t(start ? 'done.started' : 'done.imported', { count: report.servers.length }),
      ...(secrets === 0 ? [] : [t('done.secrets', { count: secrets, vault })]),
    ].join(' ')
    // The files still hold them.
    const look = { label: t('done.look'), onSelect: () => go({ page: 'literals' }) }
    const done = { tone: 'ok', text, action: secrets === 0 ? undefined : look } as const
    if (report.notAsShown.length > 0) {
      if (report.servers.length > 0) toast(done)
      onNotAsShown(report.notAsShown)
      return
    }
    const problems = newProblems(order.report.problems, report.problems)
    if (problems.length > 0) {
      setOutcome({ text, problems })
      return
    }
    toast(done)
    go(home)
  }
  return { isBusy, outcome, run }
}

async function send(order: ImportOrder, start: boolean): Promise<ImportReport> {
  return await host().clients.import({
    files: filesOf(order.sources, order.found),
    dryRun: false,
    start,
    // What has appeared or changed in a file since nobody has seen.
    only: order.chosen.map(orderOf),
    leaveOut: [...order.choice.leaveOut],
  })
}
