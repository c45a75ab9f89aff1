import { readEnvironment } from './linux-table.ts'
import type { ProcessEntry } from './process-entry.ts'
import { readPsVariable } from './ps-table.ts'

/** The environment variable by which every process of a server, however it detached itself, can be found again. */
export const runIdVariable = 'MCP_MANAGER_RUN_ID'
/** The environment variable that tells whose server a process is: an `OwnerMark` as text. */
export const ownerVariable = 'MCP_MANAGER_OWNER'

/** The program that started a server, in the server's environment. */
export interface OwnerMark {
  /** Stands for the data directory, and for where process numbers mean what they mean here (pid_namespaces(7)). */
  readonly directory: string
  readonly pid: number
  /** When the system started the owner; with the number it is that process and no later one. */
  readonly startMark: string
  /** Differs for each core, also within one process. */
  readonly id: string
}

/** `DIRECTORY:PID:START:ID`, without spaces: on macOS a value with one cannot be told from two words. */
export function formatOwnerMark(mark: OwnerMark): string {
  return [mark.directory, mark.pid, encodeURIComponent(mark.startMark), mark.id].join(':')
}

/** The mark of a variable's value, or undefined where it is none of ours. */
export function parseOwnerMark(text: string): OwnerMark | undefined {
  const [directory, pid, start, id] = text.split(':')
  if (directory === undefined || start === undefined || id === undefined) return undefined
  const startMark = decoded(start)
  if (!/^[1-9]\d*$/.test(pid ?? '') || startMark === undefined) return undefined
  return { directory, pid: Number(pid), startMark, id }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    // Anybody may write anything into an environment.
    return undefined
  }
}

/** How many environments are read at once. */
const readAtOnce = 32

/**
 * What a variable is in the environment of processes, by number. Those that do not have it, or cannot be read, are left out;
 * on Windows all are.
 */
export async function readVariable(
  name: string,
  entries: readonly ProcessEntry[],
): Promise<ReadonlyMap<number, string>> {
  if (process.platform === 'win32' || entries.length === 0) return new Map()
  if (process.platform !== 'linux') {
    const values = await readPsVariable(name)
    return new Map(entries.flatMap(({ pid }) => asPair(pid, values.get(pid))))
  }
  const found = new Map<number, string>()
  for (let at = 0; at < entries.length; at += readAtOnce) {
    const read = entries.slice(at, at + readAtOnce).map(async ({ pid }) => {
      const environment = await readEnvironment(pid)
      return asPair(pid, environment?.get(name))
    })
    for (const pair of await Promise.all(read))
      for (const [pid, value] of pair) found.set(pid, value)
  }
  return found
}

function asPair(pid: number, value: string | undefined): [number, string][] {
  return value === undefined ? [] : [[pid, value]]
}
