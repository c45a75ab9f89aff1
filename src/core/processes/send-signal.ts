/** Sends a signal to a process or, below zero, to a group. One that is gone meanwhile, or may not be signalled, is no fault. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // ESRCH: it ended meanwhile. EPERM: it changed its user; whoever waits for its end sees that it stays.
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
  }
}
