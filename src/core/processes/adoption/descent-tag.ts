import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Two bits of /proc/PID/coredump_filter (core(5)) that say whether a core dump holds pages of DAX mappings, of which hardly a
 * program has any. A process hands the filter on to all that it forks, and keeps it over execve(2): unlike its group, its
 * session and its environment no program changes it by the way. So what has both bits comes from one of our servers.
 */
const tag = 0x180

/** Whether a process has the tag; false where that cannot be told. */
export function hasDescentTag(pid: number | 'self'): boolean {
  return ((readFilter(pid) ?? 0) & tag) === tag
}

/** Gives a process the tag, and with it all that it forks from now on. Does nothing where the system does not allow it. */
export function addDescentTag(pid: number | 'self'): void {
  changeFilter(pid, (filter) => filter | tag)
}

/** Takes the tag from this process: what it starts from now on does not have it. */
export function dropOwnDescentTag(): void {
  changeFilter('self', (filter) => filter & ~tag)
}

function changeFilter(pid: number | 'self', change: (filter: number) => number): void {
  const filter = readFilter(pid)
  if (filter === null) return
  try {
    writeFileSync(`/proc/${pid}/coredump_filter`, `0x${change(filter).toString(16)}`)
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
}

/** Null where there is no such process, or a kernel without core dumps. */
function readFilter(pid: number | 'self'): number | null {
  try {
    const filter = Number.parseInt(readFileSync(`/proc/${pid}/coredump_filter`, 'latin1'), 16)
    return Number.isNaN(filter) ? null : filter
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}

/** It ended, changed its user, or the system has no such file or keeps it from being written. */
function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return ['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EROFS'].includes(code)
}
