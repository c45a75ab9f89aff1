import { constants, copyFile, readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errnoOf } from './errno.ts'
import { timestampName } from './timestamp-name.ts'

/**
 * Copies a damaged file to `<file>.corrupt-<timestamp>` beside it, and returns the path of the copy. A damaged file
 * that is met again (the directory was read-only, or nobody mended it) is not copied again: the first copy is returned.
 * Where no copy can be made the file itself is returned: it is then the only one, and has not been touched.
 */
export async function keepAside(file: string, nowMs: number): Promise<string> {
  try {
    const directory = dirname(file)
    const prefix = `${basename(file)}.corrupt-`
    const content = await readFile(file)
    for (const name of await readdir(directory)) {
      if (!name.startsWith(prefix)) continue
      const earlier = join(directory, name)
      if (content.equals(await readFile(earlier))) return earlier
    }
    const copy = `${file}.corrupt-${timestampName(nowMs)}`
    await copyFile(file, copy, constants.COPYFILE_EXCL)
    return copy
  } catch (error) {
    if (errnoOf(error) === null) throw error
    return file
  }
}
