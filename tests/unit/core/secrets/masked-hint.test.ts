import { expect, test } from 'vitest'
import { maskedHint } from '../../../../src/core/secrets/masked-hint.ts'

const dots = '\u2022'.repeat(8)

test.each([
  ['ghp_0123456789abcdefghijABCDEFGHIJ012345', `ghp_${dots}2345`],
  ['xoxb-0123456789-abcdefghij', `xoxb-${dots}ghij`],
  ['ntn_0123456789abcdefghij', `ntn_${dots}ghij`],
  ['AKIAIOSFODNN7EXAMPLX', `AKIA${dots}MPLX`],
  ['my-own_pass-phrase-of-many', `${dots}many`],
  ['ghp_0123456789', dots],
  ['hunter2', dots],
  ['', dots],
  ['-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq', dots],
])('%s', (value, hint) => {
  expect(maskedHint(value)).toBe(hint)
})
