/** Codes of a system that is short of something for a moment: open files, processes (errno(3)). */
const busyCodes: ReadonlySet<unknown> = new Set(['EMFILE', 'ENFILE', 'EAGAIN'])
/** How long to wait before each further attempt, in milliseconds: under a second and a half altogether. */
const waitsMs = [10, 20, 50, 100, 200, 400, 600]

/** Does the work, again and again while the system is short of files or processes. Rejects with what the last attempt threw. */
export async function retryBusy<T>(work: () => Promise<T>): Promise<T> {
  for (const waitMs of waitsMs) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && busyCodes.has(error.code))) throw error
    }
    await new Promise((resolve) => {
      setTimeout(resolve, waitMs)
    })
  }
  return await work()
}
