import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { minPassphraseLength } from '../../../shared/domain/vault-passphrase.ts'
import { host } from '../../host/connection.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { toast } from '../../ui/toast.tsx'
import { useSubmit } from '../../ui/use-submit.ts'
import { newPassphraseProblem } from './new-passphrase.ts'

/** Seals the vault file with another passphrase. Mount it to open it; what was typed leaves the page's memory with it. */
export function ChangePassphrase({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation('settings')
  const formId = React.useId()
  const [current, setCurrent] = React.useState('')
  const [next, setNext] = React.useState('')
  const [repeated, setRepeated] = React.useState('')
  const [isShown, setShown] = React.useState(false)
  const [isTried, setTried] = React.useState(false)
  const { error, isBusy, submit } = useSubmit(async () => {
    await host().secrets.changePassphrase({ current, next })
    toast({ tone: 'ok', text: t('vault.changed') })
    onClose()
  })
  const problem = newPassphraseProblem(next, repeated)
  const shown = isTried ? problem : null
  const type = isShown ? 'text' : 'password'
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
          setTried(true)
          if (problem === null && !isBusy) void submit()
        }}
      >
        <Field label={t('vault.current')} error={error}>
          <TextInput
            type={type}
            autoComplete="off"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
        <Field
          label={t('vault.next')}
          hint={t('vault.createHint', { min: minPassphraseLength })}
          error={shown === 'short' ? t('vault.short', { min: minPassphraseLength }) : null}
        >
          <TextInput
            type={type}
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        </Field>
        <Field label={t('vault.repeat')} error={shown === 'differs' ? t('vault.differs') : null}>
          <TextInput
            type={type}
            autoComplete="new-password"
            value={repeated}
            onChange={(event) => setRepeated(event.target.value)}
          />
        </Field>
        <Checkbox checked={isShown} onChange={setShown}>
          {t('vault.show')}
        </Checkbox>
      </form>
    </Dialog>
  )
}
