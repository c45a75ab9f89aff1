import type { ProcessEntry } from '../process-entry.ts'
import { isBefore } from '../process-tree.ts'

/** A run that may have brought forth a stray. */
export interface PossibleOrigin {
  readonly runId: string
  readonly leaderStart: string | null
}

/** What a process shows of where it comes from. */
export interface StrayEvidence {
  /** Of its environment. */
  readonly runId: string | undefined
  /** Whether it comes from some server of ours. */
  readonly hasTag: boolean
}

/**
 * To which runs a process may belong that became our child when its parent ended, and that no tree knows. Null: it is none of
 * our servers'. Empty: it was one's that is over. Pure.
 */
export function originsOf(
  stray: ProcessEntry,
  { runId, hasTag }: StrayEvidence,
  runs: readonly PossibleOrigin[],
): readonly string[] | null {
  if (runs.some((run) => run.runId === runId)) return runId === undefined ? null : [runId]
  if (!hasTag) return null
  return runs.filter(({ leaderStart }) => !isBefore(stray, leaderStart)).map((run) => run.runId)
}
