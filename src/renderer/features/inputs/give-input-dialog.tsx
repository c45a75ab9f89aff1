import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/shallow'
import type { ServerId } from '../../../shared/domain/ids.ts'
import type { ServerView } from '../../../shared/domain/server-view.ts'
import { host } from '../../host/connection.ts'
import { useServer, useServers } from '../../host/servers.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useSubmit } from '../../ui/use-submit.ts'
import { askedInputs, sharingServers } from './asked-inputs.ts'
import { InputControl, useInputHint } from './input-control.tsx'

/** What the dialog takes. */
export interface GiveInputDialogProps {
  readonly serverId: ServerId
  readonly onClose: () => void
}

/** Asks for the inputs that a server waits for, which starts with them. Mount it to open it. */
export function GiveInputDialog({
  serverId,
  onClose,
}: GiveInputDialogProps): React.JSX.Element | null {
  const server = useServer(serverId)
  return server === undefined ? null : <Asking server={server} onClose={onClose} />
}

function Asking({
  server,
  onClose,
}: {
  readonly server: ServerView
  readonly onClose: () => void
}): React.JSX.Element {
  const { t } = useTranslation('inputs')
  const formId = React.useId()
  // As they were asked for: what is given elsewhere meanwhile must not take a field away.
  const [inputs] = React.useState(() => askedInputs(server))
  const [values, setValues] = React.useState<ReadonlyMap<string, string>>(new Map())
  const [isTried, setTried] = React.useState(false)
  const hintOf = useInputHint()
  const { id, name } = server.definition
  const valueOf = (inputId: string) => values.get(inputId) ?? ''
  const isComplete = inputs.every((input) => valueOf(input.id) !== '')
  const sharing = useServers(
    useShallow((state) => sharingServers(server, state.byId.values(), inputs)),
  )
  const { error, isBusy, submit } = useSubmit(async () => {
    await host().servers.edit({ id, patch: { inputValues: Object.fromEntries(values) } })
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
      description={
        sharing.length === 0 ? t('text') : t('textShared', { names: sharing.join(', ') })
      }
      foot={
        <>
          <Button size="lg" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button size="lg" variant="primary" type="submit" form={formId} disabled={isBusy}>
            {t('store')}
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
          if (isComplete) void submit()
        }}
      >
        {inputs.map((input, index) => (
          <Field
            key={input.id}
            label={input.id}
            code
            hint={hintOf(input)}
            error={
              isTried && valueOf(input.id) === ''
                ? t('empty')
                : index === inputs.length - 1
                  ? error
                  : null
            }
          >
            <InputControl
              input={input}
              value={valueOf(input.id)}
              onChange={(value) => setValues(new Map(values).set(input.id, value))}
            />
          </Field>
        ))}
      </form>
    </Dialog>
  )
}
