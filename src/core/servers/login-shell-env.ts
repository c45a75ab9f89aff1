import { spawn } from 'node:child_process'
import { userInfo } from 'node:os'
import { delimiter } from 'node:path'
import { AppError, type ErrorInfo } from '../../shared/domain/errors.ts'
import { isRecord } from '../../shared/lib/json.ts'

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string>>

/** The environment that servers start from, and what went wrong while it was made. */
export interface BaseEnvironment {
  readonly env: Environment
  /** Set where the login shell could not be asked: the environment is then the host's own. */
  readonly problem: ErrorInfo | null
}

/** Variables that describe the asking shell itself, not the person's set-up. */
const shellInternal = new Set(['_', 'SHLVL', 'PWD', 'OLDPWD'])
/** Ours, for hosts and tests; no server has a use for them. */
const ownPrefix = 'MCP_MANAGER_'

/** How long a login shell may take, in milliseconds; start-up files that wait for a terminal would otherwise block every server. */
export const shellTimeoutMs = 5_000

/**
 * Asks the person's login shell for its environment, as a terminal would have it: nvm, mise, volta and Homebrew set their
 * PATH in its start-up files, which a desktop application never reads.
 *
 * The shell runs this program's own Node to print the environment as JSON between two marks, so that noise of start-up
 * files does no harm. Not the `shell-env` package: it has no time-out, and leaves the shell running.
 * Always resolves; on Windows, where PATH comes from the registry, with the host's own environment.
 */
export async function readBaseEnvironment(
  hostEnv: NodeJS.ProcessEnv,
  options: { shell?: string; timeoutMs?: number } = {},
): Promise<BaseEnvironment> {
  const own = withoutOwn(hostEnv)
  if (process.platform === 'win32') return { env: own, problem: null }
  const shell = options.shell ?? hostEnv['SHELL'] ?? loginShell()
  try {
    const fromShell = await askShell(shell, hostEnv, options.timeoutMs ?? shellTimeoutMs)
    return { env: mergeEnvironments(own, withoutOwn(fromShell)), problem: null }
  } catch (error) {
    const problem =
      error instanceof AppError ? error : new AppError('internal', { shell }, { cause: error })
    return { env: own, problem: problem.toInfo() }
  }
}

/**
 * The host's environment with the shell's on top. PATH is joined: the shell's entries first, then what only the host has.
 * Pure.
 */
export function mergeEnvironments(host: Environment, shell: Environment): Environment {
  const merged: Record<string, string> = { ...host }
  for (const [name, value] of Object.entries(shell)) {
    if (!shellInternal.has(name)) merged[name] = value
  }
  const path = [shell['PATH'], host['PATH']]
    .flatMap((value) => value?.split(delimiter) ?? [])
    .filter((entry) => entry !== '')
  if (path.length > 0) merged['PATH'] = [...new Set(path)].join(delimiter)
  return merged
}

function withoutOwn(env: NodeJS.ProcessEnv): Environment {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !name.startsWith(ownPrefix)) result[name] = value
  }
  return result
}

function loginShell(): string {
  // passwd(5); os.userInfo has null where there is none.
  return userInfo().shell ?? '/bin/sh'
}

async function askShell(
  shell: string,
  hostEnv: NodeJS.ProcessEnv,
  timeoutMs: number,
): Promise<Environment> {
  const mark = `mcp-manager-${process.pid}-${Date.now()}`
  const print = `process.stdout.write(${JSON.stringify(mark)}+JSON.stringify(process.env)+${JSON.stringify(mark)})`
  const command = `${quote(process.execPath)} -e ${quote(print)}`
  const child = spawn(shell, ['-i', '-l', '-c', command], {
    // A session of its own: an interactive shell must not touch the terminal of the person, and one signal ends it whole.
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...hostEnv, MCP_MANAGER_RESOLVING_ENVIRONMENT: '1' },
  })
  try {
    const output = await new Promise<string>((resolve, reject) => {
      const chunks: Buffer[] = []
      const timer = setTimeout(
        () => reject(new AppError('handshake_timeout', { shell, seconds: timeoutMs / 1000 })),
        timeoutMs,
      )
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
      child.once('error', (error) => {
        clearTimeout(timer)
        reject(new AppError('spawn_failed', { command: shell, reason: error.message }))
      })
      // 'exit' and not 'close': a start-up file may leave a daemon behind that keeps the pipe.
      child.once('exit', () => {
        clearTimeout(timer)
        setImmediate(() => resolve(Buffer.concat(chunks).toString('utf8')))
      })
    })
    return parseMarked(output, mark, shell)
  } finally {
    child.stdout.destroy()
    if (child.pid !== undefined) endGroup(child.pid)
  }
}

function parseMarked(output: string, mark: string, shell: string): Environment {
  const [, json] = output.split(mark)
  const parsed: unknown = json === undefined ? undefined : JSON.parse(json)
  if (!isRecord(parsed)) {
    throw new AppError('spawn_failed', { command: shell, reason: 'it printed no environment' })
  }
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(parsed)) {
    if (typeof value === 'string') env[name] = value
  }
  return env
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // ESRCH: the shell and all it started have ended, as they should.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** POSIX shell quoting: everything in single quotes is literal. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
