import type * as React from 'react'
import { classNames } from './class-names.ts'
import { controlBox, readOnlyBox } from './control-classes.ts'
import { useFieldAttributes } from './field-context.ts'

/** What a text input takes beside the attributes of the element. */
export interface TextInputProps extends React.ComponentProps<'input'> {
  /** Monospace: paths, commands, addresses. */
  readonly mono?: boolean | undefined
}

/** A line of text, as wide as its place. Inside a Field it is tied to label, hint and error. */
export function TextInput({
  mono = false,
  className,
  ...props
}: TextInputProps): React.JSX.Element {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...useFieldAttributes()}
      {...props}
      className={classNames(
        controlBox,
        readOnlyBox,
        'h-7 w-full px-2',
        mono ? 'mono-12' : 't-13',
        className,
      )}
    />
  )
}
