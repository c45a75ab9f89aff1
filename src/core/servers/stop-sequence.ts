import { execFile } from 'node:child_process'
import type { StopStep } from '../../shared/domain/server-state.ts'
import { findTree } from './process-table.ts'
import type { ServerProcess } from './server-process.ts'

/** How long each means of the stop sequence is given, in milliseconds. */
export interface StopGrace {
  /** After the end of stdin, which the MCP specification names first ("Lifecycle", Shutdown, stdio). */
  readonly stdinMs: number
  /** After SIGTERM to the process group. */
  readonly termMs: number
}

/** Long enough for a server to save its state, short enough to wait for. */
export const defaultGrace: StopGrace = { stdinMs: 2_000, termMs: 2_000 }

/** How often the process table is read while a tree is waited for, in milliseconds. */
const pollMs = 20

/**
 * Stops a server's whole process tree: end of stdin, grace, SIGTERM to the group, grace, SIGKILL to every member.
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
  // Nobody reads the pipes any more; a child that is blocked on a full one could not end.
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
  // Members can fork between the look and the signal, so look again until there is none.
  while ((await signalTree(child, 'SIGKILL')) > 0) await delay(pollMs)
}

async function isGoneWithin(child: ServerProcess, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs
  // The leader's end is an event; only what it leaves behind has to be looked for.
  if (child.exit === null) await Promise.race([child.exited, delay(limitMs)])
  if (child.exit === null) return false
  for (;;) {
    if ((await findTree(treeOf(child))).length === 0) return true
    if (Date.now() >= deadline) return false
    await delay(pollMs)
  }
}

/** Signals every member of the tree. Answers how many there were. */
async function signalTree(child: ServerProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number> {
  const members = await findTree(treeOf(child))
  if (members.length === 0) return 0
  if (process.platform === 'win32') {
    const force = signal === 'SIGKILL' ? ['/F'] : []
    await new Promise<void>((resolve) => {
      // taskkill fails for a process that has just ended; the next look at the table tells what is true.
      execFile('taskkill', ['/PID', String(child.pid), '/T', ...force], () => resolve())
    })
    return members.length
  }
  // The group first: one call reaches members that fork meanwhile (kill(2)).
  if (child.exit === null || members.length > 0) sendSignal(-child.pid, signal)
  for (const pid of members) sendSignal(pid, signal)
  return members.length
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

function treeOf(child: ServerProcess) {
  return { leaderPid: child.pid, runId: child.runId }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
