/** What is known of a process beside its entry in the table. It may hold credentials: it never leaves the core as it is. */
export interface ProcessDetails {
  /** Its command line as it is now: a process may change it. Empty where it cannot be read. */
  readonly args: readonly string[]
  readonly executable: string | null
  readonly cwd: string | null
  /** The file behind its script argument, where that is a link. */
  readonly script: string | null
  /** The system would let us end it. */
  readonly mayEnd: boolean
  /** The mark of the MCP Manager that started it, or what it comes from; null: none, or not readable. */
  readonly ownerMark: string | null
  /** Whether stdin and stdout are both pipes or sockets; null: the system does not tell. */
  readonly isPiped: boolean | null
  /** What stdin is, in words of the system; null where it does not tell. */
  readonly input: string | null
}

/** The details of processes by their numbers. */
export type DetailsByPid = ReadonlyMap<number, ProcessDetails>
