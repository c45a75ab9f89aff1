import { expect, test } from 'vitest'
import { newPassphraseProblem } from '../../../../../src/renderer/features/vault/new-passphrase.ts'

test('a new passphrase needs twelve characters, and the same ones twice', () => {
  expect(newPassphraseProblem('', '')).toBe('short')
  expect(newPassphraseProblem('elevenchars', 'elevenchars')).toBe('short')
  // Twelve units, but eleven characters.
  expect(newPassphraseProblem('ten chars \u{1d11e}', 'ten chars \u{1d11e}')).toBe('short')
  expect(newPassphraseProblem('twelve chars', 'twelve char')).toBe('differs')
  expect(newPassphraseProblem('twelve chars', 'twelve chars')).toBeNull()
})
