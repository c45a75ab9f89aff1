import { execFile } from 'node:child_process'
import type { StopStep } from '../../shared/domain/server-state.ts'
import { findTree, isTreeGone, type ProcessTree } from './process-table.ts'
import type { ServerProcess } from './server-process.ts'

/** How long each means of the stop sequence is given, in milliseconds. */
export interface StopGrace {
  /** After the end of stdin, which the MCP specification names first ("Lifecycle", Shutdown, stdio). */
  readonly stdinMs: number
  /** After SIGTERM to the whole tree. */
  readonly termMs: number
}

/** How soon the process table is read again while a tree is waited for, in milliseconds: at first, and at the most. */
const pollMs = { first: 20, most: 500 }

/**
 * Stops a server's whole process tree: end of stdin, grace, SIGTERM to every member, grace, SIGKILL to every member.
 * Resolves only when the tree is gone, not when a signal was sent.
 * @param onStep told before each means is used.
 */
export async function stopTree(
  child: ServerProcess,
  grace: StopGrace,
  onStep: (step: StopStep) => void,
): Promise<void> {
  onStep('stdin')
  child.stdin.end()
  // Nobody may read the pipes any more; a child that is blocked on a full one could not end.
  child.stdout.resume()
  child.stderr.resume()
  if (await isGoneWithin(child, grace.stdinMs)) return

  onStep('term')
  await signalTree(child, 'SIGTERM')
  if (await isGoneWithin(child, grace.termMs)) return

  onStep('kill')
  await killTree(child)
}

/** Kills what is left of a tree at once, and resolves when it is gone. For a server whose leader has ended by itself. */
export async function killTree(child: ServerProcess): Promise<void> {
  // Members can fork between the look and the signal, so look again until there is none. A member in an uninterruptible
  // wait takes its time, which must not keep this program busy.
  for (
    let waitMs = pollMs.first;
    (await signalTree(child, 'SIGKILL')) > 0;
    waitMs = longer(waitMs)
  ) {
    await delay(waitMs)
  }
}

async function isGoneWithin(child: ServerProcess, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs
  // The leader's end is an event; only what it leaves behind has to be looked for.
  if (!(await hasExitedWithin(child, limitMs))) return false
  for (let waitMs = pollMs.first; ; waitMs = longer(waitMs)) {
    if (await isTreeGone(treeOf(child))) return true
    const remaining = deadline - performance.now()
    if (remaining <= 0) return false
    await delay(Math.min(waitMs, remaining))
  }
}

/** Whether the leader ends within the time; its descendants may live on. Leaves no timer behind. */
export async function hasExitedWithin(child: ServerProcess, limitMs: number): Promise<boolean> {
  if (child.exit !== null) return true
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs)
  })
  await Promise.race([child.exited, timeout])
  clearTimeout(timer)
  // Read through the object: the wait changed what the check above has seen.
  return hasExited(child)
}

function hasExited(child: ServerProcess): boolean {
  return child.exit !== null
}

/** Signals every member of the tree. Answers how many there were. */
async function signalTree(child: ServerProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number> {
  const { pids, hasGroup } = await findTree(treeOf(child))
  if (pids.length === 0) return 0
  if (process.platform === 'win32') {
    const force = signal === 'SIGKILL' ? ['/F'] : []
    await new Promise<void>((resolve) => {
      // taskkill fails for a process that has just ended; the next look at the table tells what is true.
      execFile('taskkill', ['/PID', String(child.pid), '/T', ...force], () => resolve())
    })
    return pids.length
  }
  // The group first: one call reaches members that fork meanwhile (kill(2)). Only while it has members: else its number
  // may be somebody else's by now.
  if (hasGroup) sendSignal(-child.pid, signal)
  for (const pid of pids) sendSignal(pid, signal)
  return pids.length
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // ESRCH: it ended meanwhile. EPERM: a member changed its user; the tree is then waited for in vain, and that shows.
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
  }
}

function treeOf(child: ServerProcess): ProcessTree {
  return { leaderPid: child.pid, runId: child.runId, hasLeaderEnded: child.exit !== null }
}

function longer(waitMs: number): number {
  return Math.min(pollMs.most, waitMs * 2)
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
