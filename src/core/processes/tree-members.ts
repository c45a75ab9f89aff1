/** A process that is signalled. */
export interface SignalTarget {
  readonly pid: number
  /** Its start, as it was just read; null where its number is known to be its own still. */
  readonly startMark: string | null
}

/** The live processes of a tree. */
export interface TreeMembers {
  readonly members: readonly SignalTarget[]
  /** Process groups that hold nobody else, so that they can be signalled as a whole. */
  readonly groups: readonly number[]
}
