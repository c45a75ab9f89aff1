import { createHash } from 'node:crypto'
import { lstat, mkdir } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/**
 * Where the lock of a data directory stands while nothing can be written there (a full or a read-only disk): in a folder of
 * this person's own below the system's temporary one. Null where that folder is missing or could be somebody else's: who
 * reads the record trusts the endpoint in it.
 * @param file the lock's usual place.
 */
export async function spareLockOf(file: string): Promise<string | null> {
  const folder = spareFolder()
  try {
    const stat = await lstat(folder)
    // Windows has no such numbers; its temporary folder is the person's own.
    const isOurs =
      process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o077) === 0)
    if (!stat.isDirectory() || !isOurs) return null
  } catch {
    // It was never needed, or cannot be looked at: either way there is none to be used.
    return null
  }
  return join(folder, `${createHash('sha256').update(file).digest('hex').slice(0, 32)}.json`)
}

/** The same, with the folder made where it is missing. */
export async function makeSpareLockOf(file: string): Promise<string | null> {
  try {
    await mkdir(spareFolder(), { mode: 0o700 })
  } catch {
    // It is there already, or there is no room for it either: the look at it tells.
  }
  return await spareLockOf(file)
}

function spareFolder(): string {
  return join(tmpdir(), `mcp-manager-${userInfo().uid}`)
}
