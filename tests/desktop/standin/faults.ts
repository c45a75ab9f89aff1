/** What the stand-in tells the driver that Electron would pass over in silence. */
export interface FaultReport {
  readonly fault: string
}

/** Tells the driver of a fault: a message to a page without a preload, a request that could not be answered. */
export function noteFault(fault: string): void {
  const report: FaultReport = { fault }
  if (process.connected) process.send?.(report)
}
