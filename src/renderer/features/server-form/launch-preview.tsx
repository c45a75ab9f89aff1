import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { LaunchPreview } from '../../../shared/contract/servers.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Case } from '../../ui/case.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { CommandLine } from '../../ui/command-line.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Section } from '../../ui/section.tsx'
import type { PreviewState } from './use-preview.ts'
import { VariableList } from './variable-list.tsx'

/** Exactly what the form's server will run or connect to, and what stands against it. */
export function LaunchPreviewPanel({
  state,
  isStdio,
  typedSecrets,
}: {
  readonly state: PreviewState
  readonly isStdio: boolean
  /** Names whose value is a secret that stands in the form: the host was not told it. */
  readonly typedSecrets: ReadonlySet<string>
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const { isAsked, preview, error } = state
  return (
    <>
      <Section level={2} title={t(isStdio ? 'preview.willRun' : 'preview.willConnect')}>
        {!isAsked && (
          <p className="text-ink-3">{t(isStdio ? 'preview.nothing' : 'preview.nothingRemote')}</p>
        )}
        {preview !== null && <Launch preview={preview} typedSecrets={typedSecrets} />}
        {preview?.argumentSecrets.map((secret) => (
          <ArgumentSecret key={secret.index} {...secret} />
        ))}
        {preview?.problem != null && <Problem {...errorText(preview.problem)} />}
        {error !== null && <Problem {...error} />}
      </Section>
      {preview !== null && preview.variables.length > 0 && (
        <Section level={2} title={t('preview.variables')}>
          <VariableList variables={preview.variables} />
        </Section>
      )}
    </>
  )
}

function Launch({
  preview,
  typedSecrets,
}: {
  readonly preview: LaunchPreview
  readonly typedSecrets: ReadonlySet<string>
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const names = (pairs: LaunchPreview['env'] | LaunchPreview['headers']) => (
    <ul>
      {pairs.map(({ name, from }) => {
        const source = typedSecrets.has(name) ? 'secret' : from
        return (
          <li key={`${name} ${from}`}>
            <code>{name}</code>{' '}
            {source !== 'definition' && (
              <span className="t-12 text-ink-3">{t(`preview.from.${source}`)}</span>
            )}
          </li>
        )
      })}
    </ul>
  )
  return (
    <>
      {preview.command !== null && <CommandLine command={preview.command} args={preview.args} />}
      {preview.url !== null && <CodeBlock text={preview.url} />}
      <KeyValues
        items={[
          ...(preview.cwd === null
            ? []
            : [{ label: t('preview.directory'), value: preview.cwd, mono: true }]),
          ...(preview.env.length === 0
            ? []
            : [{ label: t('preview.environment'), value: names(preview.env) }]),
          ...(preview.headers.length === 0
            ? []
            : [{ label: t('preview.headers'), value: names(preview.headers) }]),
        ]}
      />
    </>
  )
}

function ArgumentSecret({
  index,
  variable,
  instead,
}: LaunchPreview['argumentSecrets'][number]): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  return (
    <Case tone="wait" glyph="slow" title={t('preview.argument.title', { number: index + 1 })}>
      <p>{t('preview.argument.text')}</p>
      {variable !== null && (
        <p>
          {instead === null
            ? t('preview.argument.leaveOut', { variable })
            : t('preview.argument.write', { variable, instead })}
        </p>
      )}
    </Case>
  )
}

function Problem({
  title,
  hint,
  action,
}: {
  readonly title: string
  readonly hint: string
  readonly action: string
}): React.JSX.Element {
  return (
    <div aria-live="polite">
      <Case tone="wait" glyph="slow" title={title}>
        {hint !== '' && <p className="wrap-anywhere">{hint}</p>}
        <p>{action}</p>
      </Case>
    </div>
  )
}
