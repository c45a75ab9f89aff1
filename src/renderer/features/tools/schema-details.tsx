import * as React from 'react'
import { JsonView } from '../../ui/json-view.tsx'
import type { Schema } from './schema-form/field.ts'

/** A schema as JSON, closed until someone asks. */
export function SchemaDetails({
  title,
  schema,
}: {
  readonly title: string
  readonly schema: Schema
}): React.JSX.Element {
  const [isOpen, setOpen] = React.useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="t-12 min-h-6 rounded-sm py-1 font-semibold text-ink-2 select-none">
        {title}
      </summary>
      {isOpen && <JsonView value={schema} label={title} openLevels={4} className="mt-1" />}
    </details>
  )
}
