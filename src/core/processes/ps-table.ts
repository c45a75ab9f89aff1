import type { ProcessEntry } from './process-entry.ts'
import { readPsLines } from './read-lines.ts'

/** A line of figures. */
const maxFigureBytes = 1_024
/** A line with a command and an environment: no system lets a program start with more, in bytes. */
const maxTextBytes = 2 * 2 ** 20

/** Every live process of this machine that can be seen, on a POSIX system without /proc. Rejects where ps(1) fails. */
export async function readPsTable(): Promise<readonly ProcessEntry[]> {
  // macOS has no session id in ps(1), so the group stands in for it.
  const columns = 'pid=,ppid=,pgid=,stat=,lstart=,time=,rss='
  const entries: ProcessEntry[] = []
  await readPsLines(['-axo', columns], maxFigureBytes, (line) => {
    const entry = parsePsLine(line)
    if (entry !== null) entries.push(entry)
  })
  return entries
}

/** Parses a line of `ps -o pid=,ppid=,pgid=,stat=,lstart=,time=,rss=`; null for a zombie. Pure. */
export function parsePsLine(line: string): ProcessEntry | null {
  const fields = line.trim().split(/\s+/)
  const [pid, parentPid, groupId, stat] = fields
  // The start is five words: day, month, date, time, year.
  const [time, kilobytes] = fields.slice(9)
  if (kilobytes === undefined || time === undefined || stat?.startsWith('Z') !== false) return null
  return {
    pid: Number(pid),
    parentPid: Number(parentPid),
    groupId: Number(groupId),
    sessionId: Number(groupId),
    startMark: fields.slice(4, 9).join(' '),
    cpuMs: parseCpuTime(time),
    memoryBytes: Number(kilobytes) * 1024,
  }
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
  const values = new Map<number, string>()
  await readPsLines(['-axEww', '-o', 'pid=,command='], maxTextBytes, (line) => {
    const found = parsePsVariable(line, name)
    if (found !== null) values.set(...found)
  })
  return values
}

/**
 * Parses a line of `ps -Eww -o pid=,command=`: the command line and the environment in one, with spaces between all. So only
 * a variable whose value holds none can be told, and the last of its name is the environment's. Pure.
 */
export function parsePsVariable(line: string, name: string): [pid: number, value: string] | null {
  const start = `${name}=`
  const [pid, ...words] = line.trim().split(/\s+/)
  const word = words.findLast((candidate) => candidate.startsWith(start))
  return word === undefined ? null : [Number(pid), word.slice(start.length)]
}
