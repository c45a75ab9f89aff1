import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import * as React from 'react'
import { classNames } from './class-names.ts'
import { controlBox, popupBox, popupItem } from './control-classes.ts'
import { FieldContext, useFieldAttributes } from './field-context.ts'

/** One choice of a select. */
export interface SelectOption<V extends string> {
  readonly value: V
  readonly label: string
  /** A second, quieter text in the list. */
  readonly hint?: string | undefined
  readonly disabled?: boolean | undefined
}

/** What a select takes. */
export interface SelectProps<V extends string> {
  readonly options: readonly SelectOption<V>[]
  /** Null while nothing is chosen. */
  readonly value: V | null
  readonly onChange: (value: V) => void
  /** Read aloud; not needed inside a Field. */
  readonly label?: string | undefined
  /** Shown while nothing is chosen. */
  readonly placeholder?: string | undefined
  readonly size?: 'sm' | 'md' | undefined
  readonly mono?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly className?: string | undefined
}

/** One of a few values, chosen from a list. Typing jumps to a value. */
export function Select<V extends string>({
  options,
  value,
  onChange,
  label,
  placeholder,
  size = 'md',
  mono = false,
  disabled = false,
  className,
}: SelectProps<V>): React.JSX.Element {
  const field = React.use(FieldContext)
  const { id, ...attributes } = useFieldAttributes()
  return (
    <Base.Root
      {...(id === undefined ? {} : { id })}
      items={options}
      value={value}
      onValueChange={(next: V | null) => {
        if (next !== null) onChange(next)
      }}
      disabled={disabled}
    >
      <Base.Trigger
        {...attributes}
        aria-label={label}
        {...(label === undefined && field !== null ? { 'aria-labelledby': field.labelId } : {})}
        className={classNames(
          controlBox,
          'inline-flex items-center gap-2 pr-1 pl-2 text-left',
          size === 'sm' ? 't-12 h-6 rounded-sm font-medium' : 'h-7',
          size === 'md' && (mono ? 'mono-12' : 't-13'),
          className,
        )}
      >
        <Base.Value placeholder={placeholder} className="cut flex-1 data-placeholder:text-ink-3" />
        <Base.Icon className="flex-none text-ink-3">
          <ChevronsUpDown size={14} strokeWidth={1.75} aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          alignItemWithTrigger={false}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50"
        >
          <Base.Popup className={classNames(popupBox, 'scroll min-w-(--anchor-width)')}>
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className={classNames(popupItem, mono ? 'mono-12' : 't-13')}
              >
                <Base.ItemText className="flex-none">{option.label}</Base.ItemText>
                {option.hint !== undefined && (
                  <span className="t-12 min-w-0 text-ink-3">{option.hint}</span>
                )}
                <span className="ml-auto size-4 flex-none">
                  <Base.ItemIndicator>
                    <Check size={16} strokeWidth={1.75} aria-hidden />
                  </Base.ItemIndicator>
                </span>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
