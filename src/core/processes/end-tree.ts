import { type SendSignal, signalMembers } from './signal-members.ts'
import type { SignalTarget, TreeMembers } from './tree-members.ts'

/** A tree of processes that can be looked for again and again. */
export interface LivingTree {
  /** Looks now; no members when it is gone. Rejects where the table cannot be read. */
  readonly find: () => Promise<TreeMembers>
  /** What is known to live without a look. */
  readonly certain?: () => TreeMembers
  /** Ends all that the system holds together of it. */
  readonly terminate?: () => void
}

/** One means by which a tree is ended. */
export interface EndStep {
  /** Null: it ends by itself. SIGTERM goes once to each process, SIGKILL again at each look. */
  readonly signal: 'SIGTERM' | 'SIGKILL' | null
  /** How long it is given, in milliseconds. */
  readonly limitMs: number
  /** Aborted: it is given no more time. */
  readonly hurry?: AbortSignal | undefined
  /** Settles when there is something new to see. */
  readonly wake?: Promise<unknown>
  /** Nothing is waited for once none of what is left may be signalled. */
  readonly endsRefused?: boolean
}

/** What could not be ended. */
export interface Leftover {
  /** Processes that still live; empty where nobody could tell. */
  readonly pids: readonly number[]
  /** Why the process table could not be read; null where it could. */
  readonly problem: string | null
  /** The system permits no signal to any of them. */
  readonly isRefused: boolean
}

/** How soon it is looked again, in milliseconds: at first, and at the most. */
const pollMs = { first: 20, most: 500 }

/**
 * Ends a tree by one means: looks, signals, and looks again until nothing is left, which is answered with null. Members fork
 * between a look and a signal, and what they start meanwhile is found by the next look. Never rejects.
 */
export async function endTree(
  tree: LivingTree,
  step: EndStep,
  send: SendSignal = signalMembers,
): Promise<Leftover | null> {
  const deadline = performance.now() + step.limitMs
  const told = new Set<string>()
  const wake = awaken(step.wake)
  // A member in an uninterruptible wait takes its time, which must not keep this program busy.
  for (let waitMs = pollMs.first; ; waitMs = Math.min(pollMs.most, waitMs * 2)) {
    const { found, problem } = await lookAt(tree)
    if (found?.members.length === 0) return null
    const refused = found === null ? new Set() : await signal(found, step.signal, told, tree, send)
    const pids = found?.members.map(({ pid }) => pid) ?? []
    const isRefused = pids.length > 0 && pids.every((pid) => refused.has(pid))
    const remaining = deadline - performance.now()
    const isOver = remaining <= 0 || step.hurry?.aborted === true
    if (isOver || (isRefused && step.endsRefused === true)) return { pids, problem, isRefused }
    await pause(Math.min(waitMs, remaining), wake(), step.hurry)
  }
}

/** Null: not known. Not known is not gone. */
async function lookAt(
  tree: LivingTree,
): Promise<{ readonly found: TreeMembers | null; readonly problem: string | null }> {
  try {
    return { found: await tree.find(), problem: null }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    const certain = tree.certain?.()
    return {
      found: certain === undefined || certain.members.length === 0 ? null : certain,
      problem,
    }
  }
}

/** Answers the numbers of those that may not be signalled. */
async function signal(
  found: TreeMembers,
  name: EndStep['signal'],
  told: Set<string>,
  tree: LivingTree,
  send: SendSignal,
): Promise<ReadonlySet<number>> {
  if (name === null) return new Set()
  if (name === 'SIGKILL') tree.terminate?.()
  const isNew = ({ pid, startMark }: SignalTarget) => !told.has(`${pid} ${startMark}`)
  const members = name === 'SIGKILL' ? found.members : found.members.filter(isNew)
  for (const { pid, startMark } of members) told.add(`${pid} ${startMark}`)
  // A group of which some have had it would get it twice.
  const isWhole = members.length === found.members.length
  return await send({ members, groups: isWhole ? found.groups : [] }, name)
}

/** A promise that is there until it has settled, so that it wakes once. */
function awaken(wake: Promise<unknown> | undefined): () => Promise<unknown> | undefined {
  let left = wake
  void wake?.finally(() => {
    left = undefined
  })
  return () => left
}

/** Leaves no timer and no listener behind: `hurry` lives as long as the host. */
async function pause(
  ms: number,
  wake: Promise<unknown> | undefined,
  hurry: AbortSignal | undefined,
): Promise<void> {
  const over = Promise.withResolvers<void>()
  const timer = setTimeout(over.resolve, ms)
  const onHurry = () => over.resolve()
  hurry?.addEventListener('abort', onHurry, { once: true })
  await (wake === undefined ? over.promise : Promise.race([wake, over.promise]))
  clearTimeout(timer)
  hurry?.removeEventListener('abort', onHurry)
}
