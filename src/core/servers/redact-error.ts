import { AppError, type ErrorData, type ErrorInfo } from '../../shared/domain/errors.ts'

/** The error with every text of its data redacted: a server may put a secret into what it answers. The cause stays, and crosses no wire. */
export function redactError(error: AppError, redact: (text: string) => string): AppError {
  return new AppError(error.code, redactData(error.data, redact), { cause: error.cause })
}

/** The same for an error as it crosses a wire. */
export function redactInfo(info: ErrorInfo, redact: (text: string) => string): ErrorInfo {
  return { code: info.code, data: redactData(info.data, redact) }
}

function redactData(data: ErrorData, redact: (text: string) => string): ErrorData {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => {
      if (typeof value === 'string') return [key, redact(value)]
      return [key, typeof value === 'number' ? value : value.map(redact)]
    }),
  )
}
