import { expect, test } from 'vitest'
import { copyName } from '../../../../src/core/servers/copy-server.ts'

const named = (name: string, project: string | null = null) => ({
  name,
  scope: project === null ? ('user' as const) : ('local' as const),
  project,
})

test.each([
  ['git', [], 'git copy'],
  ['git', ['git copy'], 'git copy 2'],
  ['git copy', ['git copy'], 'git copy 2'],
  ['git copy 2', ['git', 'git copy', 'git copy 2'], 'git copy 3'],
  ['x'.repeat(100), [], `${'x'.repeat(95)} copy`],
])('a copy of %s beside %j', (name, others, expected) => {
  const servers = others.map((other) => named(other))
  expect(copyName(named(name), servers)).toBe(expected)
})

test('a name in another project is free', () => {
  expect(copyName(named('git'), [named('git copy', '/p')])).toBe('git copy')
})
