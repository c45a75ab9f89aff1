import * as React from 'react'
import { NumberInput } from '../../ui/number-input.tsx'
import { Setting } from './setting.tsx'

/** A number that is stored when the input is left or Enter is pressed, not at each digit. */
export function NumberSetting({
  label,
  hint,
  value,
  min,
  max,
  unit,
  placeholder,
  plain = false,
  optional = false,
  onChange,
}: {
  readonly label: string
  readonly hint: string
  readonly value: number | null
  readonly min: number
  readonly max: number
  readonly unit?: string
  readonly placeholder?: string
  /** Written without separators: a port. */
  readonly plain?: boolean
  /** Whether it may be empty; else an empty input goes back to what it was. */
  readonly optional?: boolean
  readonly onChange: (value: number | null) => void
}): React.JSX.Element {
  const [typed, setTyped] = React.useState(value)
  const [stored, setStored] = React.useState(value)
  if (stored !== value) {
    // Changed elsewhere, or the host took the change over: show what is true.
    setStored(value)
    setTyped(value)
  }
  const commit = (): void => {
    if (typed === null && !optional) setTyped(value)
    else if (typed !== value) onChange(typed === null ? null : Math.min(max, Math.max(min, typed)))
  }
  return (
    <Setting label={label} hint={hint}>
      <div
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit()
        }}
      >
        <NumberInput
          label={label}
          value={typed}
          onChange={setTyped}
          min={min}
          max={max}
          unit={unit}
          placeholder={placeholder}
          format={plain ? { useGrouping: false } : undefined}
          className="w-40"
        />
      </div>
    </Setting>
  )
}
