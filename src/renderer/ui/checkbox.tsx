import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check, Minus } from 'lucide-react'
import * as React from 'react'
import { classNames } from './class-names.ts'
import { FieldContext, useFieldAttributes } from './field-context.ts'

/** What a checkbox takes. */
export interface CheckboxProps {
  readonly checked: boolean
  /** Some of what it stands for is checked. */
  readonly indeterminate?: boolean | undefined
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean | undefined
  /** Read aloud when there is no text beside it and no Field around it. */
  readonly label?: string | undefined
  readonly className?: string | undefined
  /** The text beside it, which checks it too. */
  readonly children?: React.ReactNode
}

/** A checkbox: 16 px to see, 24 px to hit. */
export function Checkbox({
  checked,
  indeterminate = false,
  onChange,
  disabled = false,
  label,
  className,
  children,
}: CheckboxProps): React.JSX.Element {
  const labelId = React.useId()
  const field = React.use(FieldContext)
  const attributes = useFieldAttributes()
  const hasText = children !== undefined && children !== null
  const namedBy = hasText ? labelId : label === undefined ? field?.labelId : undefined
  const box = (
    <Base.Root
      {...attributes}
      checked={checked}
      indeterminate={indeterminate}
      onCheckedChange={onChange}
      disabled={disabled}
      aria-label={label}
      {...(namedBy === undefined ? {} : { 'aria-labelledby': namedBy })}
      className={classNames(
        'group grid size-6 flex-none place-items-center rounded-sm data-disabled:opacity-56',
        className,
      )}
    >
      <span className="grid size-4 place-items-center rounded-sm border border-line-control bg-control text-on-accent group-data-checked:border-accent-solid group-data-checked:bg-accent-solid group-data-indeterminate:border-accent-solid group-data-indeterminate:bg-accent-solid">
        <Base.Indicator>
          {indeterminate ? (
            <Minus size={12} strokeWidth={3} aria-hidden />
          ) : (
            <Check size={12} strokeWidth={3} aria-hidden />
          )}
        </Base.Indicator>
      </span>
    </Base.Root>
  )
  if (!hasText) return box
  return (
    <label className="-ml-1 inline-flex min-w-0 items-start gap-1">
      {box}
      <span id={labelId} className="min-w-0 py-0.5">
        {children}
      </span>
    </label>
  )
}
