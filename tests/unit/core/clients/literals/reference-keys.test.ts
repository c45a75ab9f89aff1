import { expect, test } from 'vitest'
import { referenceKeys } from '../../../../../src/core/clients/literals/reference-keys.ts'
import { secretNameSchema } from '../../../../../src/shared/domain/ids.ts'

test.each([
  ['github.github-token', 'GITHUB_TOKEN'],
  ['4711.key', '_4711_KEY'],
  // A file names its servers and keys as it likes, and a person puts these lines into a profile.
  ['node.options', 'SECRET_NODE_OPTIONS'],
  ['bash.env', 'SECRET_BASH_ENV'],
  ['ld.preload', 'SECRET_LD_PRELOAD'],
])('%s is %s', (text, variable) => {
  const name = secretNameSchema.parse(text)
  expect(referenceKeys('variable', [name]).get(name)).toBe(variable)
})
