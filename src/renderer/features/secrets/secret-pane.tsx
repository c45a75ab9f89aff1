import { Ellipsis, RefreshCw } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { SecretView } from '../../../shared/contract/secrets.ts'
import { formatRoute, go } from '../../app/route.ts'
import { host } from '../../host/connection.ts'
import { useShortPath } from '../../host/short-path.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Pane, PaneBody } from '../../ui/pane.tsx'
import { Section } from '../../ui/section.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { toast } from '../../ui/toast.tsx'
import { tellFailure } from '../settings/tell-failure.ts'
import { liveUsers } from './filter-secrets.ts'
import { RenameDialog } from './rename-dialog.tsx'
import { SecretValue } from './secret-value.tsx'
import { useSecretTitle } from './use-secret-title.ts'
import { ValueDialog } from './value-dialog.tsx'

/** One secret: its value on request, who uses it, and what can be done with it. */
export function SecretPane({ secret }: { readonly secret: SecretView }): React.JSX.Element {
  const { t } = useTranslation('secrets')
  const [open, setOpen] = React.useState<'replace' | 'rename' | 'delete' | null>(null)
  const close = () => setOpen(null)
  const shortPath = useShortPath()
  const { name, users, files, inputId } = secret
  const title = useSecretTitle()(secret)
  const isStored = secret.status === 'stored'
  const names = liveUsers(secret)
  const remove = async () => {
    await host().secrets.delete({ name })
    toast({ tone: 'ok', text: t('done.deleted', { name: title }) })
    go({ page: 'secrets', name: null })
  }
  return (
    <Pane
      title={title}
      onClose={() => go({ page: 'secrets', name: null })}
      actions={
        <>
          {secret.status === 'missing' ? (
            <Button variant="primary" onClick={() => setOpen('replace')}>
              {t('actions.give')}
            </Button>
          ) : (
            <Button icon={RefreshCw} disabled={!isStored} onClick={() => setOpen('replace')}>
              {t('actions.replace')}
            </Button>
          )}
          <Menu
            trigger={<IconButton icon={Ellipsis} label={t('actions.more', { name: title })} />}
            entries={[
              // An input's name is MCP Manager's, and a person never writes it.
              ...(inputId === null
                ? [
                    {
                      kind: 'item' as const,
                      label: t('actions.rename'),
                      disabled: !isStored,
                      onSelect: () => setOpen('rename'),
                    },
                  ]
                : []),
              {
                kind: 'item',
                label: t('actions.delete'),
                danger: true,
                disabled: !isStored,
                onSelect: () => setOpen('delete'),
              },
            ]}
          />
        </>
      }
    >
      <PaneBody>
        {isStored && <SecretValue key={name} name={name} title={title} />}
        {secret.status === 'missing' && <p className="text-ink-2">{t('missingText')}</p>}
        <KeyValues
          items={[
            inputId === null
              ? { label: t('facts.reference'), value: `secret://${name}`, mono: true }
              : { label: t('facts.input'), value: `\${input:${inputId}}`, mono: true },
            ...(secret.createdAt === null
              ? []
              : [{ label: t('facts.created'), value: <TimeAgo at={secret.createdAt} /> }]),
            ...(secret.changedAt === null
              ? []
              : [{ label: t('facts.changed'), value: <TimeAgo at={secret.changedAt} /> }]),
            {
              label: t('facts.used'),
              value: secret.lastUsedAt === null ? t('never') : <TimeAgo at={secret.lastUsedAt} />,
            },
          ]}
        />
        <Section level={3} title={t('users')}>
          {users.length + files.length === 0 && <p className="text-ink-3">{t('usersNone')}</p>}
          <ul className="flex flex-col gap-1">
            {users.map((user) => (
              <li key={user.id}>
                {user.isRemoved ? (
                  t('removed', { name: user.name })
                ) : (
                  <a href={formatRoute({ page: 'servers', serverId: user.id, tab: 'overview' })}>
                    {user.name}
                  </a>
                )}
              </li>
            ))}
            {files.map((file) => (
              <li key={file}>
                <code className="wrap-anywhere">{shortPath(file)}</code>
              </li>
            ))}
          </ul>
        </Section>
      </PaneBody>
      {open === 'replace' && <ValueDialog secret={secret} onClose={close} />}
      {open === 'rename' && <RenameDialog name={name} onClose={close} />}
      <ConfirmDialog
        open={open === 'delete'}
        onOpenChange={close}
        title={t('deletion.title', { name: title })}
        text={[
          names.length > 0 && t('deletion.servers', { names: names.join(', ') }),
          files.length > 0 && t('deletion.files', { files: files.map(shortPath).join(', ') }),
          names.length + files.length === 0 && t('deletion.unused'),
          t('deletion.lost'),
        ]
          .filter((text) => text !== false)
          .join(' ')}
        confirm={t('deletion.confirm')}
        onConfirm={() => void tellFailure(remove)}
      />
    </Pane>
  )
}
