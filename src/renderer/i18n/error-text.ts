import i18next from 'i18next'
import { toAppError } from '../../shared/contract/rpc-error.ts'
import { describeError, type ErrorText, type SayError } from '../../shared/domain/describe-error.ts'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import { errors } from './en/errors.ts'

/** Says a text of an error in the language of the page. */
export const sayError: SayError = (key, values) =>
  // i18next takes an empty text for a missing one, and would answer with its key.
  errors[key] === '' ? '' : i18next.t(key, { ns: 'errors', ...values })

/** An error of the host as a person at the window reads it, in the language of the page. */
export function errorText({ code, data }: ErrorInfo): ErrorText {
  return describeError(code, data, sayError)
}

/** Anything that a call threw, as a person reads it. */
export function thrownText(thrown: unknown): ErrorText {
  return errorText(toAppError(thrown))
}
