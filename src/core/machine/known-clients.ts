import { programName } from './program-name.ts'

/** A program that starts MCP servers for a person, and how its processes are told. Names without `.exe`, in lower case. */
interface KnownClient {
  readonly name: string
  /** Names of its executable, or what it calls itself in its command line. */
  readonly programs: readonly string[]
  /** Parts of the path of its executable or script, with `/` for every separator, in lower case. */
  readonly paths: readonly string[]
  /** First arguments with which it is itself an MCP server. */
  readonly serves?: readonly string[]
}

/**
 * Told from the packages and installers of these programs. A part of a path comes first: Claude Desktop and Claude Code are
 * both called `claude` on some systems.
 */
const knownClients: readonly KnownClient[] = [
  {
    name: 'Claude Desktop',
    programs: ['claude-desktop'],
    paths: ['/claude.app/', '/anthropicclaude/', '/claude-desktop/', '/claude_pzs8sxrjxfjjc/'],
  },
  {
    name: 'Claude Code',
    programs: ['claude'],
    paths: ['/@anthropic-ai/claude-code/', '/share/claude/versions/'],
    serves: ['mcp serve'],
  },
  {
    name: 'Cursor',
    programs: ['cursor', 'cursor-agent'],
    paths: ['/cursor.app/', '/cursor-agent/'],
  },
  {
    name: 'VS Code',
    programs: ['code', 'code-insiders', 'codium', 'vscodium'],
    paths: [
      '/visual studio code.app/',
      '/visual studio code - insiders.app/',
      '/vscodium.app/',
      '/.vscode-server/',
    ],
  },
  { name: 'Windsurf', programs: ['windsurf'], paths: ['/windsurf.app/', '/.windsurf-server/'] },
  {
    name: 'Codex',
    programs: ['codex'],
    paths: ['/@openai/codex/', '/codex.app/'],
    serves: ['mcp-server', 'mcp serve'],
  },
  { name: 'Gemini CLI', programs: ['gemini'], paths: ['/@google/gemini-cli/'] },
  { name: 'Antigravity', programs: ['antigravity'], paths: ['/antigravity.app/'] },
  {
    name: 'Zed',
    programs: ['zed', 'zed-editor', 'zeditor'],
    paths: ['/zed.app/', '/zed preview.app/'],
  },
  { name: 'Goose', programs: ['goose', 'goosed'], paths: ['/goose.app/'], serves: ['mcp'] },
  { name: 'opencode', programs: ['opencode'], paths: ['/opencode-ai/'] },
  { name: 'Amazon Q', programs: ['q', 'qchat'], paths: ['/amazon q.app/'] },
  { name: 'Kiro', programs: ['kiro', 'kiro-cli'], paths: ['/kiro.app/'] },
  { name: 'Copilot CLI', programs: ['copilot'], paths: ['/@github/copilot/'] },
  { name: 'LM Studio', programs: ['lm-studio', 'lm studio'], paths: ['/lm studio.app/'] },
  { name: 'Warp', programs: ['warp', 'warp-terminal'], paths: ['/warp.app/'] },
  {
    name: 'JetBrains IDE',
    programs: [
      'idea',
      'idea64',
      'pycharm',
      'pycharm64',
      'webstorm',
      'webstorm64',
      'goland',
      'goland64',
      'rider',
      'rider64',
      'clion',
      'clion64',
      'phpstorm',
      'phpstorm64',
      'rubymine',
      'rubymine64',
    ],
    paths: ['/intellij idea.app/', '/pycharm.app/', '/webstorm.app/', '/goland.app/'],
  },
]

/** Programs that run a script, which then tells what they are. */
const interpreters = new Set(['node', 'bun', 'deno', 'python', 'python3'])

/** The name of the known client that a process is (also a helper process of its own), or null. Pure. */
export function clientOf(process: {
  readonly args: readonly string[]
  readonly executable: string | null
}): string | null {
  const { args, executable } = process
  const [command = ''] = args
  const script = interpreters.has(programName(command))
    ? args.slice(1).find((arg) => !arg.startsWith('-'))
    : undefined
  const paths = [executable, command, script].flatMap((path) =>
    path === null || path === undefined ? [] : [slashed(path)],
  )
  const names = new Set([executable ?? '', command, script ?? ''].map(programName))
  const client =
    knownClients.find((one) =>
      one.paths.some((part) => paths.some((path) => path.includes(part))),
    ) ?? knownClients.find((one) => one.programs.some((name) => names.has(name)))
  if (client === undefined) return null
  const said = ` ${args.slice(1).join(' ')} `
  return client.serves?.some((start) => said.startsWith(` ${start} `)) === true ? null : client.name
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/').toLowerCase()
}
