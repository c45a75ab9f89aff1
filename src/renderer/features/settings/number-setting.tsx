import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../ui/format.ts'
import { NumberInput } from '../../ui/number-input.tsx'
import { Setting } from './setting.tsx'

/**
 * A whole number that is stored when the input is left or Enter is pressed, not at each digit. What cannot be stored stays as
 * it was typed, and a line says why.
 */
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
  /** Whether it may be empty. */
  readonly optional?: boolean
  readonly onChange: (value: number | null) => void
}): React.JSX.Element {
  const { t } = useTranslation('settings')
  const [typed, setTyped] = React.useState(value)
  const [stored, setStored] = React.useState(value)
  const [isWrong, setIsWrong] = React.useState(false)
  if (stored !== value) {
    // Changed elsewhere, or the host took the change over: show what is true.
    setStored(value)
    setTyped(value)
    setIsWrong(false)
  }
  const type = (next: number | null): void => {
    setTyped(next)
    setIsWrong(false)
  }
  const commit = (): void => {
    const fits = typed === null ? optional : Number.isInteger(typed) && typed >= min && typed <= max
    setIsWrong(!fits)
    if (fits && typed !== value) onChange(typed)
  }
  const write = plain ? String : formatNumber
  return (
    <Setting
      label={label}
      hint={hint}
      error={isWrong ? t('range', { min: write(min), max: write(max) }) : null}
    >
      <NumberInput
        value={typed}
        onChange={type}
        onCommit={commit}
        unit={unit}
        placeholder={placeholder}
        format={plain ? { useGrouping: false } : undefined}
        className="w-40"
      />
    </Setting>
  )
}
