import type * as React from 'react'
import { classNames } from './class-names.ts'

/** Looks like a link in running text and does something here; 24 px high so that it can be hit. */
export function LinkButton({
  className,
  children,
  ...props
}: Omit<React.ComponentProps<'button'>, 'type'>): React.JSX.Element {
  return (
    <button
      {...props}
      type="button"
      className={classNames(
        'inline-flex h-6 items-center rounded-sm font-normal text-accent underline decoration-current/40 underline-offset-3 hover:decoration-current disabled:text-ink-3 disabled:no-underline',
        className,
      )}
    >
      {children}
    </button>
  )
}
