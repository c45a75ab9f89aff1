import * as React from 'react'
import { CodeBlock } from './code-block.tsx'
import { commandText, quoteStyle, shellQuote } from './shell-quote.ts'

/** What a command line takes. */
export interface CommandLineProps {
  readonly command: string
  readonly args: readonly string[]
  /** Without the box: where a row or a list is its frame. */
  readonly bare?: boolean | undefined
  readonly copy?: boolean | undefined
  readonly className?: string | undefined
}

/**
 * Exactly what will run, as one would type it. Lines break between arguments and, unless one alone is longer than a line,
 * never inside. Nothing is cut, and what cannot be seen is written out.
 */
export function CommandLine({
  command,
  args,
  bare = false,
  copy = true,
  className,
}: CommandLineProps): React.JSX.Element {
  const style = quoteStyle()
  const words = [command, ...args].map((word) => shellQuote(word, style))
  const shown = words.map((word, index) => (
    // The words of a command never move; two may be equal.
    // oxlint-disable-next-line react/no-array-index-key
    <React.Fragment key={index}>
      {index > 0 && ' '}
      <span className="inline-block max-w-full align-top wrap-anywhere">{word}</span>
    </React.Fragment>
  ))
  if (bare) {
    return <code className={className}>{shown}</code>
  }
  return (
    <CodeBlock text={commandText(command, args, style)} copy={copy} className={className}>
      {shown}
    </CodeBlock>
  )
}
