import { readFileSync, readlinkSync } from 'node:fs'
import { readLinuxProcess, readLinuxTable } from './linux-table.ts'
import { readWindowsTable } from './native/windows-table.ts'
import type { ProcessEntry, ProcessReading } from './process-entry.ts'
import { readPsTable } from './ps-table.ts'

/** Every process of this machine that can be seen. Rejects where the table cannot be read. */
export async function readProcesses(): Promise<ProcessReading> {
  if (process.platform === 'linux') return await readLinuxTable()
  const live = process.platform === 'win32' ? await readWindowsTable() : await readPsTable()
  return { live, zombies: [] }
}

/** Every live process of this machine that can be seen; threads of the kernel are none. Rejects where the table cannot be read. */
export async function readProcessTable(): Promise<readonly ProcessEntry[]> {
  return (await readProcesses()).live
}

/**
 * When the system started a process; null where there is none of this number. With the number it is that process and no
 * later one. Rejects where the table cannot be read.
 */
export async function readStartMark(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return readLinuxProcess(pid)?.startMark ?? null
  return (await readProcessTable()).find((entry) => entry.pid === pid)?.startMark ?? null
}

/** The start of a process where the system tells it at once, else null. */
export function startOf(pid: number): string | null {
  return process.platform === 'linux' ? (readLinuxProcess(pid)?.startMark ?? null) : null
}

/** What names the present boot on Linux, where starts are counted from it (random(4)); empty elsewhere. */
export function readBootId(): string {
  return process.platform === 'linux'
    ? readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
    : ''
}

/** What names the space in which process numbers count here, on Linux (pid_namespaces(7)); empty elsewhere. */
export function readPidNamespace(): string {
  return process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : ''
}

/**
 * True while a process of this number runs. A zombie does not: in a container whose first process collects nobody, a
 * killed program stays in the table for ever, and `kill(pid, 0)` goes on finding it.
 */
export function isAlive(pid: number): boolean {
  if (process.platform === 'linux') return readLinuxProcess(pid) !== undefined
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
