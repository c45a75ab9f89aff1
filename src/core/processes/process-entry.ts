/** One live process. Zombies are left out: they hold nothing but their entry in the table. */
export interface ProcessEntry {
  readonly pid: number
  readonly parentPid: number
  readonly groupId: number
  readonly sessionId: number
  /**
   * When the system started it, in words of the system that mean nothing else: the same number with another mark is
   * another process.
   */
  readonly startMark: string
  /** Time on a processor since its start, its own alone, in milliseconds. */
  readonly cpuMs: number
  /** That of all its descendants which ended and were waited for, in milliseconds; absent where the system does not tell. */
  readonly endedChildrenCpuMs?: number
  /** Memory that it holds (resident set), in bytes. Pages that it shares count for each process that has them. */
  readonly memoryBytes: number
}

/** A process that has ended and that its parent has not collected yet. */
export interface Zombie {
  readonly pid: number
  readonly parentPid: number
  readonly startMark: string
}

/** One reading of the table of processes. */
export interface ProcessReading {
  readonly live: readonly ProcessEntry[]
  /** Empty where the system does not tell of them. */
  readonly zombies: readonly Zombie[]
}
