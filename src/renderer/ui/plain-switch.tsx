import type * as React from 'react'
import { classNames } from './class-names.ts'
import { useFieldAttributes } from './field-context.ts'

/** What a plain switch takes. */
export interface PlainSwitchProps
  extends Omit<React.ComponentProps<'button'>, 'type' | 'onChange' | 'children' | 'aria-label'> {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  /** Read aloud; not needed inside a Field, whose label names it. */
  readonly label?: string | undefined
}

/** A switch for a setting: true the moment it is pressed. */
export function PlainSwitch({
  checked,
  onChange,
  label,
  className,
  ...props
}: PlainSwitchProps): React.JSX.Element {
  const { 'aria-required': _required, ...field } = useFieldAttributes()
  return (
    <button
      {...field}
      {...props}
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      data-fact={checked ? 'on' : 'off'}
      className={classNames('switch', className)}
      onClick={() => onChange(!checked)}
    />
  )
}
