import { NumberField } from '@base-ui/react/number-field'
import type * as React from 'react'
import { classNames } from './class-names.ts'
import { controlBox } from './control-classes.ts'
import { useFieldAttributes } from './field-context.ts'

/** What a number input takes. */
export interface NumberInputProps {
  /** Null while it is empty. */
  readonly value: number | null
  /** The number typed or stepped to; kept within min and max when the input is left. */
  readonly onChange: (value: number | null) => void
  readonly min?: number | undefined
  readonly max?: number | undefined
  /** What an arrow key adds; 1 by default. Shift adds ten times that. */
  readonly step?: number | undefined
  /** After the number: `s`, `MB`. */
  readonly unit?: string | undefined
  /** How it is written; in the person's language by default. */
  readonly format?: Intl.NumberFormatOptions | undefined
  /** Read aloud; not needed inside a Field. */
  readonly label?: string | undefined
  readonly disabled?: boolean | undefined
  readonly placeholder?: string | undefined
  /** The input was left, or Enter was pressed: what stands in it is meant. */
  readonly onCommit?: (() => void) | undefined
  /** What is typed may lie outside of min and max, so that the field can say so; by default it is brought within. */
  readonly allowOutOfRange?: boolean | undefined
  /** A character was typed that no number has; it is not taken. Called with false at the next change. */
  readonly onRefuse?: ((isRefused: boolean) => void) | undefined
  readonly className?: string | undefined
}

/** A number: the arrow keys step it, Page Up and Down and Shift in tens. */
export function NumberInput({
  value,
  onChange,
  min,
  max,
  step = 1,
  unit,
  format,
  label,
  disabled = false,
  placeholder,
  onCommit,
  allowOutOfRange = false,
  onRefuse,
  className,
}: NumberInputProps): React.JSX.Element {
  const { id, ...field } = useFieldAttributes()
  return (
    <NumberField.Root
      {...(id === undefined ? {} : { id })}
      value={value}
      onValueChange={(next) => {
        onRefuse?.(false)
        onChange(next)
      }}
      allowOutOfRange={allowOutOfRange}
      min={min}
      max={max}
      step={step}
      largeStep={step * 10}
      format={format}
      disabled={disabled}
      className={classNames('relative block min-w-0', className)}
    >
      <NumberField.Input
        {...field}
        aria-label={label}
        placeholder={placeholder}
        onBlur={onCommit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onCommit?.()
          const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
          if (isText && /\p{L}/u.test(event.key)) onRefuse?.(true)
        }}
        className={classNames(
          controlBox,
          't-13 h-7 w-full pl-2 tabular-nums',
          unit === undefined ? 'pr-2' : 'pr-10',
        )}
      />
      {unit !== undefined && (
        <span className="t-12 pointer-events-none absolute top-1.5 right-2 text-ink-3">{unit}</span>
      )}
    </NumberField.Root>
  )
}
