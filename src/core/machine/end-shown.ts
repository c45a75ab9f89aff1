import type { ProcessRef, ReapOutcome } from '../../shared/domain/machine.ts'
import { endTree, type Leftover } from '../processes/end-tree.ts'
import type { ProcessEntry } from '../processes/process-entry.ts'
import { type SendSignal, signalMembers } from '../processes/signal-members.ts'
import { processKey } from './recognise-servers.ts'
import { followShown } from './shown-tree.ts'

/** By what processes are ended, and how long each means is given, in milliseconds. */
export interface EndMeans {
  readonly read: () => Promise<readonly ProcessEntry[]>
  readonly send?: SendSignal
  /** 0: nothing but SIGKILL is sent. */
  readonly termMs: number
  readonly killMs: number
}

/** What became of a tree. */
export interface TreeEnd {
  readonly outcome: Extract<ReapOutcome, 'ended' | 'killed' | 'survived' | 'not-permitted'>
  /** How many of its processes are gone. */
  readonly ended: number
}

/**
 * Ends a tree that was shown: SIGTERM to each process, grace, SIGKILL. What it starts meanwhile ends with it. Resolves when
 * the last one is gone or was given up. Never rejects.
 */
export async function endShown(
  members: readonly ProcessRef[],
  { read, send = signalMembers, termMs, killMs }: EndMeans,
): Promise<TreeEnd> {
  const known = new Set(members.map(processKey))
  const tree = followShown(members, read, (living) => {
    for (const entry of living) known.add(processKey(entry))
  })
  // What may not be signalled does not end by waiting.
  const by = async (signal: 'SIGTERM' | 'SIGKILL', limitMs: number) =>
    await endTree(tree, { signal, limitMs, endsRefused: true }, send)
  const stubborn = termMs > 0 ? await by('SIGTERM', termMs) : undefined
  if (stubborn === null) return { outcome: 'ended', ended: known.size }
  if (stubborn?.isRefused === true) return refusal(stubborn, known.size)
  const left = await by('SIGKILL', killMs)
  if (left === null)
    return { outcome: stubborn === undefined ? 'ended' : 'killed', ended: known.size }
  if (left.isRefused) return refusal(left, known.size)
  return { outcome: 'survived', ended: known.size - left.pids.length }
}

function refusal({ pids }: Leftover, count: number): TreeEnd {
  return { outcome: 'not-permitted', ended: count - pids.length }
}
