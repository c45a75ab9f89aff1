import * as React from 'react'
import { classNames } from './class-names.ts'
import { FieldContext } from './field-context.ts'
import type { JsonMark } from './json-editor-props.ts'

/** What an editor for JSON takes. */
export interface JsonEditorProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Read aloud; not needed inside a Field. */
  readonly label?: string | undefined
  /** What someone else found wrong, beside the errors of syntax, which the editor finds itself. */
  readonly marks?: readonly JsonMark[] | undefined
  readonly readOnly?: boolean | undefined
  /** How many lines are visible at least and at most; 6 and 24 by default. */
  readonly minLines?: number | undefined
  readonly maxLines?: number | undefined
  readonly className?: string | undefined
}

const noMarks: readonly JsonMark[] = []

const View = React.lazy(async () => {
  const { JsonEditorView } = await import('./json-editor-view.tsx')
  return { default: JsonEditorView }
})

/**
 * An editor for JSON, with colours, line numbers and marks where it is wrong. It is loaded when first shown, and keeps its
 * height meanwhile. Tab leaves it.
 */
export function JsonEditor({
  value,
  onChange,
  label,
  marks = noMarks,
  readOnly = false,
  minLines = 6,
  maxLines = 24,
  className,
}: JsonEditorProps): React.JSX.Element {
  const field = React.use(FieldContext)
  return (
    <div
      className={classNames(
        'json-editor min-w-0 overflow-hidden rounded-md border bg-control',
        field?.invalid === true ? 'border-bad' : 'border-line-control',
        className,
      )}
      style={{ minHeight: minLines * 20 + 10 }}
    >
      <React.Suspense fallback={null}>
        <View
          value={value}
          onChange={onChange}
          label={label}
          labelledBy={label === undefined ? field?.labelId : undefined}
          describedBy={field?.describedBy}
          marks={marks}
          readOnly={readOnly}
          minLines={minLines}
          maxLines={maxLines}
        />
      </React.Suspense>
    </div>
  )
}
