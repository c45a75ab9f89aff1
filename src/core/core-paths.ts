/** Where the core keeps its state. The host decides the places (host/data-dir.ts). */
export interface CorePaths {
  /** The data directory itself. */
  readonly root: string
  /** Definitions and the desired state of servers. */
  readonly servers: string
  /** What a person set for the whole program. */
  readonly settings: string
  /** What is remembered and can be lost: which command runs a legacy server, what a server offers that starts at its use. */
  readonly cache: string
  /** What the program did by itself. */
  readonly actions: string
  /** Who is signed in at which remote server, without the tokens. */
  readonly accounts: string
  /** Which secrets there are, since when, and which commands were allowed; no value. */
  readonly secrets: string
  /** The log database. */
  readonly logs: string
}
