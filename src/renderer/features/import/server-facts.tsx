import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportedServer } from '../../../shared/contract/clients.ts'

/** What else is passed to a server: names of variables and headers, its directory, its files, what it asks for. */
export function ServerFacts({ server }: { readonly server: ImportedServer }): React.JSX.Element {
  const { t } = useTranslation('import')
  return (
    <>
      {server.envKeys.map((name) => (
        <Named key={`env ${name}`} name={name} value={server.env[name]} />
      ))}
      {server.headerKeys.map((name) => (
        <Named key={`header ${name}`} name={name} value={server.headers[name]} />
      ))}
      {server.cwd !== null && <Fact word={t('server.directory')} value={server.cwd} />}
      {server.envFile !== null && <Fact word={t('server.envFile')} value={server.envFile} />}
      {server.headersHelper !== null && (
        <Fact word={t('server.helper')} value={server.headersHelper} />
      )}
      {server.inputs.map(({ id, default: standIn }) =>
        standIn === null ? (
          <span key={id}>{t('server.input', { id })}</span>
        ) : (
          <Fact key={id} word={t('server.inputDefault', { id })} value={standIn} />
        ),
      )}
      {server.disabled && <span>{t('server.disabled')}</span>}
    </>
  )
}

/** A variable or header by name; a reference says what it stands for, any other value is not shown. */
function Named({
  name,
  value,
}: {
  readonly name: string
  readonly value: string | undefined
}): React.JSX.Element {
  const { t } = useTranslation('import')
  const isReference = value?.includes('${') === true
  return isReference ? (
    <span className="wrap-anywhere">
      <code className="text-ink-2">{name}</code> {t('server.reference')}{' '}
      <code className="text-ink-2">{value}</code>
    </span>
  ) : (
    <code className="wrap-anywhere text-ink-2">{name}</code>
  )
}

function Fact({
  word,
  value,
}: {
  readonly word: string
  readonly value: string
}): React.JSX.Element {
  return (
    <span className="wrap-anywhere">
      {word} <code className="text-ink-2">{value}</code>
    </span>
  )
}
