import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../../shared/domain/ids.ts'
import { host } from '../../host/connection.ts'
import { useServer } from '../../host/servers.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { toast } from '../../ui/toast.tsx'
import { useSubmit } from '../../ui/use-submit.ts'
import { useSignIn } from './use-sign-in.ts'

/** What the sign-in takes. */
export interface SignInDialogProps {
  readonly serverId: ServerId
  readonly onClose: () => void
}

/** Signs in to a server. Mount it to begin; closing it ends a sign-in that still runs. */
export function SignInDialog(props: SignInDialogProps): React.JSX.Element {
  const [attempt, setAttempt] = React.useState(0)
  return <Attempt key={attempt} {...props} onAgain={() => setAttempt(attempt + 1)} />
}

function Attempt({
  serverId,
  onClose,
  onAgain,
}: SignInDialogProps & { readonly onAgain: () => void }): React.JSX.Element {
  const { t } = useTranslation('accounts')
  const name = useServer(serverId)?.definition.name ?? ''
  const { step, page, error } = useSignIn(serverId, () => {
    toast({ tone: 'ok', text: t('done', { name }) })
    onClose()
  })
  return (
    <Dialog
      open
      keep
      onOpenChange={onClose}
      size="sm"
      title={t('title', { name })}
      description={t('text')}
      foot={
        <>
          <Button size="lg" onClick={onClose}>
            {t('cancel')}
          </Button>
          {error !== null && (
            <Button size="lg" variant="primary" onClick={onAgain}>
              {t('again')}
            </Button>
          )}
          {page !== null && (
            <Button
              size="lg"
              variant="primary"
              // By the person's click alone. In the desktop's window the guard of its contents opens the browser.
              onClick={() => window.open(page.url, '_blank', 'noopener,noreferrer')}
            >
              {t('open')}
            </Button>
          )}
        </>
      }
    >
      {error === null ? (
        <output className="block">{t(`step.${step}`)}</output>
      ) : (
        <Case tone="bad" title={error.title}>
          <p>{error.hint}</p>
          <p>{error.action}</p>
        </Case>
      )}
      {page !== null && (
        <>
          <KeyValues
            items={[
              { label: t('at'), value: page.issuer },
              ...(page.scope === null ? [] : [{ label: t('asksFor'), value: page.scope }]),
            ]}
          />
          <CopyButton text={() => page.url} label={t('copy')} size="md" />
          <PasteAnswer serverId={serverId} />
        </>
      )}
    </Dialog>
  )
}

function PasteAnswer({ serverId }: { readonly serverId: ServerId }): React.JSX.Element {
  const { t } = useTranslation('accounts')
  const [text, setText] = React.useState('')
  const { error, isBusy, submit } = useSubmit(async () => {
    await host().accounts.paste({ serverId, text: text.trim() })
  })
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') void submit()
      }}
    >
      <Field label={t('paste')} hint={t('pasteHint')} error={error}>
        <TextInput mono value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      <div>
        <Button type="submit" disabled={isBusy || text.trim() === ''}>
          {t('send')}
        </Button>
      </div>
    </form>
  )
}
