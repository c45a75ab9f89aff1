import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { parseSnippet } from './parse-snippet.ts'
import type { SnippetServer } from './snippet-server.ts'

/** Takes a configuration from a README and fills the form with it; several servers go to the import screen. */
export function PasteDialog({
  open,
  onOpenChange,
  onFill,
  onImport,
}: {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onFill: (server: SnippetServer) => void
  readonly onImport: (text: string) => void
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const [text, setText] = React.useState('')
  const [isAsked, setAsked] = React.useState(false)
  const input = React.useRef<HTMLTextAreaElement>(null)
  const snippet = parseSnippet(text)
  const close = () => {
    onOpenChange(false)
    // It may hold secrets: nothing of it stays.
    setText('')
    setAsked(false)
  }
  const answer = () => {
    if (snippet.kind === 'server') onFill(snippet.server)
    else if (snippet.kind === 'several') onImport(text)
    else return setAsked(true)
    close()
  }
  const isFault = snippet.kind === 'unknown' && isAsked
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={t('paste.title')}
      description={t('paste.text')}
      initialFocus={input}
      keep={text !== ''}
      foot={
        <>
          <Button size="lg" onClick={close}>
            {t('cancel')}
          </Button>
          <Button size="lg" variant="primary" keys="Mod+Enter" onClick={answer}>
            {t(snippet.kind === 'several' ? 'paste.import' : 'paste.fill')}
          </Button>
        </>
      }
    >
      <Field
        label={t('paste.label')}
        error={isFault ? t(`paste.unknown.${snippet.why}`) : undefined}
        hint={snippet.kind === 'several' ? t('paste.several', { count: snippet.count }) : undefined}
      >
        <TextArea
          ref={input}
          mono
          rows={10}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            answer()
          }}
          onDrop={(event) => {
            const file = event.dataTransfer.files[0]
            if (file === undefined) return
            event.preventDefault()
            void file.text().then(setText)
          }}
        />
      </Field>
    </Dialog>
  )
}
