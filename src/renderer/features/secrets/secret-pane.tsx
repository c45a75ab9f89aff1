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
import { liveUsers, titleOf } from './filter-secrets.ts'
import { RenameDialog } from './rename-dialog.tsx'
import { SecretValue } from './secret-value.tsx'
import { ValueDialog } from './value-dialog.tsx'

/** One secret: its value on request, who uses it, and what can be done with it. */
export function SecretPane({ secret }: { readonly secret: SecretView }): React.JSX.Element {
  const { t } = useTranslation('secrets')
  const [open, setOpen] = React.useState<'replace' | 'rename' | 'delete' | null>(null)
  const close = () => setOpen(null)
  const shortPath = useShortPath()
  const { name, users, files } = secret
  const { input } = titleOf(secret)
  const isStored = secret.status === 'stored'
  const names = liveUsers(secret)
  const remove = async () => {
    await host().secrets.delete({ name })
    toast({ tone: 'ok', text: t('done.deleted', { name }) })
    go({ page: 'secrets', name: null })
  }
  return (
    <Pane
      title={input === null ? name : t('input', input)}
      onClose={() => go({ page: 'secrets', name: null })}
      actions={
        <>
          <Button icon={RefreshCw} onClick={() => setOpen('replace')}>
            {t('actions.replace')}
          </Button>
          <Menu
            trigger={<IconButton icon={Ellipsis} label={t('actions.more', { name })} />}
            entries={[
              {
                kind: 'item',
                label: t('actions.rename'),
                disabled: !isStored || input !== null,
                onSelect: () => setOpen('rename'),
              },
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
        {isStored && <SecretValue key={name} name={name} />}
        <KeyValues
          items={[
            { label: t('facts.reference'), value: `secret://${name}`, mono: true },
            { label: t('facts.created'), value: moment(secret.createdAt, t('unknownTime')) },
            { label: t('facts.changed'), value: moment(secret.changedAt, t('unknownTime')) },
            { label: t('facts.used'), value: moment(secret.lastUsedAt, t('never')) },
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
        title={t('deletion.title', { name })}
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

function moment(at: number | null, none: string): React.ReactNode {
  return at === null ? none : <TimeAgo at={at} />
}
