import type { Logger } from 'pino'
import type { Redactor } from '../core/secrets/redaction.ts'
import type { DataPaths } from './data-dir.ts'

/** What every way of hosting the core needs. */
export interface HostOptions {
  readonly paths: DataPaths
  /** The host's own environment, without the vault's key: `takeVaultKey` was called on it. */
  readonly env: NodeJS.ProcessEnv
  readonly homeDir: string
  /** From `MCP_MANAGER_VAULT_KEY`; selects the vault file even beside a keychain. */
  readonly vaultKey: string | undefined
  /** The one that the logger's lines go through; see `CoreOptions`. */
  readonly redactor?: Redactor
  readonly logger: Logger
  /** See `CoreOptions`. */
  readonly nodePath?: string
  readonly programsDir?: string
}
