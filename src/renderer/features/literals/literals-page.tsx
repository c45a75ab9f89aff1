import { RefreshCw } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { VaultStatus } from '../../../shared/contract/host.ts'
import { formatRoute } from '../../app/route.ts'
import { useHostInfo } from '../../host/host-info.ts'
import { useShortPath } from '../../host/short-path.ts'
import { useVaultWord } from '../../host/vault-word.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageBar } from '../../ui/page-bar.tsx'
import { VaultNotice } from '../vault/vault-notice.tsx'
import { LiteralFile } from './literal-file.tsx'
import { MovedList } from './moved-list.tsx'
import { useLiteralScan } from './use-literal-scan.ts'

/** Credentials that stand in plain text in files: by file, with what moving them to the vault would change. */
export function LiteralsPage(): React.JSX.Element | null {
  const vault = useHostInfo((store) => store.info?.vault)
  // A vault that was opened meanwhile knows which values it holds: that is another look.
  return vault === undefined ? null : <Looked key={vault.state} vault={vault} />
}

function Looked({ vault }: { readonly vault: VaultStatus }): React.JSX.Element {
  const { t } = useTranslation('literals')
  const shortPath = useShortPath()
  const place = t(`place.${useVaultWord()}`)
  const { found, lookAgain } = useLiteralScan()
  const isReady = vault.state === 'ready'
  const list = React.useRef<HTMLDivElement>(null)
  const look = found?.look ?? 0
  React.useEffect(() => {
    // The button that was pressed is gone with what it moved.
    if (look > 0 && document.activeElement === document.body) list.current?.focus()
  }, [look])
  const count = found?.files.reduce((sum, { literals }) => sum + literals.length, 0) ?? 0
  return (
    <>
      <PageBar title={t('title')} count={found === null ? null : t('count', { count })}>
        <a href={formatRoute({ page: 'secrets', name: null })}>{t('back')}</a>
        <Button icon={RefreshCw} onClick={lookAgain}>
          {t('again')}
        </Button>
      </PageBar>
      {!isReady && (
        <div className="border-line border-b p-4">
          <VaultNotice vault={vault} isAnswer />
        </div>
      )}
      <div
        ref={list}
        tabIndex={-1}
        className="scroll flex min-h-0 flex-1 flex-col gap-4 p-4 outline-none"
      >
        {found === null && <p className="text-ink-3">{t('looking')}</p>}
        {found !== null && count === 0 && (
          <EmptyState title={t('empty')}>
            <p>{t('emptyText', { count: found.readCount, place })}</p>
          </EmptyState>
        )}
        {found !== null && count > 0 && (
          <p className="max-w-[72ch] flex-none text-ink-2">{t('intro', { place })}</p>
        )}
        {found?.files.map((file) => (
          // Another look is another list: what was decided about the old one is over.
          <LiteralFile
            key={`${found.look} ${file.file}`}
            found={file}
            canStore={isReady}
            onMoved={lookAgain}
          />
        ))}
        {found !== null && found.problems.length > 0 && (
          <Case tone="wait" glyph="slow" level={2} title={t('unread')}>
            {found.problems.map((problem) => {
              const { file } = problem.data
              const short = typeof file === 'string' ? { file: shortPath(file) } : {}
              const { title, hint } = errorText({ ...problem, data: { ...problem.data, ...short } })
              return <p key={title}>{`${title}. ${hint}`}</p>
            })}
          </Case>
        )}
        {found !== null && found.moves.length > 0 && (
          <MovedList moves={found.moves} onUndone={lookAgain} />
        )}
      </div>
    </>
  )
}
