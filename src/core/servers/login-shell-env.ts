import { userInfo } from 'node:os'
import { delimiter } from 'node:path'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import { isRecord } from '../../shared/lib/json.ts'
import { parseEnvironment } from '../processes/linux-table.ts'
import { withoutAppImage } from './app-image-env.ts'
import { runBounded, TookTooLong } from './run-bounded.ts'

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

/** How the login shell is asked. */
export interface ShellOptions {
  /** In milliseconds. */
  readonly timeoutMs: number
  /** A Node binary, for systems that show no process its environment. Never Electron's own: without its RunAsNode fuse it would start the application once more. */
  readonly nodePath: string
  /** Ends the shell: nobody waits for the answer any more. */
  readonly signal: AbortSignal
}

/**
 * Asks the person's login shell for its environment, as a terminal would have it: nvm, mise, volta and Homebrew set their
 * PATH in its start-up files, which a desktop application never reads.
 *
 * The shell has the environment printed between two marks, so that noise of start-up files does no harm. Not the `shell-env` package: it has no time-out, and leaves the shell running.
 * Always resolves; on Windows, where PATH comes from the registry, with the host's own environment.
 */
export async function readBaseEnvironment(
  hostEnv: NodeJS.ProcessEnv,
  options: ShellOptions,
): Promise<BaseEnvironment> {
  const own = withoutAppImage(withoutOwn(hostEnv))
  if (process.platform === 'win32') return { env: own, problem: null }
  const shell = hostEnv['SHELL'] ?? loginShell()
  try {
    const fromShell = await askShell(shell, own, options)
    return { env: mergeEnvironments(own, withoutOwn(fromShell)), problem: null }
  } catch (error) {
    const reason =
      error instanceof TookTooLong
        ? `It did not end within ${options.timeoutMs / 1000} s.`
        : error instanceof Error
          ? error.message
          : String(error)
    return { env: own, problem: { code: 'login_shell_failed', data: { shell, reason } } }
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

async function askShell(shell: string, env: Environment, how: ShellOptions): Promise<Environment> {
  const mark = `mcp-manager-${process.pid}-${Date.now()}`
  const { print, parse } =
    process.platform === 'linux' ? linuxPrinter(mark) : nodePrinter(mark, how)
  const { stdout } = await runBounded({
    verbatimArguments: false,
    command: shell,
    args: ['-i', '-l', '-c', print],
    env: { ...env, MCP_MANAGER_RESOLVING_ENVIRONMENT: '1' },
    timeoutMs: how.timeoutMs,
    signal: how.signal,
    // A logout script may take its time; the environment is there.
    isComplete: (output) => output.split(mark).length > 2,
  })
  const [, between] = stdout.split(mark)
  const printed = between === undefined ? undefined : parse(between)
  if (printed === undefined) throw new Error('It ended without an answer.')
  return printed
}

/** A command that prints the environment between two marks, and the reader of what stands between them. */
interface EnvironmentPrinter {
  readonly print: string
  readonly parse: (text: string) => Environment | undefined
}

/** As the kernel shows it (proc(5)): a start of Node costs fifty times as much. In sh, because the login shell may be any. */
function linuxPrinter(mark: string): EnvironmentPrinter {
  const script = `printf %s ${mark}; cat /proc/self/environ; printf %s ${mark}`
  return {
    print: `/bin/sh -c ${quote(script)}`,
    parse: (text) => {
      const env = Object.fromEntries(parseEnvironment(text))
      return Object.keys(env).length === 0 ? undefined : env
    },
  }
}

/** As JSON by Node: `env -0` is not everywhere, and without it a value with a line break cannot be told from the next one. */
function nodePrinter(mark: string, { nodePath }: ShellOptions): EnvironmentPrinter {
  const marked = JSON.stringify(mark)
  const script = `process.stdout.write(${marked}+JSON.stringify(process.env)+${marked})`
  return {
    print: `${quote(nodePath)} -e ${quote(script)}`,
    parse: (text) => {
      const parsed: unknown = JSON.parse(text)
      if (!isRecord(parsed)) return undefined
      const env: Record<string, string> = {}
      for (const [name, value] of Object.entries(parsed)) {
        if (typeof value === 'string') env[name] = value
      }
      return env
    },
  }
}

/** POSIX shell quoting: everything in single quotes is literal. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
