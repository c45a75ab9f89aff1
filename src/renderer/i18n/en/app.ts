/** The frame of the window: rail, status bar, connection. */
export const app = {
  name: 'MCP Manager',
} as const
