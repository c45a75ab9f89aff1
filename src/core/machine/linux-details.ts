import { ownerVariable } from '../processes/marks.ts'
import type { ProcessEntry } from '../processes/process-entry.ts'
import type { DetailsByPid, ProcessDetails } from './process-details.ts'
import { mapInTurns, readProcLink, readProcText, readProcUser } from './read-proc.ts'
import { scriptBehind } from './script-behind.ts'

/** Of a longer command line and a longer environment no more is looked at, in bytes. */
const maxBytes = { cmdline: 200_000, environ: 2 * 2 ** 20 } as const

/** A reader of details that remembers what it has read of processes which still run the same. Linux only. */
export function createLinuxReader(): (entries: readonly ProcessEntry[]) => Promise<DetailsByPid> {
  let known = new Map<string, { readonly line: string; readonly details: ProcessDetails }>()
  return async (entries) => {
    const next: typeof known = new Map()
    const found = await mapInTurns(entries, async ({ pid, startMark }) => {
      const key = `${pid} ${startMark}`
      const line = (await readProcText(pid, 'cmdline', maxBytes.cmdline)) ?? ''
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
    readProcText(pid, 'environ', maxBytes.environ),
    readProcUser(pid),
  ])
  const own = process.getuid?.()
  return {
    args,
    executable,
    cwd,
    script: await scriptBehind(args, cwd),
    mayEnd: own === 0 || user === own,
    ownerMark: variableIn(environment ?? '', ownerVariable),
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

function variableIn(environment: string, name: string): string | null {
  const start = `${name}=`
  const found = environment.split('\0').find((one) => one.startsWith(start))
  return found === undefined ? null : found.slice(start.length)
}

function isPipe(link: string): boolean {
  return link.startsWith('pipe:') || link.startsWith('socket:')
}
