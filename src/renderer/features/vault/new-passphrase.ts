import { minPassphraseLength } from '../../../shared/domain/vault-passphrase.ts'

/** What is wrong with a new passphrase: it is too short, or its repetition is another one. */
export type PassphraseProblem = 'short' | 'differs'

/** Whether a new passphrase can be used, as far as the page knows; null: it can. Pure. */
export function newPassphraseProblem(
  passphrase: string,
  repeated: string,
): PassphraseProblem | null {
  if (Array.from(passphrase).length < minPassphraseLength) return 'short'
  return passphrase === repeated ? null : 'differs'
}
