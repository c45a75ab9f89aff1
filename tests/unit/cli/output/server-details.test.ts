import { expect, test } from 'vitest'
import { serverDetails } from '../../../../src/cli/output/server-text.ts'
import {
  serverDefinitionSchema,
  type Transport,
} from '../../../../src/shared/domain/server-definition.ts'
import { defaultSupervision } from '../../../../src/shared/domain/supervision.ts'

const asked = { type: 'promptString', description: null, options: [] }

/** What `status NAME` prints of a server that is stopped. */
function details(transport: Transport): string {
  const definition = serverDefinitionSchema.parse({
    id: 'srv_aaaaaaaaaaaaaaaa',
    name: 's',
    scope: 'user',
    project: null,
    enabled: false,
    transport,
    dialect: 'vscode',
    inputs: [
      { ...asked, id: 'a', default: '--x', password: false, secret: 'input.a' },
      { ...asked, id: 'b', default: null, password: true, secret: 'input.b' },
    ],
    timeouts: { startMs: null, callMs: null },
    supervision: defaultSupervision,
    tools: { allow: null, deny: [] },
    sources: [],
    editedHere: false,
  })
  const stats = {
    restarts: 0,
    handshakeMs: null,
    roundTripMs: null,
    lastError: null,
    exceeded: null,
    counts: null,
  }
  const state = { phase: 'stopped', reason: 'user', exit: null } as const
  const lines = serverDetails({ definition, state, stats }, 0)
  return lines.map((line) => line.replace(/ +/g, ' ').trim()).join('\n')
}

test('the details show all that says what a command runs with', () => {
  const text = details({
    type: 'stdio',
    command: 'node',
    args: ['s.js'],
    env: { NODE_OPTIONS: '--require ./a.js', TOKEN: 'secret://s.token' },
    cwd: '/work',
    envFile: '/home/ann/vars.env',
  })
  for (const line of [
    'Runs: node s.js',
    'Environment: NODE_OPTIONS=--require ./a.js',
    'Environment: TOKEN=secret://s.token',
    'Env file: /home/ann/vars.env',
    'Directory: /work',
    'Input: a: --x',
    'Input: b: (given once, kept in the vault)',
  ]) {
    expect(text.split('\n')).toContain(line)
  }
})

test('the details show headers and the command that prints more', () => {
  const text = details({
    type: 'http',
    url: 'https://example.com/mcp',
    headers: { 'X-Team': 'red' },
    headersHelper: './token.sh --all',
  })
  expect(text.split('\n')).toContain('Header: X-Team: red')
  expect(text.split('\n')).toContain('Headers by: ./token.sh --all')
})
