import { GitMerge, TriangleAlert } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportedServer } from '../../../shared/contract/clients.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Badge } from '../../ui/badge.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { CommandLine } from '../../ui/command-line.tsx'
import { lacksSecret } from './import-choice.ts'
import { isImportable, placeOfServer } from './import-files.ts'
import { SecretChoice } from './secret-choice.tsx'
import { ServerFacts } from './server-facts.tsx'

/** What the row of a server takes. */
export interface ServerRowProps {
  readonly server: ImportedServer
  readonly isChosen: boolean
  /** It stands in damaged files alone. */
  readonly isDamaged: boolean
  readonly leaveOut: ReadonlySet<string>
  /** False: no vault can take secrets now, so that they are left out. */
  readonly canMove: boolean
  /** It was to be imported and was not, because it had changed after it was shown. */
  readonly isNotAsShown: boolean
  readonly onChoose: (isChosen: boolean) => void
  readonly onLeaveOut: (secret: string, isOut: boolean) => void
}

/** A server as it would be imported: exactly what it runs, where it comes from, and what happens with its secrets. */
export function ServerRow({
  server,
  isChosen,
  isDamaged,
  leaveOut,
  canMove,
  isNotAsShown,
  onChoose,
  onLeaveOut,
}: ServerRowProps): React.JSX.Element {
  const { t } = useTranslation('import')
  const { name, command, args, url, warning, change, transport } = server
  // What is imported already was decided then.
  const secrets = isImportable(server) ? server.secrets : []
  const cannotRun = transport === 'ws' || transport === 'unknown'
  return (
    <li className="grid grid-cols-[24px_120px_minmax(0,1fr)] items-start gap-x-2 border-line border-b py-2 pr-4 pl-2 hover:bg-hover @max-[520px]/candidates:grid-cols-[24px_minmax(0,1fr)]">
      {isImportable(server) ? (
        <Checkbox checked={isChosen} onChange={onChoose} label={t('server.choose', { name })} />
      ) : (
        <span />
      )}
      <h3 className="t-13 leading-6 font-medium wrap-anywhere">{name}</h3>
      <div className="min-w-0 @max-[520px]/candidates:col-start-2">
        <div className="mono-12 py-0.5 leading-5 wrap-anywhere">
          {command !== null && <CommandLine command={command} args={args} bare />}
          {command === null && url !== null && <code>{url}</code>}
        </div>
        <div className="t-12 flex min-h-5 flex-wrap items-center gap-x-3 gap-y-1 text-ink-3">
          <Places server={server} />
          <ServerFacts server={server} />
          {change === 'unchanged' && <Badge>{t('server.unchanged')}</Badge>}
          {change === 'changed' && <Badge tone="you">{t('server.changed')}</Badge>}
          {isNotAsShown && <Badge tone="you">{t('server.notAsShown')}</Badge>}
          {cannotRun && <Warning text={t('server.unsupported')} />}
          {warning !== null && <Warning text={warningText(warning)} />}
          {isDamaged && <Warning text={t('server.damaged')} />}
          {lacksSecret(server, leaveOut, canMove) && <Warning text={t('server.noValue')} />}
        </div>
        {secrets.map((secret) => (
          <SecretChoice
            key={`${secret.name} ${secret.place}`}
            secret={secret}
            serverName={name}
            isOut={leaveOut.has(secret.name)}
            canMove={canMove}
            onLeaveOut={(isOut) => onLeaveOut(secret.name, isOut)}
          />
        ))}
      </div>
    </li>
  )
}

function warningText(warning: NonNullable<ImportedServer['warning']>): string {
  const { title, hint } = errorText(warning)
  // Elsewhere the title says it all; here it is the reason that counts.
  const isBare = warning.code === 'not_runnable' || warning.code === 'config_invalid'
  return isBare && hint !== '' ? `${title}. ${hint}` : title
}

function Places({ server }: { readonly server: ImportedServer }): React.JSX.Element {
  const { t } = useTranslation('import')
  const places = [
    ...new Set(
      server.sources.map((source) => {
        const { client, folder } = placeOfServer(source, server)
        return folder === null ? client : `${client} ${folder}`
      }),
    ),
  ].join(', ')
  if (server.sources.length < 2) return <span>{places}</span>
  return (
    <span className="flex items-center gap-1">
      <GitMerge size={12} strokeWidth={2} className="flex-none" aria-hidden />
      {t('server.copies', { count: server.sources.length, places })}
    </span>
  )
}

function Warning({ text }: { readonly text: string }): React.JSX.Element {
  return (
    <span data-tone="wait" className="flex items-center gap-1 text-tone">
      <TriangleAlert size={12} strokeWidth={2} className="flex-none text-mark" aria-hidden />
      <span className="wrap-anywhere">{text}</span>
    </span>
  )
}
