import { expect, test } from 'vitest'
import { inputSecretName, inputsOf } from '../../../../src/core/secrets/input-secrets.ts'
import { createServerId } from '../../../../src/core/servers/server-registry.ts'
import { secretNameSchema } from '../../../../src/shared/domain/ids.ts'
import type { InputVariable, Transport } from '../../../../src/shared/domain/server-definition.ts'

const declared: InputVariable = {
  id: 'token',
  type: 'promptString',
  description: null,
  default: null,
  password: false,
  options: [],
}

/** A server of a file of VS Code whose variables hold these references. */
function from(file: string, ...ids: readonly string[]) {
  const transport: Transport = {
    type: 'stdio',
    command: 'x',
    args: ids.map((id) => `\${input:${id}}`),
    env: {},
    cwd: null,
    envFile: null,
  }
  const place = { section: 'servers', key: 'a', disabled: false, fingerprint: '', extra: {} }
  const sources = [{ client: 'vscode' as const, file, ...place }]
  return { id: createServerId(), dialect: 'vscode' as const, transport, sources }
}

/** The names under which the inputs of such a server are kept. */
function namesOf(file: string, paste: string | null, ...ids: readonly string[]) {
  return inputsOf(from(file, ...ids), [], paste).map(({ secret }) => secret)
}

test('servers of one file share the value of an id; other ids and files do not', () => {
  const [first] = namesOf('/a/mcp.json', null, 'token')
  expect(namesOf('/a/mcp.json', null, 'other', 'token')[1]).toBe(first)
  const all = [
    ...namesOf('/a/mcp.json', null, 'token', 'other', 'Token'),
    ...namesOf('/b/mcp.json', null, 'token'),
  ]
  expect(new Set(all).size).toBe(4)
})

test('of pasted texts only those of one import share', () => {
  const [first] = namesOf('Pasted', 'import 1', 'token')
  expect(namesOf('Pasted', 'import 1', 'token')).toEqual([first])
  expect(namesOf('Pasted', 'import 2', 'token')).not.toEqual([first])
  // Added later by hand.
  expect(namesOf('Pasted', null, 'token')).not.toEqual(namesOf('Pasted', null, 'token'))
})

test('an input keeps its name, and one that nothing declares is a password', () => {
  const secret = secretNameSchema.parse('input.before')
  const inputs = inputsOf(
    from('/a/mcp.json', 'token', 'more'),
    [
      { ...declared, secret },
      { ...declared, id: 'unused' },
    ],
    null,
  )
  expect(inputs.map(({ id, password }) => [id, password])).toEqual([
    ['token', false],
    ['unused', false],
    ['more', true],
  ])
  expect(inputSecretName({ inputs }, 'token')).toBe(secret)
  expect(inputSecretName({ inputs }, 'none')).toBeNull()
})
