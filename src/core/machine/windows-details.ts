import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as z from 'zod'
import { systemProgram } from '../processes/native/system-program.ts'
import type { ProcessEntry } from '../processes/process-entry.ts'
import type { DetailsByPid, ProcessDetails } from './process-details.ts'

/** Asks for all processes at once: one program that answers in UTF-8, whatever the console's code page. */
const script =
  '[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-CimInstance Win32_Process | Select-Object ProcessId,ExecutablePath,CommandLine | ConvertTo-Json -Compress'

/** A reader of what WMI tells, which asks it only when there is a process that it has not told of. Windows only. */
export function createWindowsReader(): (entries: readonly ProcessEntry[]) => Promise<DetailsByPid> {
  let told: ReadonlySet<string> = new Set()
  let details: DetailsByPid = new Map()
  return async (entries) => {
    const keys = entries.map(({ pid, startMark }) => `${pid} ${startMark}`)
    if (keys.some((key) => !told.has(key))) {
      details = await readWindowsDetails()
      told = new Set(keys)
    }
    return details
  }
}

async function readWindowsDetails(): Promise<DetailsByPid> {
  const { stdout } = await promisify(execFile)(
    systemProgram(process.env, 'WindowsPowerShell', 'v1.0', 'powershell.exe'),
    ['-NoProfile', '-NonInteractive', '-Command', script],
    { windowsHide: true, maxBuffer: 64 * 2 ** 20 },
  )
  return parseWindowsDetails(stdout)
}

const rowSchema = z.object({
  ProcessId: z.number(),
  ExecutablePath: z.string().nullable(),
  CommandLine: z.string().nullable(),
})

/** Parses the answer of `Get-CimInstance Win32_Process`. Processes of other users have no command line. Pure. */
export function parseWindowsDetails(json: string): DetailsByPid {
  // One object is not wrapped in a list (ConvertTo-Json).
  const rows = z
    .union([z.array(rowSchema), rowSchema.transform((row) => [row])])
    .parse(JSON.parse(json))
  const details = new Map<number, ProcessDetails>()
  for (const { ProcessId, ExecutablePath, CommandLine } of rows) {
    if (CommandLine === null) continue
    details.set(ProcessId, {
      args: splitWindowsCommandLine(CommandLine),
      executable: ExecutablePath,
      cwd: null,
      script: null,
      // Whoever may read its command line may end it, as a rule; where not, the system refuses.
      mayEnd: true,
      ownerMark: null,
      isPiped: null,
      input: null,
    })
  }
  return details
}

/**
 * Takes a command line apart as a program of Windows does (CommandLineToArgvW): quotes keep words together, `2n` backslashes
 * before a quote are `n`, an odd one makes the quote a plain character. Pure.
 */
export function splitWindowsCommandLine(line: string): readonly string[] {
  const words: string[] = []
  let word: string | null = null
  let isQuoted = false
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at)
    if (character === '\\') {
      let end = at
      while (line.charAt(end) === '\\') end += 1
      const count = end - at
      const isBeforeQuote = line.charAt(end) === '"'
      word = (word ?? '') + '\\'.repeat(isBeforeQuote ? Math.floor(count / 2) : count)
      at = end - 1
      if (isBeforeQuote && count % 2 === 1) {
        word += '"'
        at = end
      }
    } else if (character === '"') {
      word ??= ''
      if (isQuoted && line.charAt(at + 1) === '"') {
        word += '"'
        at += 1
      } else isQuoted = !isQuoted
    } else if (/[ \t]/.test(character) && !isQuoted) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + character
  }
  if (word !== null) words.push(word)
  return words
}
