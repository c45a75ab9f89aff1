import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { SecretView } from '../../../shared/contract/secrets.ts'
import { secretNameSchema } from '../../../shared/domain/ids.ts'
import { go } from '../../app/route.ts'
import { host } from '../../host/connection.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { toast } from '../../ui/toast.tsx'
import { useSubmit } from '../../ui/use-submit.ts'
import { SecretInput } from '../server-form/secret-input.tsx'
import { liveUsers } from './filter-secrets.ts'
import { useSecretTitle } from './use-secret-title.ts'

/** Asks for the value of a secret: of a new one with its name, or another one for one that is there. Mount it to open it. */
export function ValueDialog({
  secret,
  onClose,
}: {
  /** Null for a new one. */
  readonly secret: SecretView | null
  readonly onClose: () => void
}): React.JSX.Element {
  const { t } = useTranslation('secrets')
  const formId = React.useId()
  const [name, setName] = React.useState<string>(secret?.name ?? '')
  const [value, setValue] = React.useState('')
  const [restart, setRestart] = React.useState(true)
  /** Nothing is called wrong before the person thought it was done. */
  const [isTried, setTried] = React.useState(false)
  const users = secret === null ? [] : liveUsers(secret)
  const titleOf = useSecretTitle()
  const isMissing = secret?.status === 'missing'
  const parsed = secretNameSchema.safeParse(name.trim())
  const { error, isBusy, submit } = useSubmit(async () => {
    if (!parsed.success || value === '') return
    if (secret === null) {
      await host().secrets.add({ name: parsed.data, value })
      toast({ tone: 'ok', text: t('done.added', { name: parsed.data }) })
      go({ page: 'secrets', name: parsed.data })
    } else {
      const { restarted } = await host().secrets.replace({ name: secret.name, value, restart })
      const text =
        restarted.length === 0
          ? t('done.replaced', { name: titleOf(secret) })
          : t('done.restarted', { name: titleOf(secret), count: restarted.length })
      toast({ tone: 'ok', text })
    }
    onClose()
  })
  return (
    <Dialog
      open
      keep
      onOpenChange={onClose}
      size="sm"
      title={
        secret === null
          ? t('form.addTitle')
          : t(isMissing ? 'form.giveTitle' : 'form.replaceTitle', { name: titleOf(secret) })
      }
      description={
        secret === null
          ? t('form.addText', { reference: `secret://${name.trim() || 'name'}` })
          : t(isMissing ? 'missingText' : 'form.replaceText')
      }
      foot={
        <>
          <Button size="lg" onClick={onClose}>
            {t('form.cancel')}
          </Button>
          <Button size="lg" variant="primary" type="submit" form={formId} disabled={isBusy}>
            {t(secret === null || isMissing ? 'form.store' : 'form.replace')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (parsed.success && value !== '') void submit()
        }}
      >
        {secret === null && (
          <Field
            label={t('form.name')}
            hint={t('form.nameHint')}
            error={isTried && !parsed.success ? t('form.nameWrong') : null}
          >
            <TextInput mono value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
        )}
        <Field
          label={t('form.value')}
          error={isTried && value === '' ? t('form.valueEmpty') : error}
        >
          <SecretInput
            name={t('form.value')}
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        </Field>
        {users.length > 0 && (
          <div>
            <Checkbox checked={restart} onChange={setRestart}>
              {t('form.restart', { names: users.join(', ') })}
            </Checkbox>
            {!restart && <p className="t-12 text-ink-3">{t('form.restartHint')}</p>}
          </div>
        )}
      </form>
    </Dialog>
  )
}
