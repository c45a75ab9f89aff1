import { open } from 'node:fs/promises'

/** How much is read at once, in bytes: more than most environments and command lines have. */
const pieceBytes = 64 * 1024

/**
 * The beginning of a file of /proc. A process says itself where its command line and its environment lie (prctl(2),
 * PR_SET_MM), and may name gigabytes: what is read of others has to have an end.
 */
export async function readBounded(file: string, maxBytes: number): Promise<Buffer> {
  const handle = await open(file)
  try {
    const pieces: Buffer[] = []
    for (let left = maxBytes; left > 0; ) {
      const piece = Buffer.allocUnsafe(Math.min(left, pieceBytes))
      const { bytesRead } = await handle.read(piece, 0, piece.length, null)
      if (bytesRead === 0) break
      pieces.push(piece.subarray(0, bytesRead))
      left -= bytesRead
    }
    return Buffer.concat(pieces)
  } finally {
    await handle.close()
  }
}
