import type { LucideIcon } from 'lucide-react'
import type * as React from 'react'
import { classNames } from './class-names.ts'
import { Keys } from './keys.tsx'

/** `outline`: most. `primary`: the one answer of a region. `danger`: destroys. `ghost`: secondary, bare until touched. */
export type ButtonVariant = 'outline' | 'primary' | 'danger' | 'ghost'
/** 24, 28 and 32 px high: in rows, in bars, in dialogs. */
export type ButtonSize = 'sm' | 'md' | 'lg'

/** What a button takes beside the attributes of the element. */
export interface ButtonProps extends Omit<React.ComponentProps<'button'>, 'type'> {
  readonly variant?: ButtonVariant | undefined
  readonly size?: ButtonSize | undefined
  /** Before the text. */
  readonly icon?: LucideIcon | undefined
  /** A shortcut shown after the text, such as `Mod+Enter`. Only shown: whoever owns the key listens for it. */
  readonly keys?: string | undefined
  readonly type?: 'button' | 'submit' | undefined
}

const variants: Record<ButtonVariant, string> = {
  outline:
    'border-line-strong bg-control text-ink enabled:hover:bg-hover enabled:hover:border-line-control enabled:active:bg-selected data-popup-open:bg-selected disabled:border-line disabled:bg-sunken disabled:text-ink-3',
  primary:
    'border-transparent bg-accent-solid text-on-accent enabled:hover:bg-accent-press enabled:active:bg-accent-press disabled:bg-track disabled:text-ink-3',
  danger:
    'border-transparent bg-bad-solid text-on-accent enabled:hover:brightness-92 enabled:active:brightness-84 disabled:bg-track disabled:text-ink-3',
  ghost:
    'border-transparent bg-transparent text-ink-2 enabled:hover:bg-ink/6 enabled:active:bg-ink/10 data-popup-open:bg-ink/10 disabled:text-ink-3',
}

const sizes: Record<ButtonSize, string> = {
  sm: 'h-6 rounded-sm px-2 t-12',
  md: 'h-7 rounded-md px-3 t-13',
  lg: 'h-8 rounded-md px-4 t-13',
}

/** The classes of a button without its padding and height: for parts that are pressed and have another shape. */
export function buttonClasses(variant: ButtonVariant): string {
  return classNames(
    'inline-flex flex-none items-center justify-center gap-1 border font-medium whitespace-nowrap select-none',
    'transition-colors duration-(--fast) ease-out disabled:opacity-72',
    variants[variant],
  )
}

/** A button with a verb as its text. For an icon alone there is IconButton. */
export function Button({
  variant = 'outline',
  size = 'md',
  icon: Icon,
  keys,
  type = 'button',
  className,
  children,
  ...props
}: ButtonProps): React.JSX.Element {
  return (
    <button
      {...props}
      type={type}
      className={classNames(buttonClasses(variant), sizes[size], className)}
    >
      {Icon !== undefined && (
        <Icon
          size={size === 'sm' ? 14 : 16}
          strokeWidth={1.75}
          className={classNames('flex-none', size !== 'sm' && '-ml-1')}
          aria-hidden
        />
      )}
      {children}
      {keys !== undefined && (
        <Keys
          keys={keys}
          inherit={variant === 'primary' || variant === 'danger'}
          className="ml-0.5 -mr-1"
        />
      )}
    </button>
  )
}
