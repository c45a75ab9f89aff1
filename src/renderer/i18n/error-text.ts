import i18next from 'i18next'
import { toAppError } from '../../shared/contract/rpc-error.ts'
import { describeError, type ErrorText } from '../../shared/domain/describe-error.ts'
import type { ErrorInfo } from '../../shared/domain/errors.ts'

/** An error of the host as a person at the window reads it, in the language of the page. */
export function errorText({ code, data }: ErrorInfo): ErrorText {
  return describeError(code, data, (key, values) => i18next.t(key, { ns: 'errors', ...values }))
}

/** Anything that a call threw, as a person reads it. */
export function thrownText(thrown: unknown): ErrorText {
  return errorText(toAppError(thrown))
}
