import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { SecretView } from '../../../shared/contract/secrets.ts'
import type { SecretName } from '../../../shared/domain/ids.ts'
import { go } from '../../app/route.ts'
import { useShortPath } from '../../host/short-path.ts'
import { classNames } from '../../ui/class-names.ts'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useListKeys } from '../../ui/use-list-keys.ts'
import { liveUsers } from './filter-secrets.ts'
import { useSecretTitle } from './use-secret-title.ts'

const cell = 'h-(--h-row) px-3 py-1 text-left'
const head = 'h-(--h-head) whitespace-nowrap border-line border-b px-3 text-left font-medium'
/** The columns drop by the width of the table: first when it changed, then when it was used. */
const onlyMedium = '@max-[559.9px]/table:hidden'
const onlyWide = '@max-[699.9px]/table:hidden'

/** The secrets, one a row. Arrow keys move, Enter opens. */
export function SecretTable({
  secrets,
  chosen,
}: {
  readonly secrets: readonly SecretView[]
  /** The one whose pane is open. */
  readonly chosen: SecretName | null
}): React.JSX.Element {
  const { t } = useTranslation('secrets')
  const shortPath = useShortPath()
  const [activeName, setActiveName] = React.useState<SecretName | null>(chosen)
  const keys = useListKeys({
    count: secrets.length,
    active: secrets.findIndex(({ name }) => name === activeName),
    onActive: (index) => setActiveName(secrets[index]?.name ?? null),
    onOpen: (index) => open(secrets[index]),
  })
  return (
    <div className="scroll @container/table min-w-0 flex-1">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the buttons in its rows */}
      <table
        className="w-full border-separate border-spacing-0"
        aria-label={t('list')}
        {...keys.list}
      >
        <thead>
          <tr className="t-12 sticky top-0 z-1 bg-bg text-ink-3">
            <th className={classNames(head, 'pl-4')}>{t('column.name')}</th>
            <th className={head}>{t('column.state')}</th>
            <th className={head}>{t('column.users')}</th>
            <th className={classNames(head, onlyMedium)}>{t('column.used')}</th>
            <th className={classNames(head, onlyWide)}>{t('column.changed')}</th>
          </tr>
        </thead>
        <tbody>
          {secrets.map((secret, index) => (
            <tr
              key={secret.name}
              data-chosen={secret.name === chosen || undefined}
              className="hover:bg-hover data-chosen:bg-selected"
            >
              <td className={classNames(cell, 'pl-4')}>
                <button
                  type="button"
                  aria-current={secret.name === chosen || undefined}
                  className="min-h-6 text-left wrap-anywhere"
                  onClick={() => open(secret)}
                  {...keys.item(index)}
                >
                  <Title secret={secret} />
                </button>
              </td>
              <td className={classNames(cell, 'whitespace-nowrap')}>
                <Status status={secret.status} />
              </td>
              <td className={classNames(cell, 'wrap-anywhere')}>
                {[...liveUsers(secret), ...secret.files.map(shortPath)].join(', ') || (
                  <span className="text-ink-3">{t('unused')}</span>
                )}
              </td>
              <td className={classNames(cell, onlyMedium, 'whitespace-nowrap text-ink-2')}>
                {secret.lastUsedAt === null ? t('never') : <TimeAgo at={secret.lastUsedAt} />}
              </td>
              <td className={classNames(cell, onlyWide, 'whitespace-nowrap text-ink-2')}>
                {secret.changedAt === null ? t('unknownTime') : <TimeAgo at={secret.changedAt} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function open(secret: SecretView | undefined): void {
  if (secret !== undefined) go({ page: 'secrets', name: secret.name })
}

function Title({ secret }: { readonly secret: SecretView }): React.JSX.Element {
  const title = useSecretTitle()(secret)
  return secret.inputId === null ? <span className="mono-12">{title}</span> : <>{title}</>
}

function Status({ status }: { readonly status: SecretView['status'] }): React.JSX.Element {
  const { t } = useTranslation('secrets')
  if (status !== 'missing') {
    return <span className="text-ink-2">{t(`status.${status}`)}</span>
  }
  return (
    <span data-tone="bad" className="inline-flex items-center gap-1 text-tone">
      <StateGlyph name="failed" size={12} />
      {t('status.missing')}
    </span>
  )
}
