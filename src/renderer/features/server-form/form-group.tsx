import * as React from 'react'

/** A titled group of inputs that belong together, with a hint. */
export function FormGroup({
  label,
  hint,
  children,
}: {
  readonly label: string
  readonly hint?: string | undefined
  readonly children: React.ReactNode
}): React.JSX.Element {
  const hintId = React.useId()
  return (
    <fieldset
      className="flex min-w-0 flex-col gap-1"
      {...(hint === undefined ? {} : { 'aria-describedby': hintId })}
    >
      <legend className="mb-1 font-medium">{label}</legend>
      {children}
      {hint !== undefined && (
        <p id={hintId} className="t-12 text-ink-3">
          {hint}
        </p>
      )}
    </fieldset>
  )
}
