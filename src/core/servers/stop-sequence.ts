import { endTree, type Leftover, type LivingTree } from '../processes/end-tree.ts'
import type { SendSignal } from '../processes/signal-members.ts'
import type { OnStopStep } from './mcp-connection.ts'
import type { ServerProcess } from './server-process.ts'

/** How long each means of the stop sequence is given, in milliseconds. */
export interface StopGrace {
  /** After the end of stdin, which the MCP specification names first ("Lifecycle", Shutdown, stdio). */
  readonly stdinMs: number
  /** After SIGTERM to the whole tree. */
  readonly termMs: number
  /** Once it is aborted nothing is given any time: a person does not want to wait. */
  readonly hurry?: AbortSignal
  /** Whether SIGKILL may follow without a word of a person, which `hurry` is; by default it may. */
  readonly mayKill?: () => boolean
}

/** How long a tree may outlive its first SIGKILL, in milliseconds: members may be in an uninterruptible wait. */
const killLimitMs = 10_000

/**
 * Stops a server's whole process tree: end of stdin, grace, SIGTERM to every member, grace, SIGKILL to every member.
 * Resolves when the tree is gone, not when a signal was sent; or, ten seconds after the first SIGKILL, with what is left.
 * Where it may not kill, it waits before that for as long as it takes.
 * Never rejects.
 * @param onStep told before each means is used.
 */
export async function stopTree(
  child: ServerProcess,
  grace: StopGrace,
  onStep: OnStopStep,
): Promise<Leftover | null> {
  onStep('stdin', [])
  // What was spawned just now was in no look yet, and leaves its parent when that ends: it is remembered before.
  await membersOf(child)
  child.stdin.end()
  // Nobody may read the pipes any more; a child that is blocked on a full one could not end.
  child.stdout.resume()
  child.stderr.resume()
  if (await isGoneWithin(child, grace.stdinMs, grace.hurry)) return release(child)

  onStep('term', [])
  const term = { signal: 'SIGTERM', limitMs: grace.termMs, hurry: grace.hurry } as const
  const left = await endTree(treeOf(child), { ...term, wake: child.exited })
  if (left === null) return release(child)

  if (grace.mayKill?.() === false && grace.hurry?.aborted !== true) {
    onStep('held', await membersOf(child))
    if (await isGoneWithin(child, Number.POSITIVE_INFINITY, grace.hurry)) return release(child)
  }
  onStep('kill', await membersOf(child))
  return await killTree(child)
}

/** The processes of the tree as far as they can be told. */
async function membersOf(child: ServerProcess): Promise<readonly number[]> {
  try {
    return (await child.tree.find()).members.map(({ pid }) => pid)
  } catch {
    // The kill that follows says why the table could not be read.
    return child.exit === null ? [child.pid] : []
  }
}

/**
 * Kills what is left of a tree at once, and resolves with null when it is gone. A member that may not be signalled, or a
 * process table that cannot be read, must not make a stop last for ever: after the limit it resolves with what is left.
 * Never rejects.
 */
export async function killTree(
  child: ServerProcess,
  limitMs = killLimitMs,
  send?: SendSignal,
): Promise<Leftover | null> {
  const left = await endTree(treeOf(child), { signal: 'SIGKILL', limitMs }, send)
  return left === null ? release(child) : left
}

function treeOf(child: ServerProcess): LivingTree {
  return {
    find: child.tree.find,
    terminate: child.tree.terminate,
    // While the leader lives, its number and its group's are its own, and can be signalled without a look.
    certain: () =>
      child.exit === null
        ? { members: [{ pid: child.pid, startMark: null }], groups: [child.pid] }
        : { members: [], groups: [] },
  }
}

/** Nothing is left to watch. What could not be ended stays watched, so that it is known whose it is. */
function release(child: ServerProcess): null {
  child.tree.release()
  return null
}

async function isGoneWithin(
  child: ServerProcess,
  limitMs: number,
  hurry: AbortSignal | undefined,
): Promise<boolean> {
  const deadline = performance.now() + limitMs
  // The leader's end is an event; only what it leaves behind has to be looked for.
  if (!(await hasExitedWithin(child, limitMs, hurry))) return false
  const step = { signal: null, limitMs: deadline - performance.now(), hurry }
  return (await endTree(treeOf(child), step)) === null
}

/** Whether the leader ends within the time, or before `hurry` is aborted; its descendants may live on. Leaves no timer behind. */
export async function hasExitedWithin(
  child: ServerProcess,
  limitMs: number,
  hurry?: AbortSignal,
): Promise<boolean> {
  if (child.exit !== null) return true
  if (hurry?.aborted === true) return false
  const over = Promise.withResolvers<void>()
  const timer = Number.isFinite(limitMs) ? setTimeout(over.resolve, limitMs) : undefined
  const onHurry = () => over.resolve()
  hurry?.addEventListener('abort', onHurry, { once: true })
  await Promise.race([child.exited, over.promise])
  clearTimeout(timer)
  // The signal lives as long as the host, over any number of stops.
  hurry?.removeEventListener('abort', onHurry)
  // Read through the object: the wait changed what the check above has seen.
  return hasExited(child)
}

function hasExited(child: ServerProcess): boolean {
  return child.exit !== null
}
