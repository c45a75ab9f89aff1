import * as React from 'react'
import { thrownText } from '../i18n/error-text.ts'

/** A call that a form makes. */
export interface Submission {
  /** Why the last try failed, as a person reads it; null where it did not. */
  readonly error: string | null
  readonly isBusy: boolean
  /** Never rejects. */
  readonly submit: () => Promise<void>
}

/** Makes the call of a form and keeps what became of it. */
export function useSubmit(call: () => Promise<void>): Submission {
  const [error, setError] = React.useState<string | null>(null)
  const [isBusy, setBusy] = React.useState(false)
  const submit = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await call()
    } catch (thrown) {
      const { title, hint } = thrownText(thrown)
      setError(hint === '' ? title : hint)
    }
    setBusy(false)
  }
  return { error, isBusy, submit }
}
