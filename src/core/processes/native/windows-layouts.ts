import type { TypeObject } from 'koffi'
import type { Koffi } from './load-koffi.ts'

/** The structures of the Windows headers that are passed to calls, as koffi lays them out on a 64-bit system. */
export interface WindowsLayouts {
  /** FILETIME (minwindef.h), as the one number that its two halves are. */
  readonly fileTime: TypeObject
  /** JOBOBJECT_EXTENDED_LIMIT_INFORMATION (winnt.h). */
  readonly extendedLimits: TypeObject
  /** JOBOBJECT_BASIC_PROCESS_ID_LIST (winnt.h) with room for `maxJobPids`. */
  readonly processIdList: TypeObject
  /** PROCESSENTRY32W (tlhelp32.h). */
  readonly processEntry: TypeObject
  /** PROCESS_MEMORY_COUNTERS (psapi.h). */
  readonly memoryCounters: TypeObject
}

/** How many processes of one job are listed at most. */
export const maxJobPids = 4096

/** Declares the structures. Their sizes and offsets are those of the headers: a unit test holds them against these. */
export function declareWindowsLayouts(koffi: Koffi): WindowsLayouts {
  const basicLimits = koffi.struct({
    PerProcessUserTimeLimit: 'int64',
    PerJobUserTimeLimit: 'int64',
    LimitFlags: 'uint32',
    MinimumWorkingSetSize: 'size_t',
    MaximumWorkingSetSize: 'size_t',
    ActiveProcessLimit: 'uint32',
    Affinity: 'uintptr_t',
    PriorityClass: 'uint32',
    SchedulingClass: 'uint32',
  })
  return {
    fileTime: koffi.struct({ dwLowDateTime: 'uint32', dwHighDateTime: 'uint32' }),
    extendedLimits: koffi.struct({
      BasicLimitInformation: basicLimits,
      // IO_COUNTERS: six numbers that are not read.
      IoInfo: koffi.array('uint64', 6),
      ProcessMemoryLimit: 'size_t',
      JobMemoryLimit: 'size_t',
      PeakProcessMemoryUsed: 'size_t',
      PeakJobMemoryUsed: 'size_t',
    }),
    processIdList: koffi.struct({
      NumberOfAssignedProcesses: 'uint32',
      NumberOfProcessIdsInList: 'uint32',
      ProcessIdList: koffi.array('uintptr_t', maxJobPids),
    }),
    processEntry: koffi.struct({
      dwSize: 'uint32',
      cntUsage: 'uint32',
      th32ProcessID: 'uint32',
      th32DefaultHeapID: 'uintptr_t',
      th32ModuleID: 'uint32',
      cntThreads: 'uint32',
      th32ParentProcessID: 'uint32',
      pcPriClassBase: 'int32',
      dwFlags: 'uint32',
      szExeFile: koffi.array('char16_t', 260, 'String'),
    }),
    memoryCounters: koffi.struct({
      cb: 'uint32',
      PageFaultCount: 'uint32',
      PeakWorkingSetSize: 'size_t',
      WorkingSetSize: 'size_t',
      QuotaPeakPagedPoolUsage: 'size_t',
      QuotaPagedPoolUsage: 'size_t',
      QuotaPeakNonPagedPoolUsage: 'size_t',
      QuotaNonPagedPoolUsage: 'size_t',
      PagefileUsage: 'size_t',
      PeakPagefileUsage: 'size_t',
    }),
  }
}
