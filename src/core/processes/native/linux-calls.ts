import { loadKoffi } from './load-koffi.ts'

/** PR_SET_CHILD_SUBREAPER of prctl(2). */
const setChildSubreaper = 36
/** WNOHANG of waitpid(2). */
const noHang = 1
/** POLLHUP of poll(2). */
const hungUp = 0x10

/** The calls of Linux that Node does not have. */
export interface LinuxCalls {
  /** Makes this process the parent of every orphan among its descendants. Throws where the system refuses. */
  readonly becomeSubreaper: () => void
  /**
   * Collects a child that has ended. True when it is collected or is no child of this process; false while it lives.
   * Never for a process that Node started: Node would wait for it in vain.
   */
  readonly collect: (pid: number) => boolean
  /** Whether nobody has the writing end of a pipe open any more (POLLHUP of poll(2)). Takes nothing out of it. */
  readonly isHungUp: (descriptor: number) => boolean
}

/** Binds the calls. Rejects where koffi cannot be loaded. Linux only. */
export async function bindLinuxCalls(): Promise<LinuxCalls> {
  const koffi = await loadKoffi()
  // The running program itself: its C library is there already, whichever it is.
  const library = koffi.load(null)
  const prctl: (option: number, a: number, b: number, c: number, d: number) => number =
    library.func('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)')
  const waitpid: (pid: number, status: null, options: number) => number = library.func(
    'int waitpid(int, int *, int)',
  )
  const poll: (fds: Buffer, count: number, timeoutMs: number) => number = library.func(
    'int poll(_Inout_ void *, unsigned long, int)',
  )
  return {
    becomeSubreaper: () => {
      if (prctl(setChildSubreaper, 1, 0, 0, 0) !== 0) {
        throw new Error(`prctl(PR_SET_CHILD_SUBREAPER) failed with errno ${koffi.errno()}`)
      }
    },
    // 0: it lives. -1 (ECHILD): somebody else collected it, or it never was a child of this process.
    collect: (pid) => pid > 0 && waitpid(pid, null, noHang) !== 0,
    isHungUp: (descriptor) => {
      // struct pollfd: the descriptor, what is asked for (a hang-up always is), and what was found.
      const request = Buffer.alloc(8)
      request.writeInt32LE(descriptor, 0)
      return poll(request, 1, 0) > 0 && (request.readInt16LE(6) & hungUp) !== 0
    },
  }
}
