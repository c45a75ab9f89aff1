import { findKnownCredentials } from './known-credential.ts'
import { maskCharacter } from './mask-text.ts'

/** A value shorter than this shows nothing of itself. */
const minLength = 20
/** Always as many, so that the length is not told either. */
const dots = maskCharacter.repeat(8)
const knownPrefix = /^(?:[A-Za-z][A-Za-z0-9]{0,3}[-_.]|AKIA|ASIA|AIza)/

/**
 * A hint by which a person who knows a credential tells which one it is: dots, and for a value of 20 or more characters the
 * last four with, where a service issued it, the prefix that all of its kind have (at most five characters).
 */
export function maskedHint(value: string): string {
  // The end of a text of several words or lines is no part of a random value.
  if (value.length < minLength || /\s/.test(value)) return dots
  const isKnown = findKnownCredentials(value)[0]?.start === 0
  const prefix = isKnown ? (knownPrefix.exec(value)?.[0] ?? '') : ''
  return `${prefix}${dots}${value.slice(-4)}`
}
