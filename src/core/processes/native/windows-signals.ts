import { execFile } from 'node:child_process'
import type { SignalTarget } from '../tree-members.ts'
import { loadKoffi } from './load-koffi.ts'
import { systemProgram } from './system-program.ts'
import { declareWindowsLayouts } from './windows-layouts.ts'
import { bindProcessCalls, type Handle, type ProcessCalls } from './windows-process-calls.ts'

/** PROCESS_TERMINATE and PROCESS_QUERY_LIMITED_INFORMATION of OpenProcess. */
const endAccess = 0x1001

/** What a request to end is made by: `taskkill`, which asks the windows of these processes to close. */
export type AskProcesses = (pids: readonly number[]) => Promise<void>

let binding: Promise<ProcessCalls> | null = null

/** Ends processes, or asks them to. Answers the numbers of those that the system does not permit it to. Windows only. */
export async function signalWindows(
  targets: readonly SignalTarget[],
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<ReadonlySet<number>> {
  binding ??= loadKoffi().then((koffi) => bindProcessCalls(koffi, declareWindowsLayouts(koffi)))
  let calls: ProcessCalls
  try {
    calls = await binding
  } catch {
    // Without koffi no table is read either, which is told where it is: nobody but a child of this program is known then.
    const own = targets.filter(({ startMark }) => startMark === null).map(({ pid }) => pid)
    await runTaskkill(own, signal === 'SIGKILL' ? ['/T', '/F'] : ['/T'])
    return new Set()
  }
  return signal === 'SIGKILL'
    ? terminateVerified(targets, calls)
    : await askVerified(targets, calls, (pids) => runTaskkill(pids, []))
}

/** Ends those that are still the ones of their start. Answers the numbers of those that cannot be ended. */
export function terminateVerified(
  targets: readonly SignalTarget[],
  calls: ProcessCalls,
): ReadonlySet<number> {
  const refused = new Set<number>()
  for (const target of targets) {
    const handle = openVerified(target, calls)
    if (handle === 'another') continue
    if (handle === null) refused.add(target.pid)
    else {
      if (!calls.terminate(handle)) refused.add(target.pid)
      calls.close(handle)
    }
  }
  return refused
}

/**
 * Asks those that are still the ones of their start to end. A number is given to nobody else while somebody has its process
 * open, so that the request reaches no stranger.
 */
export async function askVerified(
  targets: readonly SignalTarget[],
  calls: ProcessCalls,
  ask: AskProcesses,
): Promise<ReadonlySet<number>> {
  const refused = new Set<number>()
  const held = new Map<number, Handle>()
  try {
    for (const target of targets) {
      const handle = openVerified(target, calls)
      if (handle === null) refused.add(target.pid)
      else if (handle !== 'another') held.set(target.pid, handle)
    }
    if (held.size > 0) await ask([...held.keys()])
  } finally {
    for (const handle of held.values()) calls.close(handle)
  }
  return refused
}

/** Null where it may not be opened, or has ended; the next look tells which. */
function openVerified(
  { pid, startMark }: SignalTarget,
  calls: ProcessCalls,
): Handle | 'another' | null {
  const handle = calls.open(endAccess, pid)
  if (handle === null) return null
  if (startMark === null || calls.times(handle)?.started === startMark) return handle
  calls.close(handle)
  return 'another'
}

/** A console program without a window does not notice; whoever waits for its end sees that it stays. */
async function runTaskkill(pids: readonly number[], options: readonly string[]): Promise<void> {
  if (pids.length === 0) return
  const args = [...pids.flatMap((pid) => ['/PID', String(pid)]), ...options]
  await new Promise<void>((resolve) => {
    // It fails where one of them has no window.
    execFile(systemProgram(process.env, 'taskkill.exe'), args, { windowsHide: true }, () =>
      resolve(),
    )
  })
}
