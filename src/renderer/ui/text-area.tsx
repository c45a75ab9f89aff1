import type * as React from 'react'
import { classNames } from './class-names.ts'
import { controlBox, readOnlyBox } from './control-classes.ts'
import { useFieldAttributes } from './field-context.ts'

/** What a text area takes beside the attributes of the element. */
export interface TextAreaProps extends React.ComponentProps<'textarea'> {
  /** Monospace: commands, several lines of code. */
  readonly mono?: boolean | undefined
}

/** Several lines of text; grows with them, up to 320 px, and can be pulled taller. */
export function TextArea({
  mono = false,
  rows = 3,
  className,
  ...props
}: TextAreaProps): React.JSX.Element {
  return (
    <textarea
      autoComplete="off"
      spellCheck={false}
      rows={rows}
      // A height that follows the content starts from one line, whatever `rows` says.
      style={{ minHeight: rows * 20 + 10 }}
      {...useFieldAttributes()}
      {...props}
      className={classNames(
        controlBox,
        readOnlyBox,
        'scroll block field-sizing-content max-h-80 w-full resize-y px-2 py-1',
        mono ? 'mono-12' : 't-13',
        className,
      )}
    />
  )
}
