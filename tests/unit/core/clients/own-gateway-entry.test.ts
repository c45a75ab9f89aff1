import { expect, test } from 'vitest'
import { isOwnGatewayEntry } from '../../../../src/core/clients/own-gateway-entry.ts'
import type { Transport } from '../../../../src/shared/domain/server-definition.ts'

const remote = (url: string): Transport => ({ type: 'http', url, headers: {}, headersHelper: null })
const local = (command: string, ...args: string[]): Transport => ({
  type: 'stdio',
  command,
  args,
  env: {},
  cwd: null,
  envFile: null,
})

test.each([
  ['mcp-manager', remote('http://127.0.0.1:4870/mcp'), true],
  ['mcp-manager', remote('http://localhost:4870/mcp/'), true],
  ['mcp-manager', remote('http://[::1]:4870/mcp'), true],
  ['mcp-manager', remote('https://example.com/mcp'), false],
  ['mcp-manager', remote('http://127.0.0.1.example.com/mcp'), false],
  ['mcp-manager', remote('http://127.0.0.1:4870/other'), false],
  ['mcp-manager', remote('${URL}'), false],
  ['other', remote('http://127.0.0.1:4870/mcp'), false],
  ['any', local('mcp-manager', 'bridge'), true],
  ['any', local('/usr/local/bin/mcp-manager'), true],
  ['any', local('C:\\Programs\\MCP-Manager.exe'), true],
  ['any', local('mcp-manager-helper'), false],
  ['mcp-manager', local('npx', '-y', 'mcp-remote', 'http://localhost:4870/mcp'), true],
  ['mcp-manager', local('npx', '-y', 'mcp-remote', 'https://example.com/mcp'), false],
])('%s %o: %s', (name, transport, expected) => {
  expect(isOwnGatewayEntry(name, transport)).toBe(expected)
})
