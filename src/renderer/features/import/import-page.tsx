import { ClipboardPaste, Plus, RotateCw } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportKey } from '../../../shared/contract/clients.ts'
import { damagedFiles } from '../../../shared/domain/damaged-files.ts'
import { go } from '../../app/route.ts'
import { useHostInfo } from '../../host/host-info.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageBar } from '../../ui/page-bar.tsx'
import { VaultNotice } from '../vault/vault-notice.tsx'
import { withTexts } from './added-texts.ts'
import { CandidateList } from './candidate-list.tsx'
import { FileColumn } from './file-column.tsx'
import {
  choose,
  chosenOf,
  everything,
  type ServerFilter,
  secretNamesOf,
  withMembers,
} from './import-choice.ts'
import { ImportDone } from './import-done.tsx'
import { isImportable, keyOf } from './import-files.ts'
import { ImportFoot } from './import-foot.tsx'
import { emptyInbox, type InboxText, useImportInbox } from './import-inbox.ts'
import { NotAsShown } from './not-as-shown.tsx'
import { PasteTextDialog } from './paste-text-dialog.tsx'
import { readDroppedFiles } from './read-dropped-files.ts'
import { useFileDrop } from './use-file-drop.ts'
import { useImportRun } from './use-import-run.ts'
import { type ScanSources, useImportScan } from './use-import-scan.ts'

