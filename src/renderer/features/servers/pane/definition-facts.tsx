import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerDefinition } from '../../../../shared/domain/server-definition.ts'
import { Badge } from '../../../ui/badge.tsx'
import { CommandLine } from '../../../ui/command-line.tsx'
import { type KeyValue, KeyValues } from '../../../ui/key-values.tsx'

/** How a server is reached, as it was written: with its variables, and with references in place of secrets. */
export function DefinitionFacts({
  definition: { transport, scope, project },
}: {
  readonly definition: ServerDefinition
}): React.JSX.Element {
  const { t } = useTranslation('servers')
  const items: KeyValue[] = [
    { label: t('config.type'), value: t(`config.types.${transport.type}`) },
  ]
  if (transport.type === 'stdio') {
    const { command, args, env, envFile, cwd } = transport
    items.push(
      { label: t('config.command'), value: <CommandLine bare command={command} args={[]} /> },
      {
        label: t('config.arguments'),
        value:
          args.length === 0 ? (
            t('config.none')
          ) : (
            <ol>
              {args.map((arg, index) => (
                // Arguments never move; two may be equal.
                // oxlint-disable-next-line react/no-array-index-key
                <li key={index}>
                  <CommandLine bare command={arg} args={[]} />
                </li>
              ))}
            </ol>
          ),
      },
      { label: t('config.environment'), value: <Pairs pairs={env} separator="=" /> },
      ...(envFile === null
        ? []
        : [{ label: t('config.envFile'), value: envFile, mono: true } as const]),
      {
        label: t('config.directory'),
        value: cwd ?? t('config.byDefault'),
        mono: cwd !== null,
      },
    )
  } else {
    items.push(
      { label: t('config.url'), value: transport.url ?? t('config.none'), mono: true },
      { label: t('config.headers'), value: <Pairs pairs={transport.headers} separator=": " /> },
    )
    if ('headersHelper' in transport && transport.headersHelper !== null) {
      items.push({ label: t('config.headersHelper'), value: transport.headersHelper, mono: true })
    }
    if ('reason' in transport) items.push({ label: t('config.reason'), value: transport.reason })
  }
  items.push({
    label: t('config.scope'),
    value: t(`config.scopes.${scope}`, { project: project ?? '' }),
  })
  return <KeyValues items={items} />
}

/** Names and values; in place of a secret, that it is in the vault. */
function Pairs({
  pairs,
  separator,
}: {
  readonly pairs: Readonly<Record<string, string>>
  readonly separator: string
}): React.JSX.Element {
  const { t } = useTranslation('servers')
  const entries = Object.entries(pairs)
  if (entries.length === 0) return <>{t('config.none')}</>
  return (
    <ul>
      {entries.map(([name, value]) => (
        <li key={name} className="flex flex-wrap items-center gap-x-2">
          <code className="min-w-0 wrap-anywhere">{`${name}${separator}${value}`}</code>
          {value.includes('secret://') && <Badge tone="ok">{t('config.inVault')}</Badge>}
        </li>
      ))}
    </ul>
  )
}
