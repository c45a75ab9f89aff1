import { describe, expect, test } from 'vitest'
import {
  type PathInput,
  projectClientPaths,
  userClientPaths,
} from '../../../../src/core/clients/client-paths.ts'
import { scopeOfGivenFile } from '../../../../src/core/clients/file-placement.ts'

/** One line per place: `client path`, in table order. */
function lines(input: PathInput): string[] {
  return userClientPaths(input).map(({ client, path }) => `${client} ${path}`)
}

describe('userClientPaths', () => {
  test('linux', () => {
    const home = '/home/ann'
    const global = `${home}/.config/Code/User/globalStorage`
    expect(lines({ platform: 'linux', homeDir: home, env: {} })).toEqual(
      expect.arrayContaining([
        `claude-json ${home}/.claude.json`,
        `claude-desktop ${home}/.config/Claude/claude_desktop_config.json`,
        `claude-desktop ${home}/.config/claude/claude_desktop_config.json`,
        `cursor ${home}/.cursor/mcp.json`,
        `vscode ${home}/.config/Code/User/mcp.json`,
        `vscode ${home}/.config/Code - Insiders/User/mcp.json`,
        `windsurf ${home}/.codeium/windsurf/mcp_config.json`,
        `windsurf ${home}/.codeium/mcp_config.json`,
        `cline ${global}/saoudrizwan.claude-dev/settings/cline_mcp_settings.json`,
        `cline ${home}/.cline/data/settings/cline_mcp_settings.json`,
        `roo ${global}/rooveterinaryinc.roo-cline/settings/mcp_settings.json`,
        `kilocode ${home}/.kilocode/cli/global/settings/mcp_settings.json`,
        `zed ${home}/.config/zed/settings.json`,
        `continue ${home}/.continue/config.yaml`,
        `continue ${home}/.continue/mcpServers`,
        `codex ${home}/.codex/config.toml`,
        `gemini ${home}/.gemini/settings.json`,
        `antigravity ${home}/.gemini/antigravity/mcp_config.json`,
        `goose ${home}/.config/goose/config.yaml`,
        `opencode ${home}/.config/opencode/opencode.jsonc`,
        `opencode ${home}/.config/opencode/opencode.json`,
        `amazonq ${home}/.aws/amazonq/mcp.json`,
        `kiro ${home}/.kiro/settings/mcp.json`,
        `junie ${home}/.junie/mcp/mcp.json`,
      ]),
    )
  })

  test('darwin', () => {
    const home = '/Users/ann'
    const support = `${home}/Library/Application Support`
    const found = lines({ platform: 'darwin', homeDir: home, env: {} })
    expect(found).toEqual(
      expect.arrayContaining([
        `claude-desktop ${support}/Claude/claude_desktop_config.json`,
        `vscode ${support}/Code/User/mcp.json`,
        `cline ${support}/Cursor/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json`,
        `zed ${home}/.config/zed/settings.json`,
        `goose ${home}/.config/goose/config.yaml`,
      ]),
    )
    expect(found.filter((line) => line.startsWith('claude-desktop'))).toHaveLength(1)
  })

  test('win32', () => {
    const home = 'C:\\Users\\ann'
    const roaming = `${home}\\AppData\\Roaming`
    expect(lines({ platform: 'win32', homeDir: home, env: {} })).toEqual(
      expect.arrayContaining([
        `claude-json ${home}\\.claude.json`,
        `claude-desktop ${roaming}\\Claude\\claude_desktop_config.json`,
        `claude-desktop ${home}\\AppData\\Local\\Packages\\Claude_pzs8sxrjxfjjc\\LocalCache\\Roaming\\Claude\\claude_desktop_config.json`,
        `vscode ${roaming}\\Code\\User\\mcp.json`,
        `zed ${roaming}\\Zed\\settings.json`,
        `goose ${roaming}\\Block\\goose\\config\\config.yaml`,
        `opencode ${home}\\.config\\opencode\\opencode.json`,
      ]),
    )
  })

  test('the environment moves what its variables name, if it names an absolute path', () => {
    const linux = { platform: 'linux', homeDir: '/home/ann' } as const
    const moved = { CLAUDE_CONFIG_DIR: '/c', CODEX_HOME: '/x', XDG_CONFIG_HOME: '/g' }
    expect(lines({ ...linux, env: moved })).toEqual(
      expect.arrayContaining([
        'claude-json /c/.claude.json',
        'codex /x/config.toml',
        'zed /g/zed/settings.json',
        'vscode /g/Code/User/mcp.json',
      ]),
    )
    expect(lines({ ...linux, env: { CODEX_HOME: 'relative' } })).toContain(
      'codex /home/ann/.codex/config.toml',
    )
    expect(
      lines({ platform: 'win32', homeDir: 'C:\\Users\\ann', env: { APPDATA: 'D:\\r' } }),
    ).toContain('zed D:\\r\\Zed\\settings.json')
  })
})

