/** What the process answers to a script. Documented in docs/cli.md. */
export const exitCode = {
  done: 0,
  /** The operation failed: a server did not start, a tool reported an error, a file could not be written. */
  failed: 1,
  /** Wrong usage, or input that cannot be used. */
  usage: 2,
  /** The servers were imported; their secrets were left out, because no vault could take them. */
  secretsLeftOut: 3,
  /** The servers did not settle in the time given. */
  timedOut: 5,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
