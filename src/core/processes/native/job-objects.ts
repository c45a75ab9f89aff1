import { type Koffi, loadKoffi } from './load-koffi.ts'
import { declareWindowsLayouts, maxJobPids } from './windows-layouts.ts'

/** Classes of information on jobs (winnt.h, JOBOBJECTINFOCLASS). */
const basicProcessIdList = 3
const extendedLimitInformation = 9
/** JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE. Without the flags for a breakaway no member can leave the job. */
const killOnJobClose = 0x2000
/** PROCESS_SET_QUOTA and PROCESS_TERMINATE, which putting a process into a job needs. */
const assignAccess = 0x0101

type Handle = bigint | number

/** The jobs of Windows by which processes are held together, whatever they do. */
export interface JobObjects {
  /** Puts a process, and all that it starts from now on, into a job of its own. False where it has ended already. */
  readonly contain: (runId: string, pid: number) => boolean
  /** The processes of a run's job now. */
  readonly pidsOf: (runId: string) => readonly number[]
  /** Ends all of a run's job, where it has one. What cannot be ended shows at the next look. */
  readonly terminate: (runId: string) => void
  /** The run is over. */
  readonly release: (runId: string) => void
  /** What this process started and did not end, such as a browser or an installer, may live on after it. */
  readonly disarm: () => void
}

/**
 * Puts this process into a job that ends all its members with this process, and makes one job in it for each run. A child that
 * is not in its own job yet is in this process's, so it ends with it too. Rejects where the system refuses. Windows only.
 */
export async function openJobObjects(): Promise<JobObjects> {
  const koffi = await loadKoffi()
  const { calls, setLimits, listPids } = bindJobCalls(koffi)
  const createJob = (): Handle => {
    const job = calls.create(null, null)
    if (Number(job) === 0) throw new Error('CreateJobObjectW failed')
    return job
  }
  const own = createJob()
  setLimits(own, killOnJobClose)
  if (calls.assign(own, calls.currentProcess()) === 0) {
    throw new Error('AssignProcessToJobObject failed for this process')
  }
  const jobs = new Map<string, Handle>()
  return {
    contain: (runId, pid) => {
      const child = calls.open(assignAccess, 0, pid)
      if (Number(child) === 0) return false
      const job = createJob()
      setLimits(job, killOnJobClose)
      jobs.set(runId, job)
      const isIn = calls.assign(job, child) !== 0
      calls.close(child)
      return isIn
    },
    pidsOf: (runId) => {
      const job = jobs.get(runId)
      return job === undefined ? [] : listPids(job)
    },
    terminate: (runId) => {
      const job = jobs.get(runId)
      if (job !== undefined) calls.terminate(job, 1)
    },
    release: (runId) => {
      const job = jobs.get(runId)
      if (job !== undefined) calls.close(job)
      jobs.delete(runId)
    },
    disarm: () => setLimits(own, 0),
  }
}

function bindJobCalls(koffi: Koffi) {
  const { extendedLimits, processIdList } = declareWindowsLayouts(koffi)
  const kernel = koffi.load('kernel32.dll')
  const create: (security: null, name: null) => Handle = kernel.func(
    'intptr_t __stdcall CreateJobObjectW(void *, void *)',
  )
  const assign: (job: Handle, child: Handle) => number = kernel.func(
    'int __stdcall AssignProcessToJobObject(intptr_t, intptr_t)',
  )
  const terminate: (job: Handle, code: number) => number = kernel.func(
    'int __stdcall TerminateJobObject(intptr_t, uint32_t)',
  )
  const currentProcess: () => Handle = kernel.func('intptr_t __stdcall GetCurrentProcess()')
  const open: (access: number, inherit: number, pid: number) => Handle = kernel.func(
    'intptr_t __stdcall OpenProcess(uint32_t, int, uint32_t)',
  )
  const close: (handle: Handle) => number = kernel.func('int __stdcall CloseHandle(intptr_t)')
  const set: (job: Handle, what: number, info: object, size: number) => number = kernel.func(
    '__stdcall',
    'SetInformationJobObject',
    'int',
    ['intptr_t', 'int', koffi.pointer(extendedLimits), 'uint32'],
  )
  const query: (
    job: Handle,
    what: number,
    list: Record<string, number | readonly (number | bigint)[]>,
    size: number,
    length: null,
  ) => number = kernel.func('__stdcall', 'QueryInformationJobObject', 'int', [
    'intptr_t',
    'int',
    koffi.inout(koffi.pointer(processIdList)),
    'uint32',
    'void *',
  ])
  return {
    calls: { create, assign, terminate, currentProcess, open, close },
    setLimits: (job: Handle, flags: number): void => {
      const info = {
        BasicLimitInformation: {
          PerProcessUserTimeLimit: 0,
          PerJobUserTimeLimit: 0,
          LimitFlags: flags,
          MinimumWorkingSetSize: 0,
          MaximumWorkingSetSize: 0,
          ActiveProcessLimit: 0,
          Affinity: 0,
          PriorityClass: 0,
          SchedulingClass: 0,
        },
        IoInfo: Array<number>(6).fill(0),
        ProcessMemoryLimit: 0,
        JobMemoryLimit: 0,
        PeakProcessMemoryUsed: 0,
        PeakJobMemoryUsed: 0,
      }
      if (set(job, extendedLimitInformation, info, koffi.sizeof(extendedLimits)) === 0) {
        throw new Error('SetInformationJobObject failed')
      }
    },
    listPids: (job: Handle): readonly number[] => {
      const list = {
        NumberOfAssignedProcesses: 0,
        NumberOfProcessIdsInList: 0,
        ProcessIdList: Array<number>(maxJobPids).fill(0),
      }
      if (query(job, basicProcessIdList, list, koffi.sizeof(processIdList), null) === 0) return []
      return list.ProcessIdList.slice(0, list.NumberOfProcessIdsInList).map(Number)
    },
  }
}
