import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { host } from '../../host/connection.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { toast } from '../../ui/toast.tsx'
import { useSubmit } from '../../ui/use-submit.ts'
import { NewPassphraseFields, useNewPassphrase } from './new-passphrase-fields.tsx'

/** Seals the vault file with another passphrase. Mount it to open it; what was typed leaves the page's memory with it. */
export function ChangePassphrase({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation('settings')
  const formId = React.useId()
  const [current, setCurrent] = React.useState('')
  const next = useNewPassphrase()
  const { error, isBusy, submit } = useSubmit(async () => {
    await host().secrets.changePassphrase({ current, next: next.value })
    toast({ tone: 'ok', text: t('vault.changed') })
    onClose()
  })
  return (
    <Dialog
      open
      keep
      onOpenChange={onClose}
      size="sm"
      title={t('vault.change')}
      description={t('vault.changeText')}
      foot={
        <Button
          size="lg"
          variant="primary"
          type="submit"
          form={formId}
          disabled={current === '' || isBusy}
        >
          {t('vault.changeDo')}
        </Button>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (next.isReady() && !isBusy) void submit()
        }}
      >
        <Field label={t('vault.current')} error={error}>
          <TextInput
            type={next.isShown ? 'text' : 'password'}
            autoComplete="off"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
        <NewPassphraseFields label={t('vault.next')} passphrase={next} />
      </form>
    </Dialog>
  )
}
