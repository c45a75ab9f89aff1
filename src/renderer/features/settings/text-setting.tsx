import * as React from 'react'
import { TextInput } from '../../ui/text-input.tsx'
import { Setting } from './setting.tsx'

/**
 * A line of text that is stored when the input is left or Enter is pressed; empty: none. What cannot be stored stays as it was
 * typed, and a line says why.
 */
export function TextSetting({
  label,
  hint,
  value,
  fault,
  placeholder,
  onChange,
}: {
  readonly label: string
  readonly hint: string
  readonly value: string | null
  /** What is wrong with a text; null: nothing. */
  readonly fault: (text: string) => string | null
  readonly placeholder?: string
  readonly onChange: (value: string | null) => void
}): React.JSX.Element {
  const [typed, setTyped] = React.useState(value ?? '')
  const [stored, setStored] = React.useState(value)
  const [error, setError] = React.useState<string | null>(null)
  if (stored !== value) {
    // Changed elsewhere, or the host took the change over: show what is true.
    setStored(value)
    setTyped(value ?? '')
    setError(null)
  }
  const commit = (): void => {
    const text = typed.trim()
    const found = text === '' ? null : fault(text)
    setError(found)
    if (found === null && text !== (value ?? '')) onChange(text === '' ? null : text)
  }
  return (
    <Setting label={label} hint={hint} error={error}>
      <TextInput
        mono
        value={typed}
        placeholder={placeholder}
        className="w-64"
        onChange={(event) => {
          setTyped(event.target.value)
          setError(null)
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit()
        }}
      />
    </Setting>
  )
}
