import { AppError } from '../shared/domain/errors.ts'

/** A name and its value as an option gave them. Null: the value is to be read where nobody sees it. */
export interface Pair {
  readonly name: string
  readonly value: string | null
}

/** Reads `NAME=value` of `--env`; `NAME=-` for a value that is not in the arguments. Throws `invalid_input`. */
export function envPair(text: string): Pair {
  const split = text.indexOf('=')
  const name = text.slice(0, Math.max(split, 0))
  if (name === '' || /[\s\0]/.test(name)) throw notAPair('--env', 'NAME=value')
  return pairOf(name, text.slice(split + 1))
}

/** Reads `Name: value` or `Name=value` of `--header`; `-` for a value that is not in the arguments. Throws `invalid_input`. */
export function headerPair(text: string): Pair {
  // RFC 9110, section 5.6.2: a field name is a token.
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+)\s*[=:]\s*(.*)$/s.exec(text.trim()) ?? []
  if (name === undefined || value === undefined) throw notAPair('--header', "'Name: value'")
  return pairOf(name, value)
}

/** Reads `ID=value` of `--input`; `ID=-` for a value that is not in the arguments. Throws `invalid_input`. */
export function inputPair(text: string): Pair {
  const split = text.indexOf('=')
  if (split < 1) throw notAPair('--input', 'ID=value')
  return pairOf(text.slice(0, split), text.slice(split + 1))
}

function pairOf(name: string, value: string): Pair {
  return { name, value: value === '-' ? null : value }
}

/** Without what was written, which may be a secret. */
function notAPair(option: string, form: string): AppError {
  return new AppError('invalid_input', { reason: `${option} has to be written as ${form}.` })
}
