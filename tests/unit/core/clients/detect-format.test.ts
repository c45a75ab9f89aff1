import { describe, expect, test } from 'vitest'
import { detectFormat } from '../../../../src/core/clients/detect-format.ts'

const map = '{"mcpServers": {"a": {"command": "x"}}}'

describe('by name', () => {
  test.each([
    ['/home/ann/.claude.json', 'claude-json'],
    ['/backup/claude.json', 'claude-json'],
    ['/p/.mcp.json', 'mcp-json'],
    ['/x/claude_desktop_config.json', 'claude-desktop'],
    ['/p/.cursor/mcp.json', 'cursor'],
    ['C:\\Users\\ann\\.cursor\\mcp.json', 'cursor'],
    ['/p/.vscode/mcp.json', 'vscode'],
    ['/home/ann/.config/Code - Insiders/User/mcp.json', 'vscode'],
    ['/home/ann/.codeium/windsurf/mcp_config.json', 'windsurf'],
    ['/home/ann/.gemini/antigravity/mcp_config.json', 'antigravity'],
    ['/x/settings/cline_mcp_settings.json', 'cline'],
    ['/p/.roo/mcp.json', 'roo'],
    ['/p/.kilocode/mcp.json', 'kilocode'],
    ['/home/ann/.kilocode/cli/global/settings/mcp_settings.json', 'kilocode'],
    ['/home/ann/.config/zed/settings.json', 'zed'],
    ['/p/.zed/settings.json', 'zed'],
    ['/home/ann/.continue/config.yaml', 'continue'],
    ['/p/.continue/mcpServers/one.json', 'continue'],
    ['/home/ann/.codex/config.toml', 'codex'],
    ['/p/.gemini/settings.json', 'gemini'],
    ['/home/ann/.config/goose/config.yaml', 'goose'],
    ['C:\\Users\\ann\\AppData\\Roaming\\Block\\goose\\config\\config.yaml', 'goose'],
    ['/p/opencode.jsonc', 'opencode'],
    ['/p/.amazonq/mcp.json', 'amazonq'],
    ['/home/ann/.aws/amazonq/mcp.json', 'amazonq'],
    ['/p/.kiro/settings/mcp.json', 'kiro'],
    ['/p/.junie/mcp/mcp.json', 'junie'],
    ['/srv/librechat.yaml', 'librechat'],
  ])('%s is %s', (file, format) => {
    expect(detectFormat(file, map)).toBe(format)
  })
})

describe('by content', () => {
  test.each([
    ['/x/a.json', map, 'mcp-json'],
    ['/dotfiles/cursor/mcp.json', map, 'cursor'],
    ['/dotfiles/zed/x.json', map, 'mcp-json'],
    ['/x/a.json', '\uFEFF{"a": {"command": "x"}}', 'mcp-json'],
    ['/x/a.json', '{"servers": {}, "inputs": []}', 'vscode'],
    ['/x/a.json', '{"mcp": {"servers": {}}}', 'vscode'],
    ['/x/a.json', '{"numStartups": 1, "mcpServers": {}}', 'claude-json'],
    ['/x/a.json', '{"projects": {"/p": {}}}', 'claude-json'],
    ['/x/a.json', '// comment\n{"context_servers": {}}', 'zed'],
    ['/x/a.json', '{"mcp": {"a": {"type": "local"}}}', 'opencode'],
    ['/x/a.json', '{"mcpServers": {"a": {"httpUrl": "https://x"}}}', 'gemini'],
    ['/x/a.json', '{"mcpServers": {"a": {"serverUrl": "https://x"}}}', 'windsurf'],
    ['/x/a.json', '{"mcpServers": [{"name": "a"}]}', 'continue'],
    ['/x/a.toml', '[mcp_servers.a]\ncommand = "x"', 'codex'],
    ['/x/a.yaml', 'extensions:\n  a: {}', 'goose'],
    ['/x/a.yml', 'mcpServers:\n  - name: a', 'continue'],
    ['/x/a.yml', 'mcpServers:\n  a: {}', 'librechat'],
    ['/x/a.json', '{"tools": [{"command": "x"}]}', null],
    ['/x/a.json', '{"name": "package", "scripts": {"start": "x"}}', null],
    ['/x/a.toml', '[package]\nname = "x"', null],
    ['/x/a.txt', 'hello', null],
    ['/x/a.json', '', null],
  ])('%s holding %s is %s', (file, text, format) => {
    expect(detectFormat(file, text)).toBe(format)
  })
})
