import { execFile } from 'node:child_process'
import { sendSignal } from '../processes/send-signal.ts'
import type { TreeMembers } from '../processes/tree-watch.ts'
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

/** What a stop could not end. */
export interface Leftover {
  /** Processes that still live; empty where nobody could tell. */
  readonly pids: readonly number[]
  /** Why the process table could not be read; null where it could. */
  readonly problem: string | null
}

/** By what a tree is ended. */
export interface KillMeans {
  readonly send: (pid: number, signal: NodeJS.Signals) => void
  /** How long a tree may outlive its first SIGKILL, in milliseconds. */
  readonly limitMs: number
}

/** This machine's processes. Ten seconds are for members in an uninterruptible wait. */
const systemMeans: KillMeans = { send: sendSignal, limitMs: 10_000 }

/** How soon the process table is read again while a tree is waited for, in milliseconds: at first, and at the most. */
const pollMs = { first: 20, most: 500 }

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
  await signalTree(child, 'SIGTERM', systemMeans)
  if (await isGoneWithin(child, grace.termMs, grace.hurry)) return release(child)

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
    return (await child.tree.find()).pids
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
  means: KillMeans = systemMeans,
): Promise<Leftover | null> {
  const deadline = performance.now() + means.limitMs
  // Members can fork between the look and the signal, so look again until there is none. A member in an uninterruptible
  // wait takes its time, which must not keep this program busy.
  for (let waitMs = pollMs.first; ; waitMs = longer(waitMs)) {
    const left = await signalTree(child, 'SIGKILL', means)
    if (left === null) return release(child)
    if (performance.now() >= deadline) return left
    await delay(waitMs)
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
  for (let waitMs = pollMs.first; ; waitMs = longer(waitMs)) {
    if (await isKnownGone(child)) return true
    const remaining = deadline - performance.now()
    if (remaining <= 0 || hurry?.aborted === true) return false
    await delay(Math.min(waitMs, remaining))
  }
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

async function isKnownGone(child: ServerProcess): Promise<boolean> {
  try {
    return (await child.tree.find()).pids.length === 0
  } catch {
    // Not known is not gone. The last means of the sequence says why the table could not be read.
    return false
  }
}

/** Signals every member of the tree. Answers what there was, null for nothing. */
async function signalTree(
  child: ServerProcess,
  signal: 'SIGTERM' | 'SIGKILL',
  means: KillMeans,
): Promise<Leftover | null> {
  let problem: string | null = null
  let members: TreeMembers
  try {
    members = await child.tree.find()
    if (members.pids.length === 0) return null
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error)
    // While the leader lives, its number and its group's are its own, and can be signalled without a look.
    if (child.exit !== null) return { pids: [], problem }
    members = { pids: [child.pid], groups: [child.pid] }
  }
  const { pids, groups } = members
  if (signal === 'SIGKILL' && child.tree.terminate()) return { pids, problem }
  if (process.platform === 'win32') {
    const force = signal === 'SIGKILL' ? ['/F'] : []
    await new Promise<void>((resolve) => {
      // taskkill fails for a process that has just ended; the next look at the table tells what is true.
      execFile('taskkill', ['/PID', String(child.pid), '/T', ...force], () => resolve())
    })
    return { pids, problem }
  }
  // Groups first: one call reaches members that fork meanwhile (kill(2)).
  for (const group of groups) means.send(-group, signal)
  for (const pid of pids) means.send(pid, signal)
  return { pids, problem }
}

function longer(waitMs: number): number {
  return Math.min(pollMs.most, waitMs * 2)
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
