import type { ClientFormat } from '../../../shared/domain/server-definition.ts'

/** What the clients call themselves. Names of products are the same in every language. */
export const clientNames: Readonly<Record<ClientFormat, string>> = {
  'claude-json': 'Claude Code',
  'mcp-json': '.mcp.json',
  'claude-desktop': 'Claude Desktop',
  cursor: 'Cursor',
  vscode: 'VS Code',
  windsurf: 'Windsurf',
  cline: 'Cline',
  roo: 'Roo Code',
  kilocode: 'Kilo Code',
  zed: 'Zed',
  continue: 'Continue',
  codex: 'Codex',
  gemini: 'Gemini CLI',
  antigravity: 'Antigravity',
  goose: 'Goose',
  opencode: 'OpenCode',
  amazonq: 'Amazon Q',
  kiro: 'Kiro',
  junie: 'Junie',
  librechat: 'LibreChat',
}
