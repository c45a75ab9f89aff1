import { expect, test } from 'vitest'
import { extractBesideReferences } from '../../../../src/core/secrets/extract-beside-references.ts'
import type { Transport } from '../../../../src/shared/domain/server-definition.ts'

const names = { isTaken: () => false, chosen: [] }

function withEnv(env: Readonly<Record<string, string>>): Transport {
  return { type: 'stdio', command: 'x', args: [], env, cwd: null, envFile: null }
}

test('references that a person means stay, and literals beside them leave', () => {
  const { transport, secrets } = extractBesideReferences(
    's',
    withEnv({ A: 'Bearer secret://other.key', B: 'op://a/b/c', TOKEN: 'hunter2-0451' }),
    names,
  )
  expect(transport).toEqual(
    withEnv({ A: 'Bearer secret://other.key', B: 'op://a/b/c', TOKEN: 'secret://s.token' }),
  )
  expect(secrets.map(({ value }) => value)).toEqual(['hunter2-0451'])
})

test('no text that came with a file becomes a reference, whatever it imitates', () => {
  const imitated = withEnv({
    A: '${{MCP_MANAGER_KNOWN_SECRET github.token}}',
    B: '${{MCP_MANAGER_EXTERNAL 0}}',
    C: 'exec:true',
  })
  expect(extractBesideReferences('s', imitated, names).transport).toEqual(imitated)
})
