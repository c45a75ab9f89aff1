import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import PQueue from 'p-queue'
import type { ClientFile } from '../../shared/domain/import.ts'
import {
  type ClientPath,
  type PathInput,
  pathsOf,
  projectClientPaths,
  userClientPaths,
} from './client-paths.ts'
import type { FilePlacement } from './file-placement.ts'
import { claudeProjectFolders } from './formats/claude-json.ts'

/** How many files are looked at side by side. More gains nothing: Node has four threads for them. */
const concurrency = 16

/**
 * Finds the clients' files that exist on this machine: every user-level place of `userClientPaths`, and the project-level places of
 * the given folders and of those that Claude Code's own file lists. A file that is reached in several ways is listed once, the
 * person's own place first. Nothing is written and, apart from Claude Code's list of folders, nothing is read.
 * @param input.projects absolute paths of folders to look into.
 * @throws the file system's error where a place can neither be looked at nor is absent, such as EIO.
 */
export async function discoverClientFiles(
  input: PathInput & { readonly projects: readonly string[] },
): Promise<ClientFile[]> {
  const queue = new PQueue({ concurrency })
  const userPaths = userClientPaths(input)
  const folders = new Set(input.projects)
  for (const { client, path } of userPaths) {
    if (client !== 'claude-json' || !(await exists(path, 'file'))) continue
    for (const folder of await listedFolders(path)) {
      if (pathsOf(input.platform).isAbsolute(folder)) folders.add(folder)
    }
  }
  const places: { path: ClientPath; placement: FilePlacement }[] = [
    ...userPaths.map((path) => ({ path, placement: { scope: 'user' as const, project: null } })),
    ...[...folders].flatMap((project) =>
      projectClientPaths(input.platform, project).map((path) => ({
        path,
        placement: { scope: 'project' as const, project },
      })),
    ),
  ]
  const found = await queue.addAll(
    places.map(({ path, placement }) => async () => {
      const files = await existingFiles(path)
      return Promise.all(
        files.map(async (file) => ({
          real: await unlessAbsent(realpath(file)),
          clientFile: { client: path.client, file, ...placement },
        })),
      )
    }),
  )
  const byRealPath = new Map<string, ClientFile>()
  for (const { real, clientFile } of found.flat()) {
    // A file that went away while we looked has no real path.
    if (real !== null && !byRealPath.has(real)) byRealPath.set(real, clientFile)
  }
  return [...byRealPath.values()]
}

/** Empty where the file cannot be read: it stands in the list all the same, and whoever reads it reports why it cannot. */
async function listedFolders(claudeJson: string): Promise<string[]> {
  const text = await unlessAbsent(readFile(claudeJson, 'utf8'))
  return text === null ? [] : claudeProjectFolders(text)
}

async function existingFiles(path: ClientPath): Promise<string[]> {
  if (path.kind === 'file') {
    if (path.shadowedBy !== undefined && (await exists(path.shadowedBy, 'file'))) return []
    return (await exists(path.path, 'file')) ? [path.path] : []
  }
  if (!(await exists(path.path, 'folder'))) return []
  const names = (await unlessAbsent(readdir(path.path))) ?? []
  const wanted = names.filter((name) => path.extensions.includes(extname(name).slice(1)))
  const checked = await Promise.all(
    wanted.toSorted().map(async (name) => {
      const file = join(path.path, name)
      return (await exists(file, 'file')) ? file : null
    }),
  )
  return checked.filter((file) => file !== null)
}

/** Not there, or not for us to see (another person's folder, macOS's privacy guard): either way there is nothing to import. */
const absentCodes = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG'])

async function exists(path: string, kind: 'file' | 'folder'): Promise<boolean> {
  const found = await unlessAbsent(stat(path))
  if (found === null) return false
  return kind === 'file' ? found.isFile() : found.isDirectory()
}

async function unlessAbsent<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (typeof code === 'string' && absentCodes.has(code)) return null
    throw error
  }
}
