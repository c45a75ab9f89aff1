import { programName } from './program-name.ts'
import type { Program } from './programs-of.ts'

const launchers = new Set([
  'npm',
  'npx',
  'pnpm',
  'yarn',
  'bunx',
  'uv',
  'uvx',
  'pipx',
  'env',
  'timeout',
  'dotenv',
  'doppler',
  'op',
  'volta',
  'mise',
  'asdf',
  'corepack',
])
const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'fish', 'ksh', 'cmd', 'powershell', 'pwsh'])

/** Whether a process only starts another one and waits for it: `npm exec x`, `sh -c x`, `node npx-cli.js x`. Pure. */
export function isLauncher(args: readonly string[]): boolean {
  const [command = ''] = args
  const name = programName(command)
  if (launchers.has(name)) return true
  if (shells.has(name))
    return args.slice(1).some((arg) => /^(?:-[a-z]*c|\/[ck]|-command)$/i.test(arg))
  if (name !== 'node') return false
  const script = args.slice(1).find((arg) => !arg.startsWith('-')) ?? ''
  return /^(?:npx|npm|pnpm|yarn)(?:-cli)?(?:\.[cm]?js)?$/.test(programName(script))
}

/** Tools that clients run by pipes and that are no MCP servers. */
const tools =
  /^(?:git|gh|rg|ripgrep|fd|ssh|curl|ps|less|cat|grep|sleep|tail|esbuild|tsserver|gopls|clangd|rust-analyzer|jdtls|pyright|pylsp|ruff|eslint|prettier|biome|watchman|caffeinate|gitstatusd|login|sudo|tmux|crashpad-handler|chrome_crashpad_handler|zygote|chromium|chrome)$/
/** Marks of language servers and other parts of an editor. */
const editorArgument =
  /^--?(?:stdio|lsp|node-ipc|clientProcessId|type)(?:=|$)|^lsp$|language[-_]?server|langserver|tsserver|typingsInstaller/i

/** Whether a client's child is a tool of its own rather than a server: a shell, git, a language server. Pure. */
export function isPlainHelper(args: readonly string[], programs: readonly Program[]): boolean {
  const name = programName(args[0] ?? '')
  if (
    shells.has(name) ||
    tools.test(name) ||
    /(?:^|[-_.])(?:lsp|langserver|language-server)$/.test(name)
  )
    return true
  if (args.some((arg) => editorArgument.test(arg))) return true
  return programs.some(({ key }) => tools.test(key.slice(key.indexOf(':') + 1)))
}
