import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { TextArea } from '../../ui/text-area.tsx'

/** Takes a pasted configuration. */
export function PasteTextDialog({
  open,
  onOpenChange,
  onText,
}: {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onText: (text: string) => void
}): React.JSX.Element {
  const { t } = useTranslation('import')
  const [text, setText] = React.useState('')
  const [isAsked, setAsked] = React.useState(false)
  const input = React.useRef<HTMLTextAreaElement>(null)
  const close = () => {
    onOpenChange(false)
    // It may hold secrets: nothing of it stays.
    setText('')
    setAsked(false)
  }
  const answer = () => {
    if (text.trim() === '') return setAsked(true)
    onText(text)
    close()
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={t('pasteDialog.title')}
      description={t('pasteDialog.text')}
      initialFocus={input}
      keep={text !== ''}
      foot={
        <>
          <Button size="lg" onClick={close}>
            {t('pasteDialog.cancel')}
          </Button>
          <Button size="lg" variant="primary" keys="Mod+Enter" onClick={answer}>
            {t('pasteDialog.read')}
          </Button>
        </>
      }
    >
      <Field
        label={t('pasteDialog.label')}
        error={isAsked && text.trim() === '' ? t('pasteDialog.empty') : undefined}
      >
        <TextArea
          ref={input}
          mono
          rows={12}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            answer()
          }}
        />
      </Field>
    </Dialog>
  )
}
