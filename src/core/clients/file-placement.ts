import type { ClientFormat, Scope } from '../../shared/domain/server-definition.ts'
import { pathsOf, userClientPaths } from './client-paths.ts'

/** For whom the servers of a file are: `project` is the folder for scope `project`, else null. */
export interface FilePlacement {
  readonly scope: Scope
  readonly project: string | null
}

/** Formats of which every file is a person's own, wherever it was found. */
const alwaysUser: ReadonlySet<ClientFormat> = new Set([
  'claude-json',
  'claude-desktop',
  'windsurf',
  'cline',
  'goose',
  'antigravity',
  'librechat',
])

/** Folders inside a project that hold a client's settings: the project is the folder above them. */
const settingsFolders = new Set([
  '.cursor',
  '.vscode',
  '.roo',
  '.kilocode',
  '.zed',
  '.continue',
  '.codex',
  '.gemini',
  '.opencode',
  '.amazonq',
  '.kiro',
  '.junie',
])

/** How far above the file its client's folder can be: `.kiro/settings/mcp.json` has it two levels up. */
const settingsDepth = 2

/**
 * For whom a given file's servers are. It follows the kind of file: some clients have personal files only, `.mcp.json`
 * belongs to a project, and the others are a project's unless the file is at the client's known place below the home directory.
 * @param input.file absolute path, of the given platform.
 */
export function scopeOfGivenFile(input: {
  readonly format: ClientFormat
  readonly file: string
  readonly homeDir: string
  readonly platform: NodeJS.Platform
}): FilePlacement {
  if (alwaysUser.has(input.format)) return { scope: 'user', project: null }
  if (input.format !== 'mcp-json' && isUserFile(input)) return { scope: 'user', project: null }
  return { scope: 'project', project: projectFolder(input.file, input.platform) }
}

function isUserFile(input: {
  readonly format: ClientFormat
  readonly file: string
  readonly homeDir: string
  readonly platform: NodeJS.Platform
}): boolean {
  const path = pathsOf(input.platform)
  const same = (a: string, b: string): boolean =>
    input.platform === 'win32'
      ? path.normalize(a).toLowerCase() === path.normalize(b).toLowerCase()
      : path.normalize(a) === path.normalize(b)
  return userClientPaths({ ...input, env: {} }).some((known) => {
    if (known.client !== input.format) return false
    if (known.kind === 'file') return same(known.path, input.file)
    const extension = path.extname(input.file).slice(1).toLowerCase()
    return same(known.path, path.dirname(input.file)) && known.extensions.includes(extension)
  })
}

function projectFolder(file: string, platform: NodeJS.Platform): string {
  const path = pathsOf(platform)
  const own = path.dirname(file)
  let folder = own
  for (let level = 0; level < settingsDepth; level += 1) {
    if (settingsFolders.has(path.basename(folder))) return path.dirname(folder)
    folder = path.dirname(folder)
  }
  return own
}
