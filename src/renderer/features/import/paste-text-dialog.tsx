import type { TFunction } from 'i18next'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { withoutKind } from './problem-cases.tsx'
import { faultOfText, type ReadFault } from './use-import-scan.ts'

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
  const [isBusy, setBusy] = React.useState(false)
  const [fault, setFault] = React.useState<ReadFault | null>(null)
  const input = React.useRef<HTMLTextAreaElement>(null)
  const close = () => {
    onOpenChange(false)
    // It may hold secrets: nothing of it stays.
    setText('')
    setAsked(false)
    setFault(null)
  }
  const answer = async () => {
    if (text.trim() === '') return setAsked(true)
    setBusy(true)
    const found = await faultOfText({ name: t('file.pasted'), text })
    setBusy(false)
    setFault(found)
    if (found !== null) return
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
          <Button
            size="lg"
            variant="primary"
            keys="Mod+Enter"
            disabled={isBusy}
            onClick={() => void answer()}
          >
            {t('pasteDialog.read')}
          </Button>
        </>
      }
    >
      <Field
        label={t('pasteDialog.label')}
        error={
          isAsked && text.trim() === ''
            ? t('pasteDialog.empty')
            : fault === null
              ? undefined
              : faultText(fault, t)
        }
      >
        <TextArea
          ref={input}
          mono
          rows={12}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setFault(null)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            if (!isBusy) void answer()
          }}
        />
      </Field>
    </Dialog>
  )
}

function faultText({ problem, failure }: ReadFault, t: TFunction<'import'>): string {
  if (failure !== null)
    return failure.hint === '' ? failure.title : `${failure.title}. ${failure.hint}`
  if (problem === null) return t('pasteDialog.noServers')
  const { line, column, message } = problem
  return line === null || column === null
    ? withoutKind(message)
    : `${t('position', { line, column })} ${withoutKind(message)}`
}
