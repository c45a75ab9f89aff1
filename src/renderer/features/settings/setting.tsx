import type * as React from 'react'

/** One setting: its name and what it means at the left, its control at the right. */
export function Setting({
  label,
  hint,
  id,
  children,
}: {
  readonly label: string
  readonly hint?: string | undefined
  /** Of the control, which the label names. */
  readonly id?: string | undefined
  readonly children: React.ReactNode
}): React.JSX.Element {
  const Label = id === undefined ? 'span' : 'label'
  return (
    <div className="flex min-h-(--h-lg) flex-wrap items-start justify-between gap-x-6 gap-y-1 py-1">
      <div className="min-w-0 flex-1 basis-60">
        <Label {...(id === undefined ? {} : { htmlFor: id })} className="font-medium">
          {label}
        </Label>
        {hint !== undefined && <p className="t-12 text-ink-3">{hint}</p>}
      </div>
      <div className="flex min-w-0 flex-none items-center">{children}</div>
    </div>
  )
}
