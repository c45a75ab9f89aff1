import * as z from 'zod'
import { clientMetadataUrlSchema } from './oauth.ts'

/** What a person can set for the whole program. */
export const settingsSchema = z.object({
  appearance: z.object({ theme: z.enum(['system', 'light', 'dark']) }),
  startup: z.object({
    /** Whether servers that are switched on start together with the host. */
    startServers: z.boolean(),
  }),
  network: z.object({
    /** The port that the host listens on from its next start on; null: the one it had last, or any free one. */
    port: z.number().int().min(1024).max(65_535).nullable(),
  }),
  logs: z.object({
    /** Lines older than so many days are deleted. */
    keepDays: z.number().int().min(1).max(365),
    /** The oldest lines are deleted once the file is larger than so many megabytes (10^6 bytes). */
    keepMegabytes: z.number().int().min(10).max(10_000),
  }),
  /** What the program may do by itself. What is off is held back, and told all the same. */
  automation: z.object({
    /** Start a server that failed again. Off: it waits for a person. */
    restart: z.boolean(),
    /** Leave a server alone that fails again and again. Off: it is tried for ever. */
    park: z.boolean(),
    /** SIGKILL to a server that does not end when it is told to. Off: the stop waits for a person. Quitting kills all the same. */
    kill: z.boolean(),
    /** End what an earlier run left behind. Off: it is only told of. */
    reap: z.boolean(),
  }),
  /** Absent until a person sets something of it. */
  oauth: z
    .object({
      /** Where a client metadata document of this program is published, which some authorization servers take in place of a registration; null: nowhere. */
      clientMetadataUrl: clientMetadataUrlSchema.nullable(),
    })
    .optional(),
})
export type Settings = z.infer<typeof settingsSchema>

/** The settings of a fresh start. */
export const defaultSettings: Settings = {
  appearance: { theme: 'system' },
  startup: { startServers: true },
  network: { port: null },
  logs: { keepDays: 7, keepMegabytes: 500 },
  automation: { restart: true, park: true, kill: true, reap: true },
}
