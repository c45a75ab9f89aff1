/**
 * Sends a signal to a process or, below zero, to a group. One that is gone meanwhile is no fault. False where the system does
 * not permit it: it changed its user; whoever waits for its end sees that it stays.
 */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ESRCH') return true
    if (code === 'EPERM') return false
    throw error
  }
}
