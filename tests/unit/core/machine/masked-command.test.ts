import { expect, test } from 'vitest'
import { maskedCommand } from '../../../../src/core/machine/masked-command.ts'

const secret = 'sk-proj-0123456789abcdefghijklmnop'

test.each([
  ['a flag', ['node', 'x.js', '--api-key', secret]],
  ['a flag with its value', ['node', 'x.js', `--token=${secret}`]],
  ['an environment argument', ['docker', 'run', '-e', `TOKEN=${secret}`, 'image']],
  ['a header', ['npx', 'mcp-remote', 'https://x', '--header', `Authorization: Bearer ${secret}`]],
  ['a URL', ['server', `postgres://me:${secret}@host/db`]],
  ['a shell', ['sh', '-c', `API_TOKEN=${secret} node x.js --password ${secret}`]],
  ['a title', ['npm', 'exec', 'x', secret]],
  ['the command itself', [`/opt/${secret}`]],
  ['an argument that is cut', ['x', `${'a '.repeat(995)}${secret}`]],
  ['one of 100 kB', ['x', `--token=${secret}${'b'.repeat(100_000)}`]],
])('a secret in %s is masked', (_where, args) => {
  const shown = JSON.stringify(maskedCommand(args))
  expect(shown).not.toContain(secret.slice(8, 20))
  expect(shown).toContain('•••')
})

test('what is no secret stays as it is', () => {
  const args = [
    'node',
    '--no-warnings',
    '/x/index.js',
    '--port',
    '8080',
    'https://example.com/mcp',
    'a b',
  ]
  expect(maskedCommand(args)).toEqual({ command: 'node', args: args.slice(1) })
})

test('a huge command line is cut, and says so', () => {
  const { command, args } = maskedCommand([
    'x',
    ...Array.from({ length: 5_000 }, (_, at) => `${at} word`),
  ])
  expect(command).toBe('x')
  expect(args.at(-1)).toBe('…')
  expect(JSON.stringify(args).length).toBeLessThan(12_000)
})
