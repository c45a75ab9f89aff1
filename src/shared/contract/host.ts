import * as z from 'zod'
import { errorInfoSchema } from '../domain/errors.ts'
import { base } from './base.ts'
import { streamOf } from './streams.ts'

/** Which vault is in use, and whether secrets can be read. Kind `none`: there is no vault yet, and a passphrase makes one. */
export const vaultStatusSchema = z.object({
  kind: z.enum(['keychain', 'file', 'none']),
  state: z.enum(['ready', 'locked', 'unavailable']),
  problem: errorInfoSchema.nullable(),
})
export type VaultStatus = z.infer<typeof vaultStatusSchema>

/** What the live host is. */
export const hostInfoSchema = z.object({
  version: z.string(),
  pid: z.number().int(),
  /** Where programs and browsers reach the host; null for a command that runs without one. */
  endpoint: z.url().nullable(),
  /** Milliseconds since the Unix epoch. */
  startedAt: z.number(),
  dataDir: z.string(),
  /** The person's home folder: paths below it are shown with `~`. */
  homeDir: z.string(),
  nodeVersion: z.string(),
  platform: z.string(),
  vault: vaultStatusSchema,
  /** Things that a person should know, such as a state file that was mended at start. */
  notices: z.array(errorInfoSchema),
})
export type HostInfo = z.infer<typeof hostInfoSchema>

/** The host itself. */
export const hostContract = {
  info: base.output(hostInfoSchema),
  /** The same, now and each time that something of it changes. */
  watch: base.output(streamOf(hostInfoSchema)),
  /** Opens the encrypted vault file with a passphrase, or makes it if there is none yet (kind `none`). Fails with `vault_locked` on a wrong one, with `invalid_input` on one that is too short for a new vault. */
  unlockVault: base.input(z.object({ passphrase: z.string().min(1) })).output(vaultStatusSchema),
  /** Stops all servers, then the host. Answers once the shutdown has begun. */
  shutdown: base.output(z.void()),
}
