import { appVersion } from '../../shared/app-version.ts'

/** How this program names itself to servers (MCP specification, "Lifecycle", clientInfo). */
export const clientInfo = { name: 'mcp-manager', title: 'MCP Manager', version: appVersion }
