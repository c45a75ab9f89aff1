import { expect, test } from 'vitest'
import {
  argumentSecrets,
  argumentSecretText,
} from '../../../../src/core/secrets/argument-secrets.ts'

function secretsIn(command: string, ...args: string[]) {
  const transport = { type: 'stdio', command, args, env: {}, cwd: null, envFile: null } as const
  return argumentSecrets({ ...transport, args }, 'literal')
}

test.each([
  [['npx', '-y', '@upstash/context7-mcp@1', '--api-key', 'secret://c'], 'CONTEXT7_API_KEY', null],
  [['npx', 'figma-developer-mcp', '--figma-api-key=secret://f'], 'FIGMA_API_KEY', null],
  [['npx', 'figma-developer-mcp', '--other=secret://f'], null, null],
  [['npx', 'unknown-server', 'op://a/b/c'], null, null],
  [['docker', 'run', '-e', 'TOKEN=secret://t', 'image'], 'TOKEN', 'TOKEN'],
  [['/usr/bin/podman', 'run', '--env=TOKEN=secret://t', 'image'], 'TOKEN', '--env=TOKEN'],
  [['docker', 'run', 'image', 'A=secret://t'], null, null],
])('%j', ([command = '', ...args], variable, instead) => {
  expect(secretsIn(command, ...args)).toEqual([
    { index: args.findIndex((arg) => /secret:|op:/.test(arg)), variable, instead },
  ])
})

test('arguments without secrets are none', () => {
  expect(secretsIn('npx', '-y', '@upstash/context7-mcp', '--api-key', '$KEY')).toEqual([])
})

test('the sentence says what to write instead', () => {
  const text = (variable: string | null, instead: string | null) =>
    argumentSecretText({ index: 2, variable, instead })
  expect(text(null, null)).toMatch(/^Argument 3 holds a secret.* while the server runs\.$/)
  expect(text('A', null)).toMatch(/variable A instead, and leave the argument out\.$/)
  expect(text('A', '-e A')).toMatch(/variable A instead, and write -e A as the argument\.$/)
})
