import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import { dialogBox, dialogFrame, dialogScrim } from './dialog-classes.ts'
import { IconButton } from './icon-button.tsx'
import { isShown } from './is-shown.ts'

/** What a dialog takes. */
export interface DialogProps {
  readonly open: boolean
  /** Asked to close: Escape, the close button, or a press outside. */
  readonly onOpenChange: (open: boolean) => void
  readonly title: React.ReactNode
  /** One sentence below the title, read aloud with it. */
  readonly description?: React.ReactNode
  /** At most 400, 560 or 800 px wide. */
  readonly size?: 'sm' | 'md' | 'lg' | undefined
  /** The buttons, right-aligned; the answer last. */
  readonly foot?: React.ReactNode
  /** What gets the focus; the first control by default. */
  readonly initialFocus?: React.RefObject<HTMLElement | null> | undefined
  /** Stays open when one presses outside: for work that would be lost. */
  readonly keep?: boolean | undefined
  readonly children?: React.ReactNode
}

const widths = { sm: 'max-w-[400px]', md: 'max-w-[560px]', lg: 'max-w-[800px]' } as const

/** A window in the window, for one task. What is long scrolls between its head and its foot. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  size = 'md',
  foot,
  initialFocus,
  keep = false,
  children,
}: DialogProps): React.JSX.Element {
  const { t } = useTranslation('ui')
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => onOpenChange(next)}
      disablePointerDismissal={keep}
    >
      <Base.Portal>
        <Base.Backdrop className={dialogScrim} />
        <Base.Viewport className={dialogFrame}>
          <Base.Popup
            {...(initialFocus === undefined ? {} : { initialFocus })}
            className={classNames(dialogBox, widths[size])}
          >
            <Base.Title className="t-16 flex-none pr-8 wrap-anywhere">{title}</Base.Title>
            {isShown(description) && (
              <Base.Description className="flex-none text-ink-2">{description}</Base.Description>
            )}
            {isShown(children) && (
              <div className="scroll -mx-5 flex min-h-0 flex-col gap-3 px-5 py-0.5">{children}</div>
            )}
            {isShown(foot) && (
              <div className="mt-1 flex flex-none flex-wrap justify-end gap-2">{foot}</div>
            )}
            {/* Last, so that the task gets the focus and not the way out of it. */}
            <IconButton
              icon={X}
              label={t('close')}
              className="absolute top-[18px] right-3"
              onClick={() => onOpenChange(false)}
            />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
