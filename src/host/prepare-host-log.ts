import { mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Beyond this size the log of earlier hosts is set aside, in bytes. */
export const hostLogBytes = 5_000_000

/**
 * Makes the folder of the host's own log, and sets a large one aside as `FILE.1`, in place of the one before: the two
 * together stay bounded. Called before the file is opened, once for each start of a host. Throws where the folder cannot be made.
 */
export function prepareHostLog(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > hostLogBytes) renameSync(file, `${file}.1`)
}
