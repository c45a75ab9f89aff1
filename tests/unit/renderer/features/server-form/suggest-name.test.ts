import { expect, test } from 'vitest'
import { parseSnippet } from '../../../../../src/renderer/features/server-form/parse-snippet.ts'
import { suggestName } from '../../../../../src/renderer/features/server-form/suggest-name.ts'

test.each([
  ['npx -y @modelcontextprotocol/server-filesystem@2026.1.1 /tmp', 'filesystem'],
  ['uvx mcp-server-fetch', 'fetch'],
  ['docker run -i --rm -e TOKEN ghcr.io/github/github-mcp-server:v1.4.0 stdio', 'github'],
  ['node /opt/tools/server.js', 'server'],
  ['uv run weather.py', 'weather'],
  ['/usr/bin/my-tool --x', 'my-tool'],
  ['https://mcp.linear.app/sse', 'linear'],
  ['http://127.0.0.1:3000/mcp', ''],
])('%s', (text, name) => {
  const snippet = parseSnippet(text)
  expect(snippet.kind === 'server' && suggestName(snippet.server.transport)).toBe(name)
})
