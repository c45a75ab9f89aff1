/**
 * What the stand-in noticed and Electron would pass over in silence: a message to a page without a preload, a request that
 * could not be answered. Tests read it (`Driver.faults`).
 */
const faults: string[] = []

/** Notes a fault. */
export function noteFault(text: string): void {
  faults.push(text)
}

/** All faults so far, the oldest first. */
export function allFaults(): readonly string[] {
  return faults
}
