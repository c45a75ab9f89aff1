import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as z from 'zod'
import { startOf } from '../core/processes/process-table.ts'
import { AppError, type ErrorInfo } from '../shared/domain/errors.ts'
import { makeSpareLockOf, spareLockOf } from './spare-lock.ts'

/**
 * What the lock file tells of the one process that may write the data directory: the live host, or a single command that
 * runs the core itself because no host is up.
 */
export const hostRecordSchema = z.object({
  kind: z.enum(['host', 'command']),
  pid: z.number().int().positive(),
  /** When the system started that process, as the system writes it (proc(5), starttime); null where it is not known. */
  processStart: z.string().nullable(),
  /** Milliseconds since the Unix epoch. */
  startedAt: z.number(),
  /** For example `http://127.0.0.1:43110`; null for a command. */
  endpoint: z.url().nullable(),
  /** Bearer token of the door; null for a command. */
  token: z.string().min(32).nullable(),
  version: z.string(),
})
export type HostRecord = z.infer<typeof hostRecordSchema>

/** How long a host may take to answer once, in milliseconds. */
const answerMs = 2_000
/** How long a host whose process lives may stay silent before a command gives up, in milliseconds: it may be busy or paused. */
const silenceMs = 15_000
/** How long to wait for a command that holds the data directory, and how often to look, in milliseconds. */
const commandWaitMs = 120_000
const commandPollMs = 50

/** A lock that is held. */
export interface HostLock {
  /** True while the file still names this process; false once another one took over. */
  readonly isHeld: () => Promise<boolean>
  /** Removes the file, if it is still ours. */
  readonly release: () => Promise<void>
  /** Why it does not stand in the data directory: nothing can be written there. Null where it does. */
  readonly problem: ErrorInfo | null
}

/**
 * Makes this process the one writer of its data directory. A lock whose process is gone, or whose endpoint refuses its
 * token, is taken over at once; a command's is waited for, and so is a host that is silent for the moment. Throws
 * `host_running` with the holder's data, or `state_read_only` where the directory cannot be used at all.
 * @param onWait told once, after a second, whom this one waits for.
 */
export async function acquireHostLock(
  file: string,
  record: HostRecord,
  onWait: (pid: number) => void = () => {},
): Promise<HostLock> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch(asReadOnly(file))
  try {
    return { ...(await acquireAt(file, record, onWait)), problem: null }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'state_read_only') throw error
    const spare = await makeSpareLockOf(file)
    if (spare === null) throw error
    const lock = await acquireAt(spare, record, onWait)
    const other = await findAt(file)
    if (other === undefined) return { ...lock, problem: error.toInfo() }
    // It was there before nothing could be written any more.
    await lock.release()
    throw new AppError('host_running', { pid: other.pid, endpoint: other.endpoint })
  }
}

async function acquireAt(
  file: string,
  record: HostRecord,
  onWait: (pid: number) => void,
): Promise<Omit<HostLock, 'problem'>> {
  const text = `${JSON.stringify(record)}\n`
  const startedAt = Date.now()
  let told = false
  while (!(await createExclusive(file, text))) {
    const seen = await readIfThere(file)
    if (seen === undefined) continue
    const holder = parseRecord(seen)
    const presence = holder === undefined ? 'gone' : await presenceOf(holder)
    if (holder === undefined || presence === 'gone') {
      await removeStale(file, seen)
      continue
    }
    const waitMs = holder.kind === 'command' ? commandWaitMs : presence === 'silent' ? silenceMs : 0
    if (Date.now() - startedAt >= waitMs) {
      throw new AppError('host_running', { pid: holder.pid, endpoint: holder.endpoint ?? '' })
    }
    if (!told && Date.now() - startedAt > 1_000) onWait(holder.pid)
    told ||= Date.now() - startedAt > 1_000
    await delay(commandPollMs)
  }
  const isHeld = async () => (await readIfThere(file)) === text
  return {
    isHeld,
    release: async () => {
      if (await isHeld()) await rm(file, { force: true })
    },
  }
}

/** A live host that can be talked to. */
export type LiveHostRecord = HostRecord & { readonly endpoint: string; readonly token: string }

/**
 * The record of the live host of a data directory, or undefined where none runs. Throws `unresponsive` for one whose
 * process lives and that stays silent.
 */
export async function findLiveHost(file: string): Promise<LiveHostRecord | undefined> {
  const usual = await findAt(file)
  if (usual !== undefined) return usual
  const spare = await spareLockOf(file)
  return spare === null ? undefined : await findAt(spare)
}

async function findAt(file: string): Promise<LiveHostRecord | undefined> {
  const giveUpAt = Date.now() + silenceMs
  for (;;) {
    const text = await readIfThere(file)
    const record = text === undefined ? undefined : parseRecord(text)
    if (record === undefined || record.endpoint === null || record.token === null) return undefined
    const { endpoint, token } = record
    const presence = await presenceOf(record)
    if (presence === 'gone') return undefined
    if (presence === 'live') return { ...record, endpoint, token }
    if (Date.now() >= giveUpAt) {
      throw new AppError('unresponsive', {
        reason: `MCP Manager (process ${record.pid}) has not answered for ${silenceMs / 1000} s.`,
      })
    }
  }
}

/** Whether nobody holds the data directory: the last host gave it back in order, and did not just die. */
export async function isLockFree(file: string): Promise<boolean> {
  const spare = await spareLockOf(file)
  if (spare !== null && (await readIfThere(spare)) !== undefined) return false
  return (await readIfThere(file)) === undefined
}

/**
 * `gone`: the process is, or what has its number or port now is not the host of this record. `silent`: the process lives
 * and does not answer for now; its work must not be taken from under it.
 */
async function presenceOf(record: HostRecord): Promise<'live' | 'silent' | 'gone'> {
  if (!processExists(record.pid)) return 'gone'
  if (startOf(record.pid) !== record.processStart) return 'gone'
  if (record.endpoint === null) return 'live'
  try {
    const response = await fetch(new URL('/health', record.endpoint), {
      headers: { authorization: `Bearer ${record.token}` },
      signal: AbortSignal.timeout(answerMs),
    })
    await response.body?.cancel()
    return response.ok ? 'live' : 'gone'
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'silent' : 'gone'
  }
}

async function createExclusive(file: string, text: string): Promise<boolean> {
  // Written beside and linked into place, so that nobody ever reads half a record; link(2) fails where the name is taken.
  const temporary = `${file}.${randomUUID()}`
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(text)
    } finally {
      await handle.close()
    }
    await link(temporary, file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    return asReadOnly(file)(error)
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Removes a lock that was judged stale, and nothing else: another process may have taken over in the meantime. */
async function removeStale(file: string, judged: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  try {
    await rename(file, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if ((await readFile(aside, 'utf8')) !== judged) {
    try {
      await link(aside, file)
    } catch (error) {
      // A third one is in place already: it is the host then, and the one moved aside will see that.
      if (codeOf(error) !== 'EEXIST') throw error
    }
  }
  await rm(aside, { force: true })
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    // ENOTDIR: the data directory cannot be, so nothing is in it; whoever wants to write there is told.
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    throw error
  }
}

function parseRecord(text: string): HostRecord | undefined {
  try {
    return hostRecordSchema.safeParse(JSON.parse(text)).data
  } catch {
    // Not JSON: no host of ours wrote it, so it names nobody.
    return undefined
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function asReadOnly(file: string): (error: unknown) => never {
  return (error) => {
    const code = codeOf(error)
    if (['EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EEXIST'].includes(code)) {
      throw new AppError('state_read_only', { file, reason: code }, { cause: error })
    }
    throw error
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
