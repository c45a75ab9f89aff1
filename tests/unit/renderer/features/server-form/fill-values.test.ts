import { describe, expect, test } from 'vitest'
import { emptyValues } from '../../../../../src/renderer/features/server-form/draft-of.ts'
import { filledWith } from '../../../../../src/renderer/features/server-form/fill-values.ts'
import { parseSnippet } from '../../../../../src/renderer/features/server-form/parse-snippet.ts'
import type { SnippetServer } from '../../../../../src/renderer/features/server-form/snippet-server.ts'

const kept = { name: 'API_KEY', value: 'secret://s.key', kept: 'secret://s.key', toVault: false }
const plain = { name: 'LOG', value: 'info', kept: null, toVault: false }
const edited = {
  ...emptyValues,
  name: 'mine',
  command: 'old',
  args: ['a'],
  env: [kept, plain],
  envFile: '/e',
  cwd: '/d',
  startSeconds: 5,
  toolFilter: 'only' as const,
  allow: 'read',
}

function server(text: string): SnippetServer {
  const snippet = parseSnippet(text)
  if (snippet.kind !== 'server') throw new Error(`no server in ${text}`)
  return snippet.server
}

describe('a pasted server in a form', () => {
  test('a command line replaces the command and its arguments, and nothing else', () => {
    expect(filledWith(edited, server('npx -y new'))).toEqual({
      ...edited,
      command: 'npx',
      args: ['-y', 'new'],
    })
  })
  test('variables that it names are put in, and the others stay', () => {
    const { env } = filledWith(edited, server('LOG=debug NEW=1 npx -y new'))
    expect(env).toEqual([
      kept,
      { ...plain, value: 'debug' },
      { name: 'NEW', value: '1', kept: null, toVault: false },
    ])
  })
  test('a secret that it names anew can still be kept, and one left to fill in stays', () => {
    expect(filledWith(edited, server('API_KEY=abc npx new')).env[0]).toEqual({
      ...kept,
      value: 'abc',
    })
    expect(filledWith(edited, server('{"command": "npx", "env": {"API_KEY": ""}}')).env[0]).toEqual(
      kept,
    )
  })
  test('headers are the same in upper and lower case', () => {
    const remote = {
      ...emptyValues,
      transport: 'http' as const,
      headers: [{ name: 'X-One', value: '1', kept: null, toVault: false }],
      headersHelper: 'helper',
    }
    const text = '{"url": "https://example.com/mcp", "headers": {"x-one": "2", "X-Two": "3"}}'
    expect(filledWith(remote, server(text))).toMatchObject({
      url: 'https://example.com/mcp',
      headers: [
        { name: 'X-One', value: '2' },
        { name: 'X-Two', value: '3' },
      ],
      headersHelper: 'helper',
    })
  })
  test('an empty form takes the name of the text, or one told from its command', () => {
    expect(filledWith(emptyValues, server('claude mcp add files -- npx -y x')).name).toBe('files')
  })
})
