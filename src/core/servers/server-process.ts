import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { AppError } from '../../shared/domain/errors.ts'
import type { Exit } from '../../shared/domain/server-state.ts'
import { runIdVariable } from '../processes/marks.ts'
import type { ServerTree, TreeWatch, WatchedTree } from '../processes/tree-watch.ts'

/** What to run, with nothing left to resolve. */
export interface SpawnSpec {
  /** Absolute path of an executable. */
  readonly command: string
  readonly args: readonly string[]
  /** The child's whole environment. */
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  /** Windows: the arguments are already escaped for `cmd.exe` and go through as they are. */
  readonly verbatimArguments: boolean
}

/**
 * One child process of a server, leader of its own session and process group (setsid(2)), with a run id in its
 * environment. It only observes: stopping is `stopTree`.
 */
export class ServerProcess {
  readonly pid: number
  /** The process and all that comes from it. */
  readonly tree: WatchedTree
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Settles when the leader has ended; its descendants may live on. Never rejects. */
  readonly exited: Promise<Exit>

  /** How the leader ended, or null while it lives. */
  exit: Exit | null = null

  private constructor(pid: number, child: Pipes, run: ServerRun, trees: TreeWatch) {
    this.pid = pid
    this.tree = trees.add({ ...run, leaderPid: pid }, () => this.exit !== null)
    this.stdin = child.stdin
    this.stdout = child.stdout
    this.stderr = child.stderr
    this.exited = new Promise((resolve) => {
      // 'exit', not 'close': a grandchild that holds the pipes would delay 'close' for as long as it lives.
      child.process.once('exit', (code, signal) => {
        this.exit = { code, signal }
        resolve(this.exit)
      })
    })
    for (const stream of [this.stdin, this.stdout, this.stderr]) stream.on('error', ignoreReported)
  }

  /**
   * Starts the process and watches its tree from then on. Rejects with `directory_not_found`, `command_not_found`, `permission_denied` or `spawn_failed`.
   */
  static async spawn(spec: SpawnSpec, run: ServerRun, trees: TreeWatch): Promise<ServerProcess> {
    await trees.prepare()
    let child: ChildProcess
    try {
      child = trees.spawn(() =>
        spawn(spec.command, spec.args, {
          cwd: spec.cwd,
          env: { ...spec.env, [runIdVariable]: run.runId },
          stdio: ['pipe', 'pipe', 'pipe'],
          // A session and group of its own, so that one signal reaches the whole tree. On Windows it would open a console.
          detached: process.platform !== 'win32',
          windowsHide: true,
          windowsVerbatimArguments: spec.verbatimArguments,
        }),
      )
    } catch (error) {
      throw spawnError(error, spec)
    }
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', (error) => reject(spawnError(error, spec)))
    })
    const { pid, stdin, stdout, stderr } = child
    if (pid === undefined || stdin === null || stdout === null || stderr === null) {
      throw new AppError('spawn_failed', { command: spec.command, reason: 'no pid or no pipes' })
    }
    return new ServerProcess(pid, { process: child, stdin, stdout, stderr }, run, trees)
  }
}

/** Whose process it is, and the name of this run of it: no other run has the same one. */
export type ServerRun = Omit<ServerTree, 'leaderPid'>

interface Pipes {
  readonly process: ChildProcess
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
}

/**
 * A pipe fails when the child goes, and its exit tells that; a failed write tells its writer. Without a listener the event
 * would end the host, and with it every other server.
 */
function ignoreReported(): void {}

function spawnError(error: unknown, spec: SpawnSpec): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const data = { command: spec.command, cwd: spec.cwd }
  switch (code) {
    case 'ENOENT':
      // The command was found a moment ago, so what is missing is an interpreter in its first line (execve(2)) or the directory.
      return new AppError('command_not_found', data, { cause: error })
    case 'EACCES':
    case 'EPERM':
      return new AppError('permission_denied', data, { cause: error })
    case 'ENOTDIR':
      return new AppError('directory_not_found', data, { cause: error })
    default:
      return new AppError(
        'spawn_failed',
        { ...data, reason: error instanceof Error ? error.message : String(error) },
        { cause: error },
      )
  }
}
