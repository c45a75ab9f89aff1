import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import { type FieldIssue, fieldIssues } from './field-issue.ts'

/** What is wrong with a row of a list, below it. */
export function FieldError({
  id,
  message,
}: {
  readonly id: string
  readonly message: string | undefined
}): React.JSX.Element | null {
  const text = useIssueText()
  if (message === undefined) return null
  return (
    <span id={id} role="alert" data-tone="bad" className="t-12 flex gap-1 text-bad">
      <StateGlyph name="failed" size={12} className="mt-0.5" />
      <span className="min-w-0 wrap-anywhere">{text(message)}</span>
    </span>
  )
}

/** Says an issue of the form in words; nothing for none. */
export function useIssueText(): (message: string | undefined) => string | undefined {
  const { t } = useTranslation('serverForm')
  return (message) =>
    message === undefined ? undefined : t(`issue.${isIssue(message) ? message : 'invalid'}`)
}

function isIssue(message: string): message is FieldIssue {
  return fieldIssues.some((issue) => issue === message)
}