/** What can be imported, with exactly what each server runs, before anything is kept. */
export function ImportPage(): React.JSX.Element {
  const { t } = useTranslation('import')
  const [sources, setSources] = React.useState<ScanSources>(() => ({
    added: useImportInbox.getState().texts,
    unread: new Set(),
    round: 0,
  }))
  const [choice, setChoice] = React.useState(everything)
  const [filter, setFilter] = React.useState<ServerFilter>('all')
  const [isPasting, setPasting] = React.useState(false)
  const fileInput = React.useRef<HTMLInputElement>(null)
  const vault = useHostInfo((state) => state.info?.vault)
  const scan = useImportScan(sources)
  const readAgain = () => setSources((before) => ({ ...before, round: before.round + 1 }))
  const [notAsShown, setNotAsShown] = React.useState<readonly ImportKey[]>([])
  const { isBusy, outcome, run } = useImportRun((servers) => {
    setNotAsShown(servers)
    // They wait for a new decision, on what is read now.
    setChoice((before) => choose(before, servers, false))
    readAgain()
  })

  const addTexts = (texts: readonly InboxText[]) => {
    if (texts.length === 0) return
    setSources((before) => ({ ...before, added: withTexts(before.added, texts) }))
  }
  const addFiles = async (files: readonly File[]) => addTexts(await readDroppedFiles(files))
  const drop = useFileDrop((files) => void addFiles(files))
  React.useEffect(() => {
    emptyInbox()
    // A file can be opened while this page is open, too.
    return useImportInbox.subscribe(({ texts }) => {
      if (texts.length === 0) return
      setSources((before) => ({ ...before, added: withTexts(before.added, texts) }))
      emptyInbox()
    })
  }, [])

  const { report, found } = scan
  const hasFiles = (found ?? []).length + sources.added.length > 0
  const chosen = chosenOf(report?.servers ?? [], choice, damagedFiles(report?.files ?? []))
  const canMove = vault === undefined || vault.state === 'ready'
  const hasSecrets = secretNamesOf((report?.servers ?? []).filter(isImportable)).length > 0
  const entries = (report?.files ?? []).reduce((sum, { servers }) => sum + servers, 0)

  return (
    <div className="relative flex min-h-0 flex-1 flex-col" {...drop.handlers}>
      <PageBar
        title={t('title')}
        count={
          report !== null && found !== null
            ? t('count', {
                files: t('files', { count: found.length }),
                entries: t('entries', { count: entries }),
                servers: t('servers', { count: report.servers.length }),
              })
            : undefined
        }
      >
        <Button variant="ghost" icon={RotateCw} disabled={scan.isBusy} onClick={readAgain}>
          {t('again')}
        </Button>
        <Button icon={ClipboardPaste} onClick={() => setPasting(true)}>
          {t('paste')}
        </Button>
        <Button icon={Plus} onClick={() => fileInput.current?.click()}>
          {t('addFile')}
        </Button>
        <input
          ref={fileInput}
          type="file"
          multiple
          hidden
          aria-label={t('addFile')}
          onChange={(event) => {
            void addFiles([...(event.target.files ?? [])])
            // The same file can be chosen again after it was corrected.
            event.target.value = ''
          }}
        />
      </PageBar>
      {outcome !== null ? (
        <ImportDone outcome={outcome} />
      ) : (
        <>
          {scan.error !== null && (
            <div role="alert" className="border-line border-b p-3">
              <Case tone="bad" glyph="failed" level={2} title={t('failed')}>
                <p>{scan.error.title}</p>
                <p>{scan.error.hint}</p>
              </Case>
            </div>
          )}
          {notAsShown.length > 0 && <NotAsShown servers={notAsShown} />}
          {report === null ? (
            <p aria-live="polite" className="min-h-0 flex-1 p-4 text-ink-3">
              {scan.isBusy ? t('loading') : ''}
            </p>
          ) : (
            <div className="flex min-h-0 flex-1 max-low:flex-col max-low:overflow-auto">
              {(hasFiles || report.problems.some(({ file }) => file !== null)) && (
                <FileColumn
                  scan={scan}
                  sources={sources}
                  onSources={setSources}
                  onReadAgain={readAgain}
                />
              )}
              <div
                aria-busy={scan.isBusy}
                className="flex min-h-0 min-w-0 flex-1 flex-col max-low:flex-none"
              >
                {!canMove && hasSecrets && vault !== undefined && (
                  <div className="border-line border-b p-3">
                    <VaultNotice vault={vault} onUnlocked={readAgain}>
                      <p>{t('withoutVault')}</p>
                    </VaultNotice>
                  </div>
                )}
                {report.servers.length > 0 ? (
                  <CandidateList
                    report={report}
                    choice={choice}
                    filter={filter}
                    notAsShown={new Set(notAsShown.map(keyOf))}
                    canMove={canMove}
                    onChoice={setChoice}
                    onFilter={setFilter}
                  />
                ) : (
                  <NothingFound hasFiles={hasFiles} />
                )}
              </div>
            </div>
          )}
          <ImportFoot
            count={chosen.length}
            secrets={secretNamesOf(chosen)}
            leaveOut={choice.leaveOut}
            canMove={canMove}
            isBusy={isBusy || scan.isBusy}
            onLeaveOut={(secrets, isOut) =>
              setChoice({ ...choice, leaveOut: withMembers(choice.leaveOut, secrets, isOut) })
            }
            onImport={(start) => {
              if (report === null || found === null) return
              setNotAsShown([])
              void run({ sources, found, report, chosen, choice }, start)
            }}
          />
        </>
      )}
      {drop.isOver && (
        <div className="pointer-events-none absolute inset-2 z-10 grid place-items-center rounded-xl border-2 border-accent-solid border-dashed bg-raised">
          <p className="t-16">{t('dropHere')}</p>
        </div>
      )}
      <PasteTextDialog
        open={isPasting}
        onOpenChange={setPasting}
        onText={(text) => addTexts([{ name: t('file.pasted'), text }])}
      />
    </div>
  )
}

function NothingFound({ hasFiles }: { readonly hasFiles: boolean }): React.JSX.Element {
  const { t } = useTranslation('import')
  return (
    <div className="min-h-0 flex-1 p-5">
      <EmptyState
        title={t(hasFiles ? 'noServers.title' : 'noFiles.title')}
        actions={
          <Button onClick={() => go({ page: 'add-server' })}>{t('noServers.action')}</Button>
        }
      >
        {t(hasFiles ? 'noServers.text' : 'noFiles.text')}
      </EmptyState>
    </div>
  )
}
