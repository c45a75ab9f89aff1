import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { openStateFile, type StateFile } from '../../core/storage/state-file.ts'
import type { ErrorInfo } from '../../shared/domain/errors.ts'

const doorStateSchema = z.object({
  /** The port that this data directory always uses; null before the first start. */
  port: z.number().int().min(1).max(65_535).nullable(),
  /** Signs browser sessions, so that an open page finds back after a restart of the host. */
  sessionKey: z.string().min(32),
})
/** What is kept of the door between two runs. */
export type DoorState = z.infer<typeof doorStateSchema>

/** First choice for the port of a new data directory. */
const firstPort = 43_110
/** How many ports are tried, the wanted one first. */
const portTries = 50

/** Opens the door's state file (mode 0600). A damaged one is replaced: open pages then need a new link. */
export async function openDoorState(
  file: string,
  onNotice: (notice: ErrorInfo) => void,
): Promise<StateFile<DoorState>> {
  return await openStateFile({
    file,
    version: 1,
    migrations: {},
    schema: doorStateSchema,
    defaults: () => ({ port: null, sessionKey: randomBytes(32).toString('base64url') }),
    now: Date.now,
    onNotice,
  })
}

/** The ports to try, in this order. One that was asked for is the only one; 0 at the end lets the system choose. */
export function portsToTry(asked: number | null, wanted: number | null): readonly number[] {
  if (asked !== null) return [asked]
  const first = wanted ?? firstPort
  const above = Array.from({ length: portTries }, (_, index) => first + index)
  return [...above.filter((port) => port <= 65_535), 0]
}
