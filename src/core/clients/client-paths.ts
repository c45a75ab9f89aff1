import { posix, win32 } from 'node:path'
import type { ClientFormat } from '../../shared/domain/server-definition.ts'

/** A place where a client may keep servers: a file, or a folder of which every file with one of `extensions` counts. */
export type ClientPath =
  | {
      readonly client: ClientFormat
      readonly kind: 'file'
      readonly path: string
      /** Another file that the client reads instead where it exists. */
      readonly shadowedBy?: string
    }
  | {
      readonly client: ClientFormat
      readonly kind: 'folder'
      readonly path: string
      readonly extensions: readonly string[]
    }

/** The machine whose paths are asked for; it need not be the one this runs on. */
export interface PathInput {
  readonly platform: NodeJS.Platform
  /** Absolute path of the person's home directory. */
  readonly homeDir: string
  readonly env: Readonly<Record<string, string | undefined>>
}

const continueExtensions = ['yaml', 'yml', 'json']

/** The folder in which each client but Claude Code keeps a project's settings; told from the client's documentation. */
const projectFiles: readonly (readonly [ClientFormat, string])[] = [
  ['mcp-json', '.mcp.json'],
  ['cursor', '.cursor/mcp.json'],
  ['vscode', '.vscode/mcp.json'],
  ['roo', '.roo/mcp.json'],
  ['kilocode', '.kilocode/mcp.json'],
  ['zed', '.zed/settings.json'],
  ['codex', '.codex/config.toml'],
  ['gemini', '.gemini/settings.json'],
  ['amazonq', '.amazonq/mcp.json'],
  ['kiro', '.kiro/settings/mcp.json'],
  ['junie', '.junie/mcp/mcp.json'],
]

/** The path module of a platform, so that the tables come out the same on every machine. */
export function pathsOf(platform: NodeJS.Platform): typeof posix {
  return platform === 'win32' ? win32 : posix
}

function file(client: ClientFormat, path: string): ClientPath {
  return { client, kind: 'file', path }
}

/** Every place where a client keeps the servers of a person, whether it exists or not. Pure. */
export function userClientPaths(input: PathInput): ClientPath[] {
  const path = pathsOf(input.platform)
  const join = (...parts: string[]): string => path.join(...parts)
  const isWindows = input.platform === 'win32'
  const fromEnv = (name: string, otherwise: string): string => {
    const value = input.env[name]
    return value !== undefined && path.isAbsolute(value) ? value : otherwise
  }
  const home = (...parts: string[]): string => join(input.homeDir, ...parts)
  // What the XDG Base Directory Specification calls the configuration home; some clients use it on every platform.
  const xdg = fromEnv('XDG_CONFIG_HOME', home('.config'))
  const roaming = fromEnv('APPDATA', home('AppData', 'Roaming'))
  const local = fromEnv('LOCALAPPDATA', home('AppData', 'Local'))
  const applications =
    input.platform === 'darwin' ? home('Library', 'Application Support') : isWindows ? roaming : xdg
  const extensionSettings = (editor: string, id: string, name: string): string =>
    join(applications, editor, 'User', 'globalStorage', id, 'settings', name)

  const paths: ClientPath[] = [
    file('claude-json', join(fromEnv('CLAUDE_CONFIG_DIR', input.homeDir), '.claude.json')),
    file('claude-desktop', join(applications, 'Claude', 'claude_desktop_config.json')),
  ]
  if (isWindows) {
    // The build from Microsoft's store sees a redirected roaming folder.
    const store = join(local, 'Packages', 'Claude_pzs8sxrjxfjjc', 'LocalCache', 'Roaming', 'Claude')
    paths.push(file('claude-desktop', join(store, 'claude_desktop_config.json')))
  } else if (input.platform !== 'darwin') {
    paths.push(file('claude-desktop', join(applications, 'claude', 'claude_desktop_config.json')))
  }
  paths.push(
    file('cursor', home('.cursor', 'mcp.json')),
    file('vscode', join(applications, 'Code', 'User', 'mcp.json')),
    file('vscode', join(applications, 'Code - Insiders', 'User', 'mcp.json')),
    file('windsurf', home('.codeium', 'windsurf', 'mcp_config.json')),
    file('windsurf', home('.codeium', 'mcp_config.json')),
  )
  for (const editor of ['Code', 'Cursor']) {
    paths.push(
      file('cline', extensionSettings(editor, 'saoudrizwan.claude-dev', 'cline_mcp_settings.json')),
      file('roo', extensionSettings(editor, 'rooveterinaryinc.roo-cline', 'mcp_settings.json')),
      file('kilocode', extensionSettings(editor, 'kilocode.kilo-code', 'mcp_settings.json')),
    )
  }
  const opencode = join(xdg, 'opencode')
  paths.push(
    file('cline', home('.cline', 'data', 'settings', 'cline_mcp_settings.json')),
    file('kilocode', home('.kilocode', 'cli', 'global', 'settings', 'mcp_settings.json')),
    file(
      'zed',
      isWindows ? join(roaming, 'Zed', 'settings.json') : join(xdg, 'zed', 'settings.json'),
    ),
    file('continue', home('.continue', 'config.yaml')),
    {
      client: 'continue',
      kind: 'file',
      path: home('.continue', 'config.json'),
      shadowedBy: home('.continue', 'config.yaml'),
    },
    {
      client: 'continue',
      kind: 'folder',
      path: home('.continue', 'mcpServers'),
      extensions: continueExtensions,
    },
    file('codex', join(fromEnv('CODEX_HOME', home('.codex')), 'config.toml')),
    file('gemini', home('.gemini', 'settings.json')),
    file('antigravity', home('.gemini', 'antigravity', 'mcp_config.json')),
    file(
      'goose',
      isWindows
        ? join(roaming, 'Block', 'goose', 'config', 'config.yaml')
        : join(xdg, 'goose', 'config.yaml'),
    ),
    file('opencode', join(opencode, 'opencode.jsonc')),
    {
      client: 'opencode',
      kind: 'file',
      path: join(opencode, 'opencode.json'),
      shadowedBy: join(opencode, 'opencode.jsonc'),
    },
    file('amazonq', home('.aws', 'amazonq', 'mcp.json')),
    file('kiro', home('.kiro', 'settings', 'mcp.json')),
    file('junie', home('.junie', 'mcp', 'mcp.json')),
  )
  return paths
}

/** Every place where a client keeps the servers of one project, whether it exists or not. Pure. */
export function projectClientPaths(platform: NodeJS.Platform, folder: string): ClientPath[] {
  const join = (...parts: string[]): string => pathsOf(platform).join(...parts)
  return [
    ...projectFiles.map(([client, place]) => file(client, join(folder, ...place.split('/')))),
    {
      client: 'continue',
      kind: 'folder',
      path: join(folder, '.continue', 'mcpServers'),
      extensions: continueExtensions,
    },
    file('opencode', join(folder, 'opencode.jsonc')),
    {
      client: 'opencode',
      kind: 'file',
      path: join(folder, 'opencode.json'),
      shadowedBy: join(folder, 'opencode.jsonc'),
    },
  ]
}
