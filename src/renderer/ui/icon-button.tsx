import type { LucideIcon } from 'lucide-react'
import type * as React from 'react'
import { type ButtonVariant, buttonClasses } from './button.tsx'
import { classNames } from './class-names.ts'
import { Tooltip } from './tooltip.tsx'

/** What an icon button takes beside the attributes of the element. */
export interface IconButtonProps
  extends Omit<React.ComponentProps<'button'>, 'type' | 'children' | 'aria-label'> {
  /** What it does: read aloud, and shown as its tooltip. */
  readonly label: string
  readonly icon: LucideIcon
  /** A shortcut shown in the tooltip. */
  readonly keys?: string | undefined
  readonly variant?: ButtonVariant | undefined
  /** 24 or 28 px square. */
  readonly size?: 'sm' | 'md' | undefined
}

/** A button that is an icon alone; its tooltip says what it does. */
export function IconButton({
  label,
  icon: Icon,
  keys,
  variant = 'ghost',
  size = 'md',
  className,
  ...props
}: IconButtonProps): React.JSX.Element {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        {...props}
        type="button"
        aria-label={label}
        className={classNames(
          buttonClasses(variant),
          size === 'sm' ? 'size-6 rounded-sm' : 'size-7 rounded-md',
          className,
        )}
      >
        <Icon size={size === 'sm' ? 14 : 16} strokeWidth={1.75} aria-hidden />
      </button>
    </Tooltip>
  )
}
