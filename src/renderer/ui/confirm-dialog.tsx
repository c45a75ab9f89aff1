import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { CommandLine } from './command-line.tsx'
import { dialogBox, dialogFrame, dialogScrim } from './dialog-classes.ts'
import { isShown } from './is-shown.ts'

/** What a question takes. */
export interface ConfirmDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** The question: `Remove stripe?` */
  readonly title: React.ReactNode
  /** What follows from yes, in a sentence or two. */
  readonly text: React.ReactNode
  /** The command it is about, shown in full. */
  readonly command?: { readonly command: string; readonly args: readonly string[] } | undefined
  /** The verb of the button: `Remove`. */
  readonly confirm: string
  /** `danger`, the default: it destroys something. */
  readonly variant?: 'danger' | 'primary' | undefined
  /** Called after the dialog has begun to close. */
  readonly onConfirm: () => void
  /** More to see or to choose before one answers. */
  readonly children?: React.ReactNode
}

/** A question before something that cannot be taken back. The focus is on Cancel: Enter by accident does nothing. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  text,
  command,
  confirm,
  variant = 'danger',
  onConfirm,
  children,
}: ConfirmDialogProps): React.JSX.Element {
  const { t } = useTranslation('ui')
  const cancel = React.useRef<HTMLButtonElement>(null)
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={dialogScrim} />
        <Base.Viewport className={dialogFrame}>
          <Base.Popup initialFocus={cancel} className={classNames(dialogBox, 'max-w-[480px]')}>
            <Base.Title className="t-16 flex-none wrap-anywhere">{title}</Base.Title>
            <Base.Description className="flex-none text-ink-2">{text}</Base.Description>
            {(command !== undefined || isShown(children)) && (
              <div className="scroll -mx-5 flex min-h-0 flex-col gap-3 px-5 py-0.5">
                {command !== undefined && <CommandLine {...command} />}
                {children}
              </div>
            )}
            <div className="mt-1 flex flex-none flex-wrap justify-end gap-2">
              <Button size="lg" keys="Esc" ref={cancel} onClick={() => onOpenChange(false)}>
                {t('cancel')}
              </Button>
              <Button
                size="lg"
                variant={variant}
                onClick={() => {
                  onOpenChange(false)
                  onConfirm()
                }}
              >
                {confirm}
              </Button>
            </div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
