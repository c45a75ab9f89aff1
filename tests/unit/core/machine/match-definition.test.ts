import { expect, test } from 'vitest'
import { DefinitionIndex, knownDefinition } from '../../../../src/core/machine/match-definition.ts'
import { programsOf } from '../../../../src/core/machine/programs-of.ts'
import type { Dialect, StdioTransport } from '../../../../src/shared/domain/server-definition.ts'

function defined(words: readonly string[], dialect: Dialect = 'claude-code') {
  const [command = '', ...args] = words
  const transport: StdioTransport = {
    type: 'stdio',
    command,
    args,
    env: {},
    cwd: null,
    envFile: null,
  }
  return knownDefinition({ name: 'it', project: null, dialect, transport }, null, [])
}

const matches = (definition: readonly string[], process: readonly string[], dialect?: Dialect) =>
  new DefinitionIndex([defined(definition, dialect)]).find(programsOf({ args: process })).length > 0

test.each([
  [
    ['npx', '-y', '@a/b@1.2'],
    ['node', '/home/x/.npm/_npx/1/node_modules/@a/b/dist/index.js'],
  ],
  [
    ['npx', '-y', '@a/b', '/data'],
    ['npm', 'exec', '@a/b', '/data'],
  ],
  [
    ['uvx', 'mcp-server-time', '--zone', 'UTC'],
    ['/c/bin/python', '/c/bin/mcp-server-time', '--zone', 'UTC'],
  ],
  [['mcp-server-memory'], ['node', '/usr/local/bin/mcp-server-memory']],
  [
    ['npx', 'a-mcp', '--root=${HOME}/x', '${TOKEN}'],
    ['node', '/n/node_modules/a-mcp/i.js', '--root=/home/me/x', 'anything'],
  ],
  [
    ['npx', 'a-thing', '${ROOT}'],
    ['npm', 'exec', 'a-thing', '/a'],
  ],
  [
    ['some-mcp', '${MODE}'],
    ['some-mcp', 'stdio'],
  ],
  [
    ['/home/me/bin/serve', '${MODE}'],
    ['/home/me/bin/serve', 'stdio'],
  ],
  [['npx a-mcp --flag'], ['node', '/n/node_modules/a-mcp/i.js', '--flag']],
])('%j is what %j runs', (definition, process) => {
  expect(matches(definition, process)).toBe(true)
})

test.each([
  ['other arguments', ['npx', 'a-mcp', '/a'], ['npm', 'exec', 'a-mcp', '/b']],
  ['more arguments', ['npx', 'a-mcp'], ['npm', 'exec', 'a-mcp', '/b']],
  ['a name within another', ['npx', 'a-mcp'], ['npm', 'exec', 'a-mcp-2']],
  ['another scope', ['npx', '@x/a-mcp'], ['npm', 'exec', '@y/a-mcp']],
  ['a common command with references alone', ['git', '${ARGS}'], ['git', 'status']],
  ['one of the system', ['/usr/bin/psql', '${URL}', '${X}${Y}'], ['/usr/bin/psql', 'a', 'b']],
  ['another folder', ['node', '/a/server.js'], ['node', '/b/server.js']],
  ['the same name in a folder that is not known', ['node', 'server.js'], ['node', '/b/server.js']],
  ['a program of that name elsewhere', ['/a/run'], ['/b/run']],
  [
    'a reference that overlaps itself',
    ['npx', 'a-mcp', 'aa${X}aa'],
    ['npm', 'exec', 'a-mcp', 'aaa'],
  ],
])('%s is no match', (_why, definition, process) => {
  expect(matches(definition, process)).toBe(false)
})

test('a secret of the vault stands for any value', () => {
  const definition = ['npx', 'a-mcp', '--token', 'secret://a.token']
  expect(matches(definition, ['npm', 'exec', 'a-mcp', '--token', 'abc'], 'native')).toBe(true)
})
