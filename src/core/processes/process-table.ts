import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { retryBusy } from './retry-busy.ts'
import { type SystemConstants, systemConstants } from './system-constants.ts'

/** The environment variable by which every process of a server, however it detached itself, can be found again. */
export const runIdVariable = 'MCP_MANAGER_RUN_ID'

/** One live process. Zombies are left out: they hold nothing but their entry in the table. */
export interface ProcessEntry {
  readonly pid: number
  readonly parentPid: number
  readonly groupId: number
  readonly sessionId: number
  /**
   * When the system started it, in words of the system that mean nothing else: the same number with another mark is
   * another process.
   */
  readonly startMark: string
  /** Time on a processor since its start, its own alone, in milliseconds. */
  readonly cpuMs: number
  /** Memory that it holds (resident set), in bytes. Pages that it shares count for each process that has them. */
  readonly memoryBytes: number
}

/** What is known of a server's processes: its leader (who leads a group and a session of the same number) and its run id. */
export interface ProcessTree {
  readonly leaderPid: number
  readonly runId: string
  /** The leader was seen to end, so a process of its number is another one. */
  readonly hasLeaderEnded: boolean
}

/** The live processes of a tree. */
export interface TreeMembers {
  readonly pids: readonly number[]
  /** Whether the leader's process group still has members, so that it can be signalled as a whole. */
  readonly hasGroup: boolean
}

/**
 * The live processes of a server's tree: members of the leader's group or session, their descendants, and (on Linux)
 * every process that carries the run id in its environment, wherever it moved to. Empty when the tree is gone.
 */
export async function findTree(tree: ProcessTree): Promise<TreeMembers> {
  if (process.platform === 'win32') {
    const pids = (await isTreeGone(tree)) ? [] : [tree.leaderPid]
    return { pids, hasGroup: false }
  }
  const entries = await readProcessTable()
  const pids = new Set(membersOf(tree, entries))
  const hasGroup = entries.some((entry) => entry.groupId === tree.leaderPid && pids.has(entry.pid))
  if (process.platform === 'linux') {
    for (const pid of await findByRunId(tree.runId, entries)) pids.add(pid)
  }
  return { pids: [...pids], hasGroup }
}

/** Whether no process of the tree is left. Cheaper than `findTree` while there are some. */
export async function isTreeGone(tree: ProcessTree): Promise<boolean> {
  if (process.platform === 'win32') return tree.hasLeaderEnded || !isAlive(tree.leaderPid)
  const entries = await readProcessTable()
  if (membersOf(tree, entries).length > 0) return false
  // Reading environments costs one more file per process: only needed once nothing else is left of the tree.
  return process.platform !== 'linux' || (await findByRunId(tree.runId, entries)).length === 0
}

/** Which of `entries` belong to the tree by group, session or descent. Pure. */
export function membersOf(tree: ProcessTree, entries: readonly ProcessEntry[]): readonly number[] {
  // The system gives a number to a new process only when no group or session has it either (POSIX, "Process ID Reuse"), so
  // this one is a stranger, and all that bears its number is the stranger's.
  if (tree.hasLeaderEnded && entries.some((entry) => entry.pid === tree.leaderPid)) return []
  const members = new Set<number>()
  for (const entry of entries) {
    if (
      entry.pid === tree.leaderPid ||
      entry.groupId === tree.leaderPid ||
      entry.sessionId === tree.leaderPid
    ) {
      members.add(entry.pid)
    }
  }
  for (let grown = true; grown; ) {
    grown = false
    for (const entry of entries) {
      if (!members.has(entry.pid) && members.has(entry.parentPid)) {
        members.add(entry.pid)
        grown = true
      }
    }
  }
  return [...members]
}

/**
 * True while a process of this number runs. A zombie does not: in a container whose first process collects nobody, a
 * killed program stays in the table for ever, and `kill(pid, 0)` goes on finding it.
 */
export function isAlive(pid: number): boolean {
  if (process.platform === 'linux') return isInProc(pid)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function isInProc(pid: number): boolean {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1')) !== undefined
  } catch (error) {
    // ESRCH: it ended between the opening and the reading.
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ESRCH') return false
    throw error
  }
}

/**
 * Parses `/proc/PID/stat` (proc(5)). The command in parentheses may itself hold spaces and parentheses, so fields are
 * counted from the last one. Undefined for a zombie or a line of another shape.
 */
export function parseStat(
  text: string,
  constants: SystemConstants = systemConstants(),
): ProcessEntry | undefined {
  const close = text.lastIndexOf(')')
  const pid = Number.parseInt(text, 10)
  const fields = text.slice(close + 2).split(' ')
  const [state, parentPid, groupId, sessionId] = fields
  const [userTicks, systemTicks, startTicks, pages] = [11, 12, 19, 21].map((at) => fields[at])
  if (close < 0 || Number.isNaN(pid) || startTicks === undefined || pages === undefined) {
    return undefined
  }
  if (state === 'Z' || state === 'X') return undefined
  const { ticksPerSecond, pageBytes } = constants
  return {
    pid,
    parentPid: Number(parentPid),
    groupId: Number(groupId),
    sessionId: Number(sessionId),
    startMark: startTicks,
    cpuMs: ((Number(userTicks) + Number(systemTicks)) * 1000) / ticksPerSecond,
    memoryBytes: Number(pages) * pageBytes,
  }
}

