import type { Koffi } from './load-koffi.ts'
import type { WindowsLayouts } from './windows-layouts.ts'

/** An open process of Windows. While it is open its number is given to no other. */
export type Handle = bigint | number

/** Times of a process, in units of 100 ns. */
export interface ProcessTimes {
  /** Since 1601, as a text; what `ProcessEntry` calls its start mark. */
  readonly started: string
  readonly onProcessor: bigint
}

/** The calls of Windows on a process. */
export interface ProcessCalls {
  /** Null where there is none of this number, or it may not be opened so. */
  readonly open: (access: number, pid: number) => Handle | null
  readonly close: (handle: Handle) => void
  /** Null where they cannot be read. */
  readonly times: (handle: Handle) => ProcessTimes | null
  /** False where it may not be ended, or has ended. */
  readonly terminate: (handle: Handle) => boolean
}

interface FileTime {
  readonly dwLowDateTime: number
  readonly dwHighDateTime: number
}

/** Binds the calls. Windows only. */
export function bindProcessCalls(koffi: Koffi, { fileTime }: WindowsLayouts): ProcessCalls {
  const kernel = koffi.load('kernel32.dll')
  const out = koffi.out(koffi.pointer(fileTime))
  const open: (access: number, inherit: number, pid: number) => Handle = kernel.func(
    'intptr_t __stdcall OpenProcess(uint32_t, int, uint32_t)',
  )
  const close: (handle: Handle) => number = kernel.func('int __stdcall CloseHandle(intptr_t)')
  const terminate: (handle: Handle, code: number) => number = kernel.func(
    'int __stdcall TerminateProcess(intptr_t, uint32_t)',
  )
  const getTimes: (handle: Handle, ...times: Partial<FileTime>[]) => number = kernel.func(
    '__stdcall',
    'GetProcessTimes',
    'int',
    ['intptr_t', out, out, out, out],
  )
  return {
    open: (access, pid) => {
      const handle = open(access, 0, pid)
      return Number(handle) === 0 ? null : handle
    },
    close: (handle) => void close(handle),
    terminate: (handle) => terminate(handle, 1) !== 0,
    times: (handle) => {
      const times: Partial<FileTime>[] = [{}, {}, {}, {}]
      if (getTimes(handle, ...times) === 0) return null
      const [started = 0n, , inKernel = 0n, inProgram = 0n] = times.map(toTicks)
      return { started: String(started), onProcessor: inKernel + inProgram }
    },
  }
}

function toTicks({ dwLowDateTime = 0, dwHighDateTime = 0 }: Partial<FileTime>): bigint {
  return (BigInt(dwHighDateTime) << 32n) | BigInt(dwLowDateTime)
}
