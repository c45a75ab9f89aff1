import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { thrownText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { toast } from '../../ui/toast.tsx'
import { reaches, rowAtMoment } from './find-moment.ts'
import type { LogFeed } from './log-feed.ts'
import type { LogListHandle } from './log-list.tsx'
import { parseMoment } from './parse-moment.ts'

/** Asks for a time and goes to the line of that time; older pages are loaded up to it, as many as the page keeps. */
export function JumpDialog({
  feed,
  isOpen,
  onClose,
  list,
}: {
  readonly feed: LogFeed
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly list: React.RefObject<LogListHandle | null>
}): React.JSX.Element {
  const { t } = useTranslation('logs')
  const [text, setText] = React.useState('')
  const [isWrong, setWrong] = React.useState(false)
  const jump = async () => {
    const at = parseMoment(text, Date.now())
    setWrong(at === null)
    if (at === null) return
    onClose()
    while (!reaches(feed.lines, at) && feed.canLoadOlder()) await feed.loadOlder()
    if (feed.lines.length === 0) return
    if (!reaches(feed.lines, at) && feed.lines.room === 0)
      toast({ tone: 'wait', text: t('jump.tooFar') })
    list.current?.reveal(rowAtMoment(feed.lines, at))
    list.current?.focus()
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      size="sm"
      title={t('command.jump')}
      foot={
        <Button variant="primary" size="lg" type="submit" form="logs-jump">
          {t('jump.button')}
        </Button>
      }
    >
      <form
        id="logs-jump"
        onSubmit={(event) => {
          event.preventDefault()
          jump().catch((thrown: unknown) => toast({ tone: 'bad', text: thrownText(thrown).title }))
        }}
      >
        <Field label={t('jump.label')} hint={t('jump.hint')} error={isWrong && t('jump.wrong')}>
          <TextInput mono value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  )
}
