import { expect, test } from 'vitest'
import { clientOf } from '../../../../src/core/machine/known-clients.ts'

test.each([
  ['Claude Code', ['claude'], '/home/me/.local/share/claude/versions/2.1.0'],
  [
    'Claude Code',
    ['node', '/usr/lib/node_modules/@anthropic-ai/claude-code/cli.js', '-p'],
    '/usr/bin/node',
  ],
  ['Claude Desktop', ['/Applications/Claude.app/Contents/MacOS/Claude'], null],
  [
    'Claude Desktop',
    ['C:\\Users\\me\\AppData\\Local\\AnthropicClaude\\app-1\\claude.exe'],
    'C:\\Users\\me\\AppData\\Local\\AnthropicClaude\\app-1\\claude.exe',
  ],
  ['Cursor', ['/usr/share/cursor/cursor', '--type=utility'], '/usr/share/cursor/cursor'],
  ['Cursor', ['/Applications/Cursor.app/Contents/Frameworks/Cursor', 'Helper'], null],
  ['VS Code', ['/usr/share/code/code', '--type=utility'], '/usr/share/code/code'],
  [
    'VS Code',
    ['/home/me/.vscode-server/bin/1/node', 'out/bootstrap-fork', '--type=extensionHost'],
    null,
  ],
  ['Codex', ['node', '/usr/lib/node_modules/@openai/codex/bin/codex.js'], null],
  ['Codex', ['codex'], '/opt/codex'],
  ['Gemini CLI', ['node', '/usr/local/bin/gemini'], null],
  ['Zed', ['/usr/lib/zed/zed-editor'], null],
  // Clients that are servers themselves.
  [null, ['claude', 'mcp', 'serve'], '/opt/claude'],
  [null, ['codex', 'mcp-server'], '/opt/codex'],
  [null, ['node', 'server.js', 'claude'], '/usr/bin/node'],
  [null, ['sh', '-c', 'claude'], '/bin/sh'],
])('%s: %j', (name, args, executable) => {
  expect(clientOf({ args, executable })).toBe(name)
})
