import { X } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './icon-button.tsx'
import { isShown } from './is-shown.ts'

/** What a detail pane takes. */
export interface PaneProps {
  readonly title: React.ReactNode
  /** Before the title: a glyph. */
  readonly lead?: React.ReactNode
  /** After the title, quieter: `2 min ago`. */
  readonly note?: React.ReactNode
  /** Buttons before the close button. */
  readonly actions?: React.ReactNode
  readonly onClose: () => void
  /** Tabs, or a PaneBody. */
  readonly children: React.ReactNode
}

/** The details of what is chosen, at the right of a list. Below 760 px it lies over the list. */
export function Pane({
  title,
  lead,
  note,
  actions,
  onClose,
  children,
}: PaneProps): React.JSX.Element {
  const { t } = useTranslation('ui')
  const titleId = React.useId()
  return (
    <aside
      aria-labelledby={titleId}
      className="flex min-h-0 w-(--w-pane) flex-none flex-col border-l border-line bg-bg max-low:absolute max-low:inset-y-0 max-low:right-0 max-low:z-10 max-low:w-[min(100%,400px)] max-low:shadow-pop"
    >
      <div className="flex h-11 flex-none items-center gap-2 pr-2 pl-4">
        {lead}
        <h2 id={titleId} title={typeof title === 'string' ? title : undefined} className="t-14 cut">
          {title}
        </h2>
        {isShown(note) && <span className="t-12 flex-none text-ink-3">{note}</span>}
        <span className="ml-auto flex flex-none items-center gap-1">
          {actions}
          <IconButton icon={X} label={t('close')} keys="Esc" onClick={onClose} />
        </span>
      </div>
      {children}
    </aside>
  )
}

/** The padded, scrolling content of a pane or a tab in it: sections under each other. */
export function PaneBody({ children }: { readonly children: React.ReactNode }): React.JSX.Element {
  return <div className="scroll flex min-h-0 flex-1 flex-col gap-5 p-4">{children}</div>
}
