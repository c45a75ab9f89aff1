import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { LaunchPreview } from '../../../../shared/contract/servers.ts'
import type { ServerDefinition, Transport } from '../../../../shared/domain/server-definition.ts'
import { useShortPath } from '../../../host/short-path.ts'
import { errorText } from '../../../i18n/error-text.ts'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { CommandLine } from '../../../ui/command-line.tsx'
import { type KeyValue, KeyValues } from '../../../ui/key-values.tsx'
import { Section } from '../../../ui/section.tsx'
import { clientNames } from '../client-names.ts'
import { usePreview } from './use-preview.ts'

/** Exactly what runs, or what is connected to: the whole command with its resolved path, directory, names of variables, headers. */
export function RunsSection({
  definition,
}: {
  readonly definition: ServerDefinition
}): React.JSX.Element {
  const { t } = useTranslation('servers')
  const preview = usePreview(definition)
  const { transport } = definition
  const launch = preview.status === 'known' ? preview.launch : null
  return (
    <Section title={transport.type === 'stdio' ? t('runs.title') : t('runs.connects')}>
      {preview.status === 'failed' && (
        <p role="alert" className="t-12 text-bad">
          {t('runs.unknown')} {errorText(preview.error).title}
        </p>
      )}
      <Target transport={transport} launch={launch} />
      <Facts definition={definition} launch={launch} />
    </Section>
  )
}

/** The command or the address; as it was written, until it is known what it resolves to. */
function Target({
  transport,
  launch,
}: {
  readonly transport: Transport
  readonly launch: LaunchPreview | null
}): React.JSX.Element {
  if (transport.type === 'stdio') {
    return (
      <CommandLine
        command={launch?.command ?? transport.command}
        args={launch?.args ?? transport.args}
      />
    )
  }
  if (transport.url === null) {
    // What names no way to run it says why.
    return <p className="text-ink-2">{'reason' in transport ? transport.reason : null}</p>
  }
  return <CodeBlock text={launch?.url ?? transport.url} />
}

function Facts({
  definition,
  launch,
}: {
  readonly definition: ServerDefinition
  readonly launch: LaunchPreview | null
}): React.JSX.Element {
  const { t } = useTranslation('servers')
  const shorten = useShortPath()
  const { transport, sources } = definition
  const items: KeyValue[] = []
  if (transport.type === 'stdio' && launch !== null) {
    if (launch.command !== null && launch.command !== transport.command) {
      items.push({ label: t('runs.writtenAs'), value: transport.command, mono: true })
    }
    if (launch.cwd !== null) {
      items.push({ label: t('runs.directory'), value: shorten(launch.cwd), mono: true })
    }
    items.push({
      label: t('runs.environment'),
      value: launch.env.length === 0 ? t('runs.none') : <Named items={launch.env} />,
    })
  }
  if (transport.type !== 'stdio' && launch !== null) {
    items.push({
      label: t('runs.headers'),
      value: launch.headers.length === 0 ? t('runs.noHeaders') : <Named items={launch.headers} />,
    })
  }
  if (launch !== null && launch.variables.length > 0) {
    items.push({ label: t('runs.variables'), value: <Variables launch={launch} /> })
  }
  items.push({
    label: t('runs.from'),
    value:
      sources.length === 0 ? (
        t('runs.addedHere')
      ) : (
        <ul>
          {sources.map(({ client, file, section }) => (
            <li key={`${client} ${file} ${section}`}>
              {clientNames[client]} <code className="mono-11 text-ink-3">{shorten(file)}</code>
            </li>
          ))}
        </ul>
      ),
  })
  return <KeyValues items={items} />
}

/** Names with where each value comes from. All of them: nothing that a server gets is left out. */
function Named({ items }: { readonly items: LaunchPreview['env'] | LaunchPreview['headers'] }) {
  const { t } = useTranslation('servers')
  return (
    <ul>
      {items.map(({ name, from }) => (
        <li key={`${name} ${from}`}>
          <code>{name}</code> <span className="t-12 text-ink-3">{t(`runs.origin.${from}`)}</span>
        </li>
      ))}
    </ul>
  )
}

function Variables({ launch }: { readonly launch: LaunchPreview }): React.JSX.Element {
  const { t } = useTranslation('servers')
  return (
    <ul>
      {launch.variables.map(({ expression, status, value }) => (
        <li key={expression}>
          <code>{expression}</code>{' '}
          <span className={status === 'unset' ? 't-12 text-bad' : 't-12 text-ink-3'}>
            {value === null && (status === 'set' || status === 'default')
              ? t('runs.variable.hidden')
              : t(`runs.variable.${status}`, { value: value ?? '' })}
          </span>
        </li>
      ))}
    </ul>
  )
}
