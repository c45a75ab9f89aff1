import type { TypeObject } from 'koffi'
import type { ProcessEntry } from '../process-entry.ts'
import { loadKoffi } from './load-koffi.ts'
import { declareWindowsLayouts } from './windows-layouts.ts'
import { bindProcessCalls, type Handle } from './windows-process-calls.ts'

/** TH32CS_SNAPPROCESS of CreateToolhelp32Snapshot. */
const snapProcess = 2
/** PROCESS_QUERY_LIMITED_INFORMATION of OpenProcess. */
const queryLimited = 0x1000

let reading: Promise<() => readonly ProcessEntry[]> | null = null

/** Every process of this machine. Rejects where koffi cannot be loaded or the system gives no snapshot. Windows only. */
export async function readWindowsTable(): Promise<readonly ProcessEntry[]> {
  reading ??= bindReader()
  return (await reading)()
}

async function bindReader(): Promise<() => readonly ProcessEntry[]> {
  const koffi = await loadKoffi()
  const layouts = declareWindowsLayouts(koffi)
  const { memoryCounters, processEntry } = layouts
  const { open, close, times } = bindProcessCalls(koffi, layouts)
  const kernel = koffi.load('kernel32.dll')
  const inout = (type: TypeObject) => koffi.inout(koffi.pointer(type))
  const createSnapshot: (flags: number, pid: number) => bigint = kernel.func(
    'intptr_t __stdcall CreateToolhelp32Snapshot(uint32_t, uint32_t)',
  )
  type Next = (snapshot: Handle, entry: Record<string, number | string>) => number
  const next = (name: string): Next =>
    kernel.func('__stdcall', name, 'int', ['intptr_t', inout(processEntry)])
  const [first, following] = [next('Process32FirstW'), next('Process32NextW')]
  const getMemory: (handle: Handle, counters: Record<string, number>, size: number) => number =
    kernel.func('__stdcall', 'K32GetProcessMemoryInfo', 'int', [
      'intptr_t',
      inout(memoryCounters),
      'uint32',
    ])
  const entrySize = koffi.sizeof(processEntry)
  const countersSize = koffi.sizeof(memoryCounters)

  const describe = (pid: number, parentPid: number): ProcessEntry | undefined => {
    const handle = open(queryLimited, pid)
    // It ended, or is the system's own.
    if (handle === null) return undefined
    try {
      const known = times(handle)
      const counters: Record<string, number> = { cb: countersSize }
      if (known === null || getMemory(handle, counters, countersSize) === 0) return undefined
      return {
        pid,
        parentPid,
        // Windows has neither, so each process is alone in its own.
        groupId: pid,
        sessionId: pid,
        startMark: known.started,
        // In units of 100 ns.
        cpuMs: Number(known.onProcessor / 10_000n),
        memoryBytes: counters['WorkingSetSize'] ?? 0,
      }
    } finally {
      close(handle)
    }
  }

  return () => {
    const snapshot = createSnapshot(snapProcess, 0)
    if (Number(snapshot) === -1) throw new Error('CreateToolhelp32Snapshot failed')
    try {
      const found: ProcessEntry[] = []
      const entry: Record<string, number | string> = { dwSize: entrySize }
      for (let is = first(snapshot, entry); is !== 0; is = following(snapshot, entry)) {
        const one = describe(Number(entry['th32ProcessID']), Number(entry['th32ParentProcessID']))
        if (one !== undefined) found.push(one)
        entry['dwSize'] = entrySize
      }
      return found
    } finally {
      close(snapshot)
    }
  }
}
