import { systemConstants } from '../system-constants.ts'
import { loadKoffi } from './load-koffi.ts'

/** RLIMIT_CORE of setrlimit(2), on Linux and on macOS. */
const coreSize = 4
/** PR_SET_DUMPABLE of prctl(2). */
const setDumpable = 4

/**
 * Keeps what is in memory out of files, here and in all processes that are started from now on: no core dump is written. On
 * Linux other programs of the same account can no longer read this process's memory and first environment either, unless it is
 * Electron's: Chromium's sandbox and the desktop's portals look at it there. Rejects where the system refuses. On Windows there
 * is nothing to do: Node has told it to report no crash, and children inherit that.
 */
export async function forbidDumps(): Promise<void> {
  if (process.platform === 'win32') return
  const isLinux = process.platform === 'linux'
  const koffi = await loadKoffi()
  const library = koffi.load(null)
  const limits = koffi.struct({ current: 'uint64', max: 'uint64' })
  const setLimit: (resource: number, to: { current: number; max: number }) => number = library.func(
    'setrlimit',
    'int',
    ['int', koffi.pointer(limits)],
  )
  // Of Linux 1 asks for more than 0 does: a dump is not handed to a program that collects them either (core(5)).
  const bytes = isLinux ? 1 : 0
  if (setLimit(coreSize, { current: bytes, max: bytes }) !== 0) {
    throw new Error(`setrlimit(RLIMIT_CORE) failed with errno ${koffi.errno()}`)
  }
  if (!isLinux || process.versions['electron'] !== undefined) return
  // Its file is closed from then on, to this process too.
  systemConstants()
  const prctl: (option: number, a: number, b: number, c: number, d: number) => number =
    library.func('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)')
  if (prctl(setDumpable, 0, 0, 0, 0) !== 0) {
    throw new Error(`prctl(PR_SET_DUMPABLE) failed with errno ${koffi.errno()}`)
  }
}
