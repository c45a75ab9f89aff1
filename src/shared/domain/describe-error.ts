import { placeholdersOf, type Say, sayFrom, type TextValues } from '../lib/say.ts'
import { type ErrorTextKey, errorTexts } from './error-texts.ts'
import type { ErrorCode, ErrorData } from './errors.ts'

/** An error as a person reads it: what happened, why, and what to do next. */
export interface ErrorText {
  /** What happened, in a few words, without a full stop. */
  readonly title: string
  /** Why, in a sentence; may be empty. */
  readonly hint: string
  /** What to do next, in a sentence. */
  readonly action: string
}

/** Says a text of an error: in English, or in another language from a catalog with the keys of `errorTexts`. */
export type SayError = Say<typeof errorTexts>

const sayEnglish: SayError = sayFrom(errorTexts)

/** The one text of every error code, for all faces. Pure; data that is missing reads as "unknown". */
export function describeError(
  code: ErrorCode,
  data: ErrorData,
  say: SayError = sayEnglish,
): ErrorText {
  const part = (base: `${ErrorCode}.${keyof ErrorText}`): string => {
    const key = variantOf(base, data)
    return say(key, valuesFor(key, code, data, say))
  }
  return {
    title: part(`${code}.title`),
    hint: part(`${code}.hint`),
    action: part(`${code}.action`),
  }
}

/** The error in one paragraph, for a terminal or a log. */
export function errorSentence(
  code: ErrorCode,
  data: ErrorData,
  say: SayError = sayEnglish,
): string {
  const { title, hint, action } = describeError(code, data, say)
  return (
    [title, hint, action]
      .map((part) => part.trim())
      .filter((part) => part !== '')
      // Reasons come from other programs, some with a full stop and some without.
      .map((part) => (/[.!?:]$/.test(part) ? part : `${part}.`))
      .join(' ')
  )
}

const allKeys = Object.keys(errorTexts).filter(isTextKey)

function isTextKey(key: string): key is ErrorTextKey {
  return Object.hasOwn(errorTexts, key)
}

/** The text that says more because the error has the datum that it is named after; else the plain one. */
function variantOf(base: ErrorTextKey, data: ErrorData): ErrorTextKey {
  const prefix = `${base}.`
  return (
    allKeys.find((key) => key.startsWith(prefix) && hasDatum(data, key.slice(prefix.length))) ??
    base
  )
}

function hasDatum(data: ErrorData, name: string): boolean {
  const value = data[name]
  return value !== undefined && !(Array.isArray(value) && value.length === 0)
}

/** A value for each placeholder of the English text: a translation has the same ones. */
function valuesFor(key: ErrorTextKey, code: ErrorCode, data: ErrorData, say: SayError): TextValues {
  return Object.fromEntries(
    placeholdersOf(errorTexts[key]).map((name) => [
      name,
      name === 'printed' ? lastWords(data, say) : valueOf(name, code, data, say),
    ]),
  )
}

function valueOf(name: string, code: ErrorCode, data: ErrorData, say: SayError): string {
  const value = data[name]
  if (value !== undefined) {
    const text = Array.isArray(value) ? value.join(', ') : String(value)
    const words = `${code}.${name}.${text}`
    return isTextKey(words) ? say(words, {}) : text
  }
  const fallback = `${code}.${name}.default`
  return say(isTextKey(fallback) ? fallback : 'unknown', {})
}

function lastWords({ stderr }: ErrorData, say: SayError): string {
  const line = Array.isArray(stderr) ? stderr.at(-1) : undefined
  return line === undefined ? say('printed.nothing', {}) : say('printed.last', { line })
}
