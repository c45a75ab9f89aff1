import { lifecycle } from './lifecycle.ts'

/** What the stand-in tells the driver that Electron would pass over in silence. */
export interface FaultReport {
  readonly fault: string
}

/**
 * Tells the driver of a fault: a message to a page without a preload, a request that could not be answered. What fails because
 * the application is ending is none.
 */
export function noteFault(fault: string): void {
  const report: FaultReport = { fault }
  if (!lifecycle.isEnding && process.connected) process.send?.(report)
}
