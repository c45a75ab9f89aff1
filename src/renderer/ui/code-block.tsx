import type * as React from 'react'
import { classNames } from './class-names.ts'
import { CopyButton } from './copy-button.tsx'

/** What a block of code takes. */
export interface CodeBlockProps {
  /** The text as it is copied. Empty where `ref` fills the block. */
  readonly text?: string
  /** The block itself, for a text that must not go through React. */
  readonly ref?: React.Ref<HTMLPreElement>
  /** What it is; read aloud where it scrolls. */
  readonly label?: string | undefined
  /** What is shown in place of the text: the same, coloured or broken into lines. */
  readonly children?: React.ReactNode
  readonly copy?: boolean | undefined
  /** Off: long lines scroll sideways instead of wrapping, as a file does. */
  readonly wrap?: boolean | undefined
  readonly className?: string | undefined
}

/** Literal text: a command, a file, an answer. Long lines wrap; nothing is cut. */
export function CodeBlock({
  text = '',
  ref,
  label,
  children,
  copy = true,
  wrap = true,
  className,
}: CodeBlockProps): React.JSX.Element {
  return (
    <div className="relative min-w-0 flex-none">
      {/* What scrolls must be reachable by keyboard. */}
      <pre
        ref={ref}
        {...(wrap ? {} : { tabIndex: 0, role: 'group' })}
        aria-label={wrap ? undefined : label}
        className={classNames(
          'mono-12 scroll rounded-md border border-line bg-sunken px-[11px] py-[7px] text-ink',
          wrap ? 'whitespace-pre-wrap wrap-anywhere' : 'whitespace-pre',
          copy && 'pr-9',
          className,
        )}
      >
        {children ?? text}
      </pre>
      {copy && (
        <span className="absolute top-1.5 right-1.5 rounded-sm bg-sunken">
          <CopyButton text={text} />
        </span>
      )}
    </div>
  )
}
