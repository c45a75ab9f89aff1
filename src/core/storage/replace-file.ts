import { randomBytes } from 'node:crypto'
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '../../shared/domain/errors.ts'
import { errnoOf } from './errno.ts'

/** Windows refuses to replace a file that a virus scanner or a search index holds open; it lets go within a second. */
const windowsRetryMs = [20, 60, 150, 400]

/** What this process is writing now. */
const ownTemporaries = new Set<string>()
const leftover = /^(\d+)-[0-9a-f]{12}\.tmp$/

/** A file that is another program's too. */
export interface SharedFile {
  /** The content it was read with: what somebody wrote since is not overwritten. */
  readonly expected: string
}

/**
 * Replaces a file's content as one step: after a crash or a power cut there is either the old content or the new, never
 * a part. A symbolic link is followed, so a linked file stays linked. The file's mode becomes 0600; a shared one keeps its mode
 * and its owner. A missing directory is made (0700), but not for a shared one.
 * @throws AppError `state_read_only` with `file` and `reason` (an errno such as `ENOSPC`, or `read_only` for a file
 * that its owner has write-protected), or `file_changed` for a shared file. The old content is then untouched.
 */
export async function replaceFile(
  file: string,
  content: string,
  shared?: SharedFile,
): Promise<void> {
  let temporary: string | null = null
  let name: string | null = null
  try {
    if (shared === undefined) await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    else await removeLeftovers(file)
    const target = await followLink(file)
    name = temporaryOf(target)
    ownTemporaries.add(name)
    // FileHandle.writeFile writes until all is written. write-file-atomic 8 calls fs.write once and ignores how much
    // was taken, so a disk that fills up mid-write would put a shortened file in place of a good one.
    const handle = await open(name, 'wx', 0o600)
    temporary = name
    try {
      await handle.writeFile(content)
      if (shared !== undefined) await keepOwner(handle, target)
      await handle.sync()
    } finally {
      await handle.close()
    }
    // As late as can be: no system replaces a file on condition of its content.
    if (shared !== undefined && (await readFile(target, 'utf8')) !== shared.expected) {
      throw new AppError('file_changed', { file })
    }
    await renameOver(name, target)
    temporary = null
    await syncDirectory(dirname(target))
  } catch (error) {
    if (temporary !== null) await rm(temporary, { force: true })
    if (error instanceof WriteProtected) {
      const data = { file, reason: 'read_only', writeProtected: 'yes' }
      throw new AppError('state_read_only', data, { cause: error })
    }
    const reason = errnoOf(error)
    if (reason === null) throw error
    throw new AppError('state_read_only', { file, reason }, { cause: error })
  } finally {
    if (name !== null) ownTemporaries.delete(name)
  }
}

/**
 * Removes what a killed program left beside a file that it was replacing: for a shared file that may hold credentials which stand
 * nowhere else. What another program is writing now stays.
 */
export async function removeLeftovers(file: string): Promise<void> {
  const target = (await unlessRefused(realpath(file))) ?? file
  const folder = dirname(target)
  const begin = `${basename(target)}.`
  for (const name of (await unlessRefused(readdir(folder))) ?? []) {
    const pid = name.startsWith(begin) ? leftover.exec(name.slice(begin.length))?.[1] : undefined
    const path = join(folder, name)
    if (pid === undefined || isWriting(Number(pid), path)) continue
    await unlessRefused(rm(path, { force: true }))
  }
}

/** By its writer's number, so that what a dead one left can be told. */
function temporaryOf(target: string): string {
  return `${target}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`
}

function isWriting(pid: number, path: string): boolean {
  // A container gives every start of a program the same number.
  if (pid === process.pid) return ownTemporaries.has(path)
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return errnoOf(error) !== 'ESRCH'
  }
}

/** Null where the system refuses: it is tried again with the next write. */
async function unlessRefused<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (errnoOf(error) === null) throw error
    return null
  }
}

/** Gives a new file the owner and the mode of the one that it is to replace. Windows has neither. */
async function keepOwner(handle: FileHandle, target: string): Promise<void> {
  if (process.platform === 'win32') return
  const was = await stat(target)
  const is = await handle.stat()
  if (is.uid !== was.uid || is.gid !== was.gid) await handle.chown(was.uid, was.gid)
  await handle.chmod(was.mode & 0o7777)
}

class WriteProtected extends Error {}

/** The path that is really to be replaced. A rename would silently replace a write-protected file, so that is checked here. */
async function followLink(file: string): Promise<string> {
  try {
    const target = await realpath(file)
    const { mode } = await stat(target)
    if ((mode & 0o200) === 0) throw new WriteProtected(`${target} is write-protected`)
    return target
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return file
    throw error
  }
}

async function renameOver(from: string, to: string): Promise<void> {
  for (const waitMs of process.platform === 'win32' ? windowsRetryMs : []) {
    try {
      return await rename(from, to)
    } catch (error) {
      const code = errnoOf(error)
      if (code !== 'EPERM' && code !== 'EACCES' && code !== 'EBUSY') throw error
    }
    await delay(waitMs)
  }
  await rename(from, to)
}

/** Makes the rename itself durable (POSIX: a directory entry is data of the directory). Windows cannot open a directory. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