test('projectClientPaths', () => {
  expect(projectClientPaths('linux', '/p').map(({ client, path }) => `${client} ${path}`)).toEqual([
    'mcp-json /p/.mcp.json',
    'cursor /p/.cursor/mcp.json',
    'vscode /p/.vscode/mcp.json',
    'roo /p/.roo/mcp.json',
    'kilocode /p/.kilocode/mcp.json',
    'zed /p/.zed/settings.json',
    'codex /p/.codex/config.toml',
    'gemini /p/.gemini/settings.json',
    'amazonq /p/.amazonq/mcp.json',
    'kiro /p/.kiro/settings/mcp.json',
    'junie /p/.junie/mcp/mcp.json',
    'continue /p/.continue/mcpServers',
    'opencode /p/opencode.jsonc',
    'opencode /p/opencode.json',
  ])
  expect(projectClientPaths('win32', 'C:\\p')[1]?.path).toBe('C:\\p\\.cursor\\mcp.json')
})

describe('scopeOfGivenFile', () => {
  test.each([
    ['claude-json', '/x/anything.json', null],
    ['claude-desktop', '/p/claude_desktop_config.json', null],
    ['windsurf', '/p/mcp_config.json', null],
    ['librechat', '/srv/librechat.yaml', null],
    ['mcp-json', '/p/.mcp.json', '/p'],
    ['mcp-json', '/home/ann/.mcp.json', '/home/ann'],
    ['cursor', '/home/ann/.cursor/mcp.json', null],
    ['cursor', '/p/.cursor/mcp.json', '/p'],
    ['cursor', '/p/files/02.json', '/p/files'],
    ['kiro', '/home/ann/.kiro/settings/mcp.json', null],
    ['kiro', '/p/.kiro/settings/mcp.json', '/p'],
    ['junie', '/p/.junie/mcp/mcp.json', '/p'],
    ['continue', '/home/ann/.continue/mcpServers/a.yaml', null],
    ['continue', '/p/.continue/mcpServers/a.yaml', '/p'],
    ['codex', '/home/ann/.codex/config.toml', null],
    ['opencode', '/p/opencode.json', '/p'],
    ['zed', '/home/ann/.config/zed/settings.json', null],
  ] as const)('%s at %s belongs to project %s', (format, file, project) => {
    expect(scopeOfGivenFile({ format, file, homeDir: '/home/ann', platform: 'linux' })).toEqual({
      scope: project === null ? 'user' : 'project',
      project,
    })
  })

  test('Windows paths are compared without regard to case', () => {
    const machine = { homeDir: 'C:\\Users\\Ann', platform: 'win32' } as const
    const at = (file: string): unknown => scopeOfGivenFile({ format: 'cursor', file, ...machine })
    expect(at('c:\\users\\ann\\.cursor\\mcp.json')).toEqual({ scope: 'user', project: null })
    expect(at('D:\\shop\\.cursor\\mcp.json')).toEqual({ scope: 'project', project: 'D:\\shop' })
  })
})
