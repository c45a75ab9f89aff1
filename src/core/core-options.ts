import type { Logger } from 'pino'
import type { CorePaths } from './core-paths.ts'
import type { AccountsOptions } from './oauth/accounts.ts'
import type { VaultOptions } from './secrets/open-vault.ts'
import type { Redactor } from './secrets/redaction.ts'
import type { LifecycleTiming } from './servers/lifecycle-timing.ts'

/** What a face supplies to the core. */
export interface CoreOptions {
  readonly paths: CorePaths
  /** The host's environment, without the vault's key. */
  readonly env: NodeJS.ProcessEnv
  readonly homeDir: string
  readonly vaultKey: string | undefined
  /** Learns every secret that is used; by default one of the core's own. A face that logs gives the one of its log. */
  readonly redactor?: Redactor
  readonly logger: Logger
  readonly version: string
  /** A Node binary to run scripts with; by default the one that runs this. A face whose own binary is not Node must say. */
  readonly nodePath?: string
  /** Folder of the built programs that the core starts; by default the one of the running file. */
  readonly programsDir?: string
  /** `never` leaves the system's keychain alone; by default it is used where it answers. */
  readonly keychain?: VaultOptions['keychain']
  /** Bounds of the requests of sign-ins, and the resolver of names, other than the usual ones. */
  readonly oauthFetch?: AccountsOptions['fetch']
  /** Waits other than the usual ones. */
  readonly timing?: Partial<LifecycleTiming>
}
