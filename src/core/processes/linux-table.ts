import { readdirSync, readFileSync } from 'node:fs'
import type { ProcessEntry, ProcessReading, Zombie } from './process-entry.ts'
import { readBounded } from './read-bounded.ts'
import { retryBusy } from './retry-busy.ts'
import { type SystemConstants, systemConstants } from './system-constants.ts'

/** How many processes are looked at in one go: about a millisecond's work. */
const readAtOnce = 100
/** Of a longer environment or command line no more is read, in bytes: nearly all systems let no program start with more. */
const maxTextBytes = 2 * 2 ** 20

/** PF_KTHREAD of the kernel's flags of a process (proc(5), "flags"; include/linux/sched.h). */
const kernelThreadFlag = 0x0020_0000
/** For how long a number is taken to be a kernel thread's still, in milliseconds: none comes round again so soon. */
const sameThreadMs = 250

/** Mostly two thirds of all numbers. Looks come in bursts, and a file in /proc costs some 20 microseconds. */
let kernelThreads: { readonly at: number; readonly pids: ReadonlySet<number> } | null = null

/** Every process of this machine; the kernel's own threads are none. Rejects where /proc cannot be read. */
export async function readLinuxTable(): Promise<ProcessReading> {
  const names = await retryBusy(async () => readdirSync('/proc'))
  const now = performance.now()
  if (kernelThreads !== null && now - kernelThreads.at > sameThreadMs) kernelThreads = null
  const known = kernelThreads
  const pids = names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => known?.pids.has(pid) !== true)
  const threads = new Set<number>()
  const live: ProcessEntry[] = []
  const zombies: Zombie[] = []
  for (let at = 0; at < pids.length; at += readAtOnce) {
    // These files are in memory, and reading them here costs a sixth of what it costs by threads; in slices, because this
    // program has other things to do.
    if (at > 0) await new Promise((resolve) => void setImmediate(resolve))
    for (const pid of pids.slice(at, at + readAtOnce)) {
      const text = await retryBusy(async () => readStat(pid))
      const read = text === undefined ? undefined : parseStat(text)
      if (read === undefined) continue
      if (read.isKernelThread) threads.add(pid)
      else if (read.isZombie) zombies.push(read.entry)
      else live.push(read.entry)
    }
  }
  kernelThreads ??= { at: now, pids: threads }
  return { live, zombies }
}

/** The process of this number, or undefined where there is none or it has ended. */
export function readLinuxProcess(pid: number): ProcessEntry | undefined {
  const text = readStat(pid)
  const read = text === undefined ? undefined : parseStat(text)
  return read?.isZombie === false ? read.entry : undefined
}

/**
 * Parses `/proc/PID/stat` (proc(5)). The command in parentheses may itself hold spaces and parentheses, so fields are
 * counted from the last one. Undefined for a line of another shape.
 */
export function parseStat(
  text: string,
  constants: SystemConstants = systemConstants(),
):
  | { readonly entry: ProcessEntry; readonly isZombie: boolean; readonly isKernelThread: boolean }
  | undefined {
  const close = text.lastIndexOf(')')
  const pid = Number.parseInt(text, 10)
  const fields = text.slice(close + 2).split(' ')
  const [state, parentPid, groupId, sessionId, , , flags] = fields
  const [userTicks, systemTicks, startTicks, pages] = [11, 12, 19, 21].map((at) => fields[at])
  const [childUserTicks, childSystemTicks] = [13, 14].map((at) => fields[at])
  if (close < 0 || Number.isNaN(pid) || startTicks === undefined || pages === undefined) {
    return undefined
  }
  const { ticksPerSecond, pageBytes } = constants
  const entry = {
    pid,
    parentPid: Number(parentPid),
    groupId: Number(groupId),
    sessionId: Number(sessionId),
    startMark: startTicks,
    cpuMs: ((Number(userTicks) + Number(systemTicks)) * 1000) / ticksPerSecond,
    endedChildrenCpuMs:
      ((Number(childUserTicks) + Number(childSystemTicks)) * 1000) / ticksPerSecond,
    memoryBytes: Number(pages) * pageBytes,
  }
  const isKernelThread = (Number(flags) & kernelThreadFlag) !== 0
  return { entry, isZombie: state === 'Z' || state === 'X', isKernelThread }
}

/** The variables that a process was started with, or undefined where it is gone meanwhile or belongs to somebody else. */
export async function readEnvironment(
  pid: number,
): Promise<ReadonlyMap<string, string> | undefined> {
  const text = await readReachable(`/proc/${pid}/environ`)
  return text === undefined ? undefined : parseEnvironment(text)
}

/**
 * Parses `/proc/PID/environ`: what a process calls itself may have been written over it, so lines may be anything. Of a name
 * that is there twice the first counts, as it does for the process itself (getenv(3)).
 */
export function parseEnvironment(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>()
  for (const line of text.split('\0')) {
    const at = line.indexOf('=')
    const name = line.slice(0, at)
    if (at > 0 && !variables.has(name)) variables.set(name, line.slice(at + 1))
  }
  return variables
}

/** By a thread: these files wait for a lock of that process's memory. */
async function readReachable(file: string): Promise<string | undefined> {
  try {
    return (await retryBusy(() => readBounded(file, maxTextBytes))).toString('latin1')
  } catch (error) {
    if (isOutOfReach(error)) return undefined
    throw error
  }
}

function readStat(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch (error) {
    if (isOutOfReach(error)) return undefined
    throw error
  }
}

/** ESRCH: it ended between the opening and the reading. EACCES and EPERM: it belongs to somebody else. */
function isOutOfReach(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM'
}
