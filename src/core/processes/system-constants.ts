import { readFileSync } from 'node:fs'

/** Units in which Linux counts. */
export interface SystemConstants {
  /** Clock ticks per second, in which /proc counts time (proc(5)). */
  readonly ticksPerSecond: number
  /** Bytes of a page, in which /proc counts memory. */
  readonly pageBytes: number
}

/** Of getauxval(3). */
const pageSizeEntry = 6n
const clockTicksEntry = 17n

/** What every 64-bit x86 and most other machines have. */
const usual: SystemConstants = { ticksPerSecond: 100, pageBytes: 4096 }

let known: SystemConstants | null = null

/** The units of this machine, read once. Linux only. */
export function systemConstants(): SystemConstants {
  known ??= parseAuxiliaryVector(readFileSync('/proc/self/auxv'))
  return known
}

/** Parses `/proc/self/auxv` of a 64-bit process (proc(5)): pairs of a type and a value. What it does not name is as usual. */
export function parseAuxiliaryVector(vector: Buffer): SystemConstants {
  const values = new Map<bigint, number>()
  for (let at = 0; at + 16 <= vector.length; at += 16) {
    values.set(vector.readBigUInt64LE(at), Number(vector.readBigUInt64LE(at + 8)))
  }
  return {
    ticksPerSecond: values.get(clockTicksEntry) ?? usual.ticksPerSecond,
    pageBytes: values.get(pageSizeEntry) ?? usual.pageBytes,
  }
}