/** Every live process of this machine that can be seen. POSIX only. Rejects where the table cannot be read. */
export function readProcessTable(): Promise<readonly ProcessEntry[]> {
  return process.platform === 'linux' ? readLinuxTable() : readPsTable()
}

async function readLinuxTable(): Promise<readonly ProcessEntry[]> {
  const pids = (await retryBusy(() => readdir('/proc'))).filter((name) => /^\d+$/.test(name))
  return await mapInTurns(pids, async (pid) => {
    const text = await readProcFile(pid, 'stat')
    return text === undefined ? undefined : parseStat(text)
  })
}

async function findByRunId(
  runId: string,
  entries: readonly ProcessEntry[],
): Promise<readonly number[]> {
  const mark = `${runIdVariable}=${runId}`
  return await mapInTurns(entries, async ({ pid }) => {
    const environment = await readProcFile(String(pid), 'environ')
    return environment?.split('\0').includes(mark) === true ? pid : undefined
  })
}

/**
 * The live processes whose environment holds a variable with a value that fits. Linux only. This process and its
 * ancestors are never among them: a host may itself have been started from within a server.
 */
export async function findByVariable(
  name: string,
  fits: (value: string) => boolean,
): Promise<readonly number[]> {
  const entries = await readProcessTable()
  const parentOf = new Map(entries.map((entry) => [entry.pid, entry.parentPid]))
  const own = new Set<number>()
  for (let pid: number | undefined = process.pid; pid !== undefined && !own.has(pid); ) {
    own.add(pid)
    pid = parentOf.get(pid)
  }
  const start = `${name}=`
  return await mapInTurns(entries, async ({ pid }) => {
    if (own.has(pid)) return undefined
    const environment = await readProcFile(String(pid), 'environ')
    const line = environment?.split('\0').find((candidate) => candidate.startsWith(start))
    return line !== undefined && fits(line.slice(start.length)) ? pid : undefined
  })
}

/** How many files of /proc are open at once: many servers stop together, and each looks at every process. */
const filesAtOnce = 32

/** The answers that are not undefined, in order; a bounded number of items is worked on at once. */
async function mapInTurns<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R | undefined>,
): Promise<R[]> {
  const results: R[] = []
  for (let start = 0; start < items.length; start += filesAtOnce) {
    const answers = await Promise.all(items.slice(start, start + filesAtOnce).map(work))
    for (const answer of answers) if (answer !== undefined) results.push(answer)
  }
  return results
}

/** The file's text, or undefined where the process is gone meanwhile or belongs to somebody else. */
async function readProcFile(pid: string, name: string): Promise<string | undefined> {
  try {
    return await retryBusy(() => readFile(`/proc/${pid}/${name}`, 'latin1'))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') {
      return undefined
    }
    throw error
  }
}

async function readPsTable(): Promise<readonly ProcessEntry[]> {
  // macOS has no session id in ps(1), so the group stands in for it. LC_ALL: months and days have their English names.
  const { stdout } = await retryBusy(() =>
    promisify(execFile)('/bin/ps', ['-axo', 'pid=,ppid=,pgid=,stat=,lstart=,time=,rss='], {
      env: { LC_ALL: 'C' },
      maxBuffer: 16 * 2 ** 20,
    }),
  )
  return parsePs(stdout)
}

/** Parses `ps -o pid=,ppid=,pgid=,stat=,lstart=,time=,rss=`, without zombies. */
export function parsePs(text: string): readonly ProcessEntry[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/)
    const [pid, parentPid, groupId, stat] = fields
    // The start is five words: day, month, date, time, year.
    const [time, kilobytes] = fields.slice(9)
    if (kilobytes === undefined || time === undefined || stat?.startsWith('Z') !== false) return []
    return [
      {
        pid: Number(pid),
        parentPid: Number(parentPid),
        groupId: Number(groupId),
        sessionId: Number(groupId),
        startMark: fields.slice(4, 9).join(' '),
        cpuMs: parseCpuTime(time),
        memoryBytes: Number(kilobytes) * 1024,
      },
    ]
  })
}

/** Parses `[[dd-]hh:]mm:ss[.cc]` (ps(1), time) to milliseconds. */
function parseCpuTime(text: string): number {
  const [days, clock] = text.includes('-') ? text.split('-', 2) : ['0', text]
  const seconds = (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return Math.round((Number(days) * 86_400 + seconds) * 1000)
}
