import type { ProcessEntry } from '../process-entry.ts'
import { loadKoffi } from './load-koffi.ts'
import { declareWindowsLayouts } from './windows-layouts.ts'

/** TH32CS_SNAPPROCESS of CreateToolhelp32Snapshot. */
const snapProcess = 2
/** PROCESS_QUERY_LIMITED_INFORMATION of OpenProcess. */
const queryLimited = 0x1000

interface FileTime {
  readonly dwLowDateTime: number
  readonly dwHighDateTime: number
}

let reading: Promise<() => readonly ProcessEntry[]> | null = null

/** Every process of this machine. Rejects where koffi cannot be loaded or the system gives no snapshot. Windows only. */
export async function readWindowsTable(): Promise<readonly ProcessEntry[]> {
  reading ??= bindReader()
  return (await reading)()
}

async function bindReader(): Promise<() => readonly ProcessEntry[]> {
  const koffi = await loadKoffi()
  const { fileTime, memoryCounters, processEntry } = declareWindowsLayouts(koffi)
  const kernel = koffi.load('kernel32.dll')
  const out = (type: typeof fileTime) => koffi.out(koffi.pointer(type))
  const inout = (type: typeof fileTime) => koffi.inout(koffi.pointer(type))
  const createSnapshot: (flags: number, pid: number) => bigint = kernel.func(
    'intptr_t __stdcall CreateToolhelp32Snapshot(uint32_t, uint32_t)',
  )
  const openProcess: (access: number, inherit: number, pid: number) => bigint | number =
    kernel.func('intptr_t __stdcall OpenProcess(uint32_t, int, uint32_t)')
  const closeHandle: (handle: bigint | number) => number = kernel.func(
    'int __stdcall CloseHandle(intptr_t)',
  )
  type Next = (snapshot: bigint | number, entry: Record<string, number | string>) => number
  const next = (name: string): Next =>
    kernel.func('__stdcall', name, 'int', ['intptr_t', inout(processEntry)])
  const [first, following] = [next('Process32FirstW'), next('Process32NextW')]
  const getTimes: (handle: bigint | number, ...times: Partial<FileTime>[]) => number = kernel.func(
    '__stdcall',
    'GetProcessTimes',
    'int',
    ['intptr_t', out(fileTime), out(fileTime), out(fileTime), out(fileTime)],
  )
  const getMemory: (
    handle: bigint | number,
    counters: Record<string, number>,
    size: number,
  ) => number = kernel.func('__stdcall', 'K32GetProcessMemoryInfo', 'int', [
    'intptr_t',
    inout(memoryCounters),
    'uint32',
  ])
  const entrySize = koffi.sizeof(processEntry)
  const countersSize = koffi.sizeof(memoryCounters)

  const describe = (pid: number, parentPid: number): ProcessEntry | undefined => {
    const handle = openProcess(queryLimited, 0, pid)
    // It ended, or is the system's own.
    if (Number(handle) === 0) return undefined
    try {
      const times: Partial<FileTime>[] = [{}, {}, {}, {}]
      const counters: Record<string, number> = { cb: countersSize }
      const isRead =
        getTimes(handle, ...times) !== 0 && getMemory(handle, counters, countersSize) !== 0
      if (!isRead) return undefined
      const [started = 0n, , inKernel = 0n, inProgram = 0n] = times.map(toTicks)
      return {
        pid,
        parentPid,
        // Windows has neither, so each process is alone in its own.
        groupId: pid,
        sessionId: pid,
        startMark: String(started),
        // In units of 100 ns.
        cpuMs: Number((inKernel + inProgram) / 10_000n),
        memoryBytes: counters['WorkingSetSize'] ?? 0,
      }
    } finally {
      closeHandle(handle)
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
      closeHandle(snapshot)
    }
  }
}

function toTicks({ dwLowDateTime = 0, dwHighDateTime = 0 }: Partial<FileTime>): bigint {
  return (BigInt(dwHighDateTime) << 32n) | BigInt(dwLowDateTime)
}
