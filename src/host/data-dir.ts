import { join, resolve } from 'node:path'
import envPaths from 'env-paths'

/** Every place where this program keeps something, all below one folder. */
export interface DataPaths {
  readonly root: string
  /** Definitions and the desired state of servers. */
  readonly servers: string
  /** Small things that are remembered and can be lost: which command runs a legacy server. */
  readonly cache: string
  /** The encrypted vault, where no keychain can be had. */
  readonly vault: string
  /** The log database. */
  readonly logs: string
  /** Names the live host: mode 0600, because it holds the token. */
  readonly lock: string
  /** The door's port and the key of its browser sessions. */
  readonly door: string
  /** The host's own log when it runs in the background. */
  readonly hostLog: string
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
    cache: join(root, 'cache.json'),
    vault: join(root, 'vault.json'),
    logs: join(root, 'logs.sqlite'),
    lock: join(root, 'host.json'),
    door: join(root, 'door.json'),
    hostLog: join(root, 'host.log'),
  }
}
