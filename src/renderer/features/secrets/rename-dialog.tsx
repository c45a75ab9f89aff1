import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { type SecretName, secretNameSchema } from '../../../shared/domain/ids.ts'
import { go } from '../../app/route.ts'
import { host } from '../../host/connection.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { toast } from '../../ui/toast.tsx'
import { useSubmit } from '../../ui/use-submit.ts'

/** Asks for another name of a secret. Mount it to open it. */
export function RenameDialog({
  name,
  onClose,
}: {
  readonly name: SecretName
  readonly onClose: () => void
}): React.JSX.Element {
  const { t } = useTranslation('secrets')
  const formId = React.useId()
  const [to, setTo] = React.useState<string>(name)
  const [isTried, setTried] = React.useState(false)
  const parsed = secretNameSchema.safeParse(to.trim())
  const { error, isBusy, submit } = useSubmit(async () => {
    if (!parsed.success) return
    await host().secrets.rename({ name, to: parsed.data })
    toast({ tone: 'ok', text: t('done.renamed', { name: parsed.data }) })
    go({ page: 'secrets', name: parsed.data }, { replace: true })
    onClose()
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={t('form.renameTitle', { name })}
      description={t('form.renameText')}
      foot={
        <>
          <Button size="lg" onClick={onClose}>
            {t('form.cancel')}
          </Button>
          <Button size="lg" variant="primary" type="submit" form={formId} disabled={isBusy}>
            {t('form.rename')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (parsed.success) void submit()
        }}
      >
        <Field
          label={t('form.newName')}
          hint={t('form.nameHint')}
          error={isTried && !parsed.success ? t('form.nameWrong') : error}
        >
          <TextInput mono value={to} onChange={(event) => setTo(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  )
}
