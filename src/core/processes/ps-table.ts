import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { ProcessEntry } from './process-entry.ts'
import { retryBusy } from './retry-busy.ts'

/** Every live process of this machine that can be seen, on a POSIX system without /proc. Rejects where ps(1) fails. */
export async function readPsTable(): Promise<readonly ProcessEntry[]> {
  // macOS has no session id in ps(1), so the group stands in for it.
  return parsePs(await ps('-axo', 'pid=,ppid=,pgid=,stat=,lstart=,time=,rss='))
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

/**
 * The values of a variable in the environments of processes, by number. macOS shows them for the person's own processes,
 * except those that its system integrity protection covers.
 */
export async function readPsVariable(name: string): Promise<ReadonlyMap<number, string>> {
  return parsePsVariable(await ps('-axEww', '-o', 'pid=,command='), name)
}

/**
 * Parses `ps -Eww -o pid=,command=`: the command line and the environment in one line, with spaces between all. So only a
 * variable whose value holds none can be told, and the last of its name is the environment's.
 */
export function parsePsVariable(text: string, name: string): ReadonlyMap<number, string> {
  const start = `${name}=`
  return new Map(
    text.split('\n').flatMap((line) => {
      const [pid, ...words] = line.trim().split(/\s+/)
      const word = words.findLast((candidate) => candidate.startsWith(start))
      return word === undefined ? [] : [[Number(pid), word.slice(start.length)]]
    }),
  )
}

async function ps(...args: readonly string[]): Promise<string> {
  // LC_ALL: months and days have their English names. TZ: a start keeps its name when the clocks change.
  const env = { LC_ALL: 'C', TZ: 'UTC' }
  const { stdout } = await retryBusy(() =>
    promisify(execFile)('/bin/ps', args, { env, maxBuffer: 64 * 2 ** 20 }),
  )
  return stdout
}
