import { readEnvironment } from '../processes/linux-table.ts'
import { ownerVariable } from '../processes/marks.ts'
import type { ProcessEntry } from '../processes/process-entry.ts'
import type { DetailsByPid, ProcessDetails } from './process-details.ts'
import { mapInTurns, readProcLink, readProcText, readProcUser } from './read-proc.ts'
import { scriptBehind } from './script-behind.ts'

/** Of a longer command line no more is looked at, in bytes. */
const maxCommandBytes = 200_000

/** A reader of details that remembers what it has read of processes which still run the same. Linux only. */
export function createLinuxReader(): (entries: readonly ProcessEntry[]) => Promise<DetailsByPid> {
  let known = new Map<string, { readonly line: string; readonly details: ProcessDetails }>()
  return async (entries) => {
    const next: typeof known = new Map()
    const found = await mapInTurns(entries, async ({ pid, startMark }) => {
      const key = `${pid} ${startMark}`
      const line = (await readProcText(pid, 'cmdline', maxCommandBytes)) ?? ''
      // A thread of the kernel, or a process that we may not see.
      if (line === '') return null
      const before = known.get(key)
      const details = before?.line === line ? before.details : await readDetails(pid, line)
      next.set(key, { line, details })
      return [pid, details] as const
    })
    known = next
    return new Map(found.filter((one) => one !== null))
  }
}

async function readDetails(pid: number, line: string): Promise<ProcessDetails> {
  const args = parseCmdline(line)
  const [executable, cwd, input, output, environment, user] = await Promise.all([
    readProcLink(pid, 'exe'),
    readProcLink(pid, 'cwd'),
    readProcLink(pid, 'fd/0'),
    readProcLink(pid, 'fd/1'),
    readEnvironment(pid),
    readProcUser(pid),
  ])
  const own = process.getuid?.()
  return {
    args,
    executable,
    cwd,
    script: await scriptBehind(args, cwd),
    mayEnd: own === 0 || user === own,
    ownerMark: environment?.get(ownerVariable) ?? null,
    isPiped: input === null || output === null ? null : isPipe(input) && isPipe(output),
    input,
  }
}

/**
 * The words of `/proc/PID/cmdline`. A program that gives itself a title (`npm exec x`) leaves one text there, padded: its words
 * are taken for what they say. Pure.
 */
export function parseCmdline(line: string): readonly string[] {
  const args = line.replace(/\0+$/, '').split('\0')
  const [title = ''] = args
  return args.length === 1 && /^[\w.@+-]+ /.test(title) ? title.split(/ +/) : args
}

function isPipe(link: string): boolean {
  return link.startsWith('pipe:') || link.startsWith('socket:')
}
