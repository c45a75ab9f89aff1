import { ownerVariable, readVariable } from '../processes/marks.ts'
import type { ProcessEntry } from '../processes/process-entry.ts'
import { readPsLines } from '../processes/read-lines.ts'
import type { DetailsByPid, ProcessDetails } from './process-details.ts'
import { scriptBehind } from './script-behind.ts'

/** Of a longer command line no more is looked at, in bytes. */
const maxLineBytes = 200_000

/** Reads the details that ps(1) tells: macOS, and other systems without /proc. */
export async function readPsDetails(entries: readonly ProcessEntry[]): Promise<DetailsByPid> {
  const [commands, programs, marks] = await Promise.all([
    linesOf('pid=,uid=,command='),
    // By itself: a path with spaces has no other end than the line's.
    linesOf('pid=,comm='),
    readVariable(ownerVariable, entries),
  ])
  const details = parsePsDetails(commands, programs, process.getuid?.() ?? 0)
  const complete = [...details].map(async ([pid, one]) => {
    const script = await scriptBehind(one.args, null)
    return [pid, { ...one, script, ownerMark: marks.get(pid) ?? null }] as const
  })
  return new Map(await Promise.all(complete))
}

async function linesOf(columns: string): Promise<readonly string[]> {
  const lines: string[] = []
  await readPsLines(['-axww', '-o', columns], maxLineBytes, (line) => void lines.push(line))
  return lines
}

/**
 * Parses `ps -o pid=,uid=,command=` and `ps -o pid=,comm=`. Where an argument ends and the next begins is not told: every
 * space after the program is taken for one. Pure.
 */
export function parsePsDetails(
  commands: readonly string[],
  programs: readonly string[],
  own: number,
): DetailsByPid {
  const paths = new Map<number, string>()
  for (const line of programs) {
    const [, pid, path] = /^\s*(\d+)\s+(.+)$/.exec(line) ?? []
    if (pid !== undefined && path !== undefined) paths.set(Number(pid), path.trimEnd())
  }
  const details = new Map<number, ProcessDetails>()
  for (const line of commands) {
    const [, number, user, text] = /^\s*(\d+)\s+(\d+)\s(.+)$/.exec(line) ?? []
    if (number === undefined || text === undefined) continue
    const pid = Number(number)
    const command = text.trimStart()
    const path = paths.get(pid) ?? null
    // A title that a program gave itself is no path: its words are taken for what they say.
    const isWhole =
      path?.startsWith('/') === true && (command === path || command.startsWith(`${path} `))
    const args = isWhole ? [path, ...words(command.slice(path.length))] : words(command)
    details.set(pid, {
      args,
      executable: path?.startsWith('/') === true ? path : null,
      cwd: null,
      script: null,
      mayEnd: own === 0 || Number(user) === own,
      ownerMark: null,
      isPiped: null,
      input: null,
    })
  }
  return details
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '')
}
