import { readFileSync } from 'node:fs'
import { processesOf } from '../temp-core.ts'

/** The numbers of the watchdogs of a host. Linux only. */
export function watchdogsOf(hostPid: number | undefined): number[] {
  return processesOf('watchdog-process').flatMap((line) => {
    const pid = Number.parseInt(line, 10)
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    return status.includes(`\nPPid:\t${hostPid}\n`) ? [pid] : []
  })
}
