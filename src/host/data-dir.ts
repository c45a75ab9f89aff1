import { join, resolve } from 'node:path'
import envPaths from 'env-paths'
import type { CorePaths } from '../core/core-paths.ts'

/** Every place where this program keeps something, all below one folder. The vault file, if there is one, lies there too. */
export interface DataPaths extends CorePaths {
  /** Names the live host: mode 0600, because it holds the token. */
  readonly lock: string
  /** The door's port and the key of its browser sessions. */
  readonly door: string
  /** The host's own log when it runs in the background. */
  readonly hostLog: string
  /** Folder of what V8 made of this program's modules, for the next start. */
  readonly compiled: string
}

/**
 * Decides where everything lives: below `MCP_MANAGER_HOME` if set, else in the system's folder for application data
 * (XDG Base Directory on Linux, `~/Library/Application Support` on macOS, `%LOCALAPPDATA%` on Windows).
 */
export function resolveDataPaths(env: NodeJS.ProcessEnv): DataPaths {
  const home = env['MCP_MANAGER_HOME']
  const root =
    home === undefined || home === '' ? envPaths('mcp-manager', { suffix: '' }).data : resolve(home)
  return {
    root,
    servers: join(root, 'servers.json'),
    settings: join(root, 'settings.json'),
    cache: join(root, 'cache.json'),
    actions: join(root, 'actions.json'),
    accounts: join(root, 'accounts.json'),
    secrets: join(root, 'secrets.json'),
    logs: join(root, 'logs.sqlite'),
    lock: join(root, 'host.json'),
    door: join(root, 'door.json'),
    hostLog: join(root, 'host.log'),
    compiled: join(root, 'compiled'),
  }
}
