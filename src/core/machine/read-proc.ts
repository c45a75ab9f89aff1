import { readlink, realpath, stat } from 'node:fs/promises'
import { readBounded } from '../processes/read-bounded.ts'
import { retryBusy } from '../processes/retry-busy.ts'

/** How many files of /proc are open at once. */
const filesAtOnce = 32

/** The process is gone meanwhile, or belongs to somebody else; or what a link names is not there. */
const absentCodes: ReadonlySet<unknown> = new Set([
  'ENOENT',
  'ESRCH',
  'EACCES',
  'EPERM',
  'ENOTDIR',
  'ELOOP',
  'ENAMETOOLONG',
])

/** The text of a file of a process, up to a length; null where it is gone or not for us to see. */
export async function readProcText(
  pid: number,
  name: string,
  maxBytes: number,
): Promise<string | null> {
  return await unlessAbsent(async () =>
    (await readBounded(`/proc/${pid}/${name}`, maxBytes)).toString('utf8'),
  )
}

/** What a link of a process points to; null where it is gone or not for us to see. */
export async function readProcLink(pid: number, name: string): Promise<string | null> {
  return await unlessAbsent(() => readlink(`/proc/${pid}/${name}`))
}

/** The number of the user that a process belongs to. */
export async function readProcUser(pid: number): Promise<number | null> {
  return await unlessAbsent(async () => (await stat(`/proc/${pid}`)).uid)
}

/** The file behind a link; null where there is none. */
export async function readRealPath(path: string): Promise<string | null> {
  return await unlessAbsent(() => realpath(path))
}

/** What is read; null where it is gone or not for us to see. */
export async function unlessAbsent<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await retryBusy(read)
  } catch (error) {
    if (error instanceof Error && 'code' in error && absentCodes.has(error.code)) return null
    throw error
  }
}

/** Does the work for each item; a bounded number of them at once. Answers in order. */
export async function mapInTurns<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  for (let start = 0; start < items.length; start += filesAtOnce) {
    results.push(...(await Promise.all(items.slice(start, start + filesAtOnce).map(work))))
  }
  return results
}
