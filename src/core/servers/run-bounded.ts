import { spawn } from 'node:child_process'
import type { Exit } from '../../shared/domain/server-state.ts'

/** A short command that runs for its output. */
export interface BoundedCommand {
  readonly command: string
  readonly args: readonly string[]
  /** Windows: the arguments are escaped for `cmd.exe` already. */
  readonly verbatimArguments: boolean
  readonly env: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly timeoutMs: number
  /** Ends it early. */
  readonly signal?: AbortSignal
  /** Tells from the output so far that nothing more is needed; it is then not waited for any longer. */
  readonly isComplete?: (output: string) => boolean
}

/** How such a command went. `exit` is null where it was not waited for. */
export interface BoundedOutcome {
  readonly exit: Exit | null
  readonly stdout: string
  /** The first 8,192 characters or so. */
  readonly stderr: string
}

/** The command took longer than its time-out. */
export class TookTooLong extends Error {}

/** Output beyond this is not read, in characters. */
const maxOutput = 8 * 1024 * 1024
const maxStderr = 8_192

/**
 * Runs a command without input and with a bound on its time, in a process group of its own that is killed whole at the
 * end: neither a start-up file that hangs nor what it left in the background stays. Not `execFile`, which kills the
 * direct child only and waits for whoever holds the pipe.
 * Rejects with `TookTooLong`, with the signal's reason, or with the system's error where it cannot be started.
 */
export async function runBounded(run: BoundedCommand): Promise<BoundedOutcome> {
  run.signal?.throwIfAborted()
  const isGroup = process.platform !== 'win32'
  const child = spawn(run.command, run.args, {
    ...(run.cwd !== undefined && { cwd: run.cwd }),
    env: run.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A session of its own: an interactive shell must not touch the terminal of the person.
    detached: isGroup,
    windowsHide: true,
    windowsVerbatimArguments: run.verbatimArguments,
  })
  const cleanUps: (() => void)[] = []
  try {
    return await new Promise<BoundedOutcome>((resolve, reject) => {
      const decoder = new TextDecoder()
      let stdout = ''
      let stderr = ''
      const timer = setTimeout(() => reject(new TookTooLong()), run.timeoutMs)
      const onAbort = () => reject(run.signal?.reason)
      run.signal?.addEventListener('abort', onAbort, { once: true })
      cleanUps.push(
        () => clearTimeout(timer),
        () => run.signal?.removeEventListener('abort', onAbort),
      )
      child.stdout.on('data', (chunk: Buffer) => {
        if (stdout.length < maxOutput) stdout += decoder.decode(chunk, { stream: true })
        if (run.isComplete?.(stdout) === true) resolve({ exit: null, stdout, stderr })
      })
      child.stderr.on('data', (chunk: Buffer) => {
        if (stderr.length < maxStderr) stderr += chunk.toString('utf8')
      })
      child.once('error', reject)
      child.once('exit', (code, signal) => {
        const finish = () => resolve({ exit: { code, signal }, stdout, stderr })
        // What it wrote last may still be in the pipe, which a process that it left behind can hold open for ever.
        child.stdout.once('close', finish)
        const lag = setTimeout(finish, drainMs)
        cleanUps.push(() => clearTimeout(lag))
      })
    })
  } finally {
    for (const cleanUp of cleanUps) cleanUp()
    child.stdout.destroy()
    child.stderr.destroy()
    if (child.pid !== undefined) {
      if (isGroup) await endGroup(child.pid)
      else child.kill()
    }
  }
}

/** How long the pipe is read after the end of the command, in milliseconds. */
const drainMs = 200

/** How long the end of a killed group is waited for, in milliseconds: without a collector, zombies stay in it for ever. */
const groupEndMs = 100

async function endGroup(pid: number): Promise<void> {
  const deadline = performance.now() + groupEndMs
  for (let isThere = signalGroup(pid, 'SIGKILL'); isThere; isThere = signalGroup(pid, 0)) {
    // SIGKILL takes a moment, and who waits for this is told that nothing of it is left.
    if (performance.now() >= deadline) return
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  }
}

/** Answers whether there is something of the group. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    // ESRCH: it and all that it started have ended, as they should. EPERM: on macOS, only zombies are left.
    if (code === 'ESRCH' || code === 'EPERM') return false
    throw error
  }
}
