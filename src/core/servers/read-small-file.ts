import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/** Largest file that a configuration may refer to, in bytes. */
export const maxSmallFileBytes = 1024 * 1024

/**
 * The text of a file that a configuration names, UTF-8. Rejects for what is not a regular file (a pipe or a device has no
 * end), for more than 1 MB, and with the system's error where it cannot be read.
 */
export async function readSmallFile(path: string): Promise<string> {
  // Not blocking: the mere opening of a pipe would wait for its writer, for ever (open(2), O_NONBLOCK). Windows has no such flag.
  const nonBlocking: number | undefined = constants.O_NONBLOCK
  const file = await open(path, constants.O_RDONLY | (nonBlocking ?? 0))
  try {
    if (!(await file.stat()).isFile()) throw new Error('It is not a regular file.')
    // Read rather than measured: files of /proc say that they are empty, and a file can grow meanwhile.
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      const piece = Buffer.from(chunk)
      bytes += piece.length
      if (bytes > maxSmallFileBytes) throw new Error('It is larger than 1 MB.')
      chunks.push(piece)
    }
    return Buffer.concat(chunks).toString('utf8')
  } finally {
    await file.close()
  }
}
