import type * as React from 'react'
import { classNames } from './class-names.ts'

/** What is true: `on` runs, `off` does not, `pending` on its way up, `leaving` on its way down. */
export type SwitchFact = 'on' | 'off' | 'pending' | 'leaving'

/** What a server's switch takes. */
export interface ServerSwitchProps
  extends Omit<React.ComponentProps<'button'>, 'type' | 'onChange' | 'children'> {
  /** What a person asked for: the position of the knob. */
  readonly asked: boolean
  /** What is true: the fill. */
  readonly fact: SwitchFact
  /** What is switched, read aloud: the name of the server. */
  readonly label: string
  /** The position that is asked for now. */
  readonly onChange: (asked: boolean) => void
}

/** The switch of a server: it says what was asked for and what is true at once, and never claims more. */
export function ServerSwitch({
  asked,
  fact,
  label,
  onChange,
  className,
  onClick,
  ...props
}: ServerSwitchProps): React.JSX.Element {
  return (
    <button
      {...props}
      type="button"
      role="switch"
      aria-checked={asked}
      aria-label={label}
      aria-busy={fact === 'pending' || fact === 'leaving'}
      data-fact={fact}
      className={classNames('switch', className)}
      onClick={(event) => {
        onClick?.(event)
        if (!event.defaultPrevented) onChange(!asked)
      }}
    />
  )
}
