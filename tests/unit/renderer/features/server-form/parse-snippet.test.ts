import { describe, expect, test } from 'vitest'
import { parseSnippet } from '../../../../../src/renderer/features/server-form/parse-snippet.ts'

const stdio = (command: string, args: string[] = [], env: Record<string, string> = {}) => ({
  type: 'stdio',
  command,
  args,
  env,
  cwd: null,
  envFile: null,
})
const remote = (type: string, url: string, headers: Record<string, string> = {}) => ({
  type,
  url,
  headers,
  headersHelper: null,
})

describe('JSON', () => {
  test.each([
    [
      'a whole file',
      '{"mcpServers": {"github": {"command": "npx", "args": ["-y", "x"], "env": {"A": 1}}}}',
      'github',
      stdio('npx', ['-y', 'x'], { A: '1' }),
    ],
    [
      'with comments, trailing commas and a fence',
      '```jsonc\n// add this\n{"servers": {"a": {"type": "stdio", "command": "a",},},}\n```\n',
      'a',
      stdio('a'),
    ],
    ['a part that was cut out', '"a": {"command": "b"},', 'a', stdio('b')],
    ['an entry alone', '{"command": "b", "args": ["c"]}', null, stdio('b', ['c'])],
    ['the settings of VS Code', '{"mcp": {"servers": {"a": {"command": "b"}}}}', 'a', stdio('b')],
    [
      'opencode',
      '{"mcp": {"a": {"type": "local", "command": ["b", "c"], "environment": {"D": "e"}}}}',
      'a',
      stdio('b', ['c'], { D: 'e' }),
    ],
    [
      'an address',
      '{"mcpServers": {"a": {"url": "https://x.dev/mcp", "headers": {"B": "c"}}}}',
      'a',
      remote('http', 'https://x.dev/mcp', { B: 'c' }),
    ],
    [
      'an older address',
      '{"a": {"serverUrl": "https://x.dev/sse"}}',
      'a',
      remote('sse', 'https://x.dev/sse'),
    ],
    [
      'an address whose type is named',
      '{"a": {"type": "http", "url": "https://x.dev/sse"}}',
      'a',
      remote('http', 'https://x.dev/sse'),
    ],
  ])('%s', (_case, text, name, transport) => {
    expect(parseSnippet(text)).toEqual({ kind: 'server', server: { name, transport } })
  })

  test('several servers are counted', () => {
    expect(parseSnippet('{"mcpServers": {"a": {"command": "b"}, "c": {"url": "d"}}}')).toEqual({
      kind: 'several',
      count: 2,
    })
  })

  test.each([
    ['', 'empty'],
    ['{"mcpServers": ', 'notJson'],
    ['[1, 2]', 'notJson'],
    ['{"theme": "dark"}', 'noServer'],
    ['npx "open', 'openQuote'],
  ])('%s says nothing', (text, why) => {
    expect(parseSnippet(text)).toEqual({ kind: 'unknown', why })
  })
})

describe('commands', () => {
  test.each([
    ['npx -y "@a/b c"', null, stdio('npx', ['-y', '@a/b c'])],
    ['$ TOKEN=abc uvx mcp-x', null, stdio('uvx', ['mcp-x'], { TOKEN: 'abc' })],
    ['docker run -i \\\n  --rm image', null, stdio('docker', ['run', '-i', '--rm', 'image'])],
    ['https://x.dev/mcp', null, remote('http', 'https://x.dev/mcp')],
    [
      'claude mcp add my-server -e A=1 -e B=2 -- npx -y pkg --flag',
      'my-server',
      stdio('npx', ['-y', 'pkg', '--flag'], { A: '1', B: '2' }),
    ],
    [
      'claude mcp add --env A=1 B=2 --scope user name -- cmd -x',
      'name',
      stdio('cmd', ['-x'], { A: '1', B: '2' }),
    ],
    ['claude mcp add name cmd -x y', 'name', stdio('cmd', ['-x', 'y'])],
    [
      'claude mcp add --transport http linear https://mcp.linear.app/mcp --header "Authorization: Bearer x"',
      'linear',
      remote('http', 'https://mcp.linear.app/mcp', { Authorization: 'Bearer x' }),
    ],
    [
      'claude mcp add -t sse -H "X-Key: k" asana https://mcp.asana.com/sse',
      'asana',
      remote('sse', 'https://mcp.asana.com/sse', { 'X-Key': 'k' }),
    ],
    ['codex mcp add docs --env A=b -- npx docs', 'docs', stdio('npx', ['docs'], { A: 'b' })],
    [`claude mcp add-json -s user a '{"command": "b"}'`, 'a', stdio('b')],
    [`code --add-mcp '{"name": "a", "command": "b"}'`, 'a', stdio('b')],
  ])('%s', (text, name, transport) => {
    expect(parseSnippet(text)).toEqual({ kind: 'server', server: { name, transport } })
  })
})
