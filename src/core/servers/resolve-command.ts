import { posix, win32 } from 'node:path'
import escape from 'cross-spawn/lib/util/escape.js'
import { AppError } from '../../shared/domain/errors.ts'
import type { Environment } from './login-shell-env.ts'

/** What the resolver may look at. Injected, so that Windows' rules are tested on every system. */
export interface CommandFinder {
  readonly platform: NodeJS.Platform
  /** True for a regular file that can be executed (on Windows: for any regular file). */
  readonly isExecutable: (path: string) => boolean
  /** True for a regular file. */
  readonly isFile: (path: string) => boolean
  /** The text of a small file, or undefined where it cannot be read. */
  readonly readText: (path: string) => string | undefined
}

/** An executable and its arguments, ready for spawn. */
export interface ResolvedCommand {
  readonly command: string
  readonly args: readonly string[]
  /** Windows: the arguments are escaped for `cmd.exe` already. */
  readonly verbatimArguments: boolean
}

/**
 * Finds the executable that `command` names, as the system would: by PATH, or by path relative to `cwd`. On Windows it
 * also tries the endings of PATHEXT; an npm shim is resolved to the `node script.js` that it wraps, and any other batch
 * file goes through `cmd.exe`, because Node refuses to start one without a shell (CVE-2024-27980).
 * Fails with `command_not_found` (with the PATH that was searched) or `permission_denied`.
 */
export function resolveCommand(
  command: string,
  args: readonly string[],
  env: Environment,
  cwd: string,
  finder: CommandFinder,
): ResolvedCommand {
  return finder.platform === 'win32'
    ? resolveWindows(command, args, env, cwd, finder)
    : resolvePosix(command, args, env, cwd, finder)
}

function resolvePosix(
  command: string,
  args: readonly string[],
  env: Environment,
  cwd: string,
  finder: CommandFinder,
): ResolvedCommand {
  const path = env['PATH'] ?? ''
  const candidates = command.includes('/')
    ? [posix.resolve(cwd, command)]
    : path
        .split(':')
        .filter((dir) => dir !== '')
        .map((dir) => posix.resolve(cwd, dir, command))
  const found = candidates.find((candidate) => finder.isExecutable(candidate))
  if (found !== undefined) return { command: found, args, verbatimArguments: false }
  const unusable = candidates.find((candidate) => finder.isFile(candidate))
  if (unusable !== undefined) throw new AppError('permission_denied', { command: unusable, cwd })
  throw notFound(command, path, cwd)
}

function resolveWindows(
  command: string,
  args: readonly string[],
  env: Environment,
  cwd: string,
  finder: CommandFinder,
): ResolvedCommand {
  const path = variable(env, 'PATH') ?? ''
  const endings = (variable(env, 'PATHEXT') ?? '.COM;.EXE;.BAT;.CMD').split(';')
  const bases = /[\\/]/.test(command)
    ? [win32.resolve(cwd, command)]
    : path
        .split(';')
        .filter((dir) => dir !== '')
        .map((dir) => win32.resolve(cwd, dir, command))
  const candidates = bases.flatMap((base) => {
    const withEnding = endings.map((ending) => base + ending.toLowerCase())
    // A name that has an ending is tried as it is first; one without is never a program on Windows.
    return win32.extname(base) === '' ? withEnding : [base, ...withEnding]
  })
  const found = candidates.find((candidate) => finder.isFile(candidate))
  if (found === undefined) throw notFound(command, path, cwd)
  if (!/\.(?:cmd|bat)$/i.test(found)) return { command: found, args, verbatimArguments: false }

  const batch = finder.readText(found) ?? ''
  const shim = parseNpmShim(batch)
  if (shim !== undefined) {
    const dir = win32.dirname(found)
    const beside = win32.join(dir, 'node.exe')
    const node = finder.isFile(beside)
      ? beside
      : resolveWindows('node', [], env, cwd, finder).command
    return { command: node, args: [win32.join(dir, shim), ...args], verbatimArguments: false }
  }
  const shell = variable(env, 'COMSPEC') ?? 'cmd.exe'
  // A file that hands its arguments on has them read by cmd.exe a second time.
  const isReadTwice = batch.includes('%*')
  const words = args.map((arg) => escape.argument(arg, isReadTwice))
  const line = [escape.command(found), ...words].join(' ')
  return { command: shell, args: ['/d', '/s', '/c', `"${line}"`], verbatimArguments: true }
}

/**
 * The script that an npm shim (`npx.cmd` and the like, as written by npm's cmd-shim) starts with node, relative to the
 * shim's folder. Undefined where the file is another batch file.
 */
export function parseNpmShim(text: string): string | undefined {
  // Right after node: with options in between, the shim itself has to run.
  const wrapped =
    /(?:"%_prog%"|\bnode(?:\.exe)?"?)\s+"%(?:~dp0|dp0%)\\?([^"%]+\.[cm]?js)"\s+%\*/i.exec(text)
  if (wrapped?.[1] !== undefined) return wrapped[1]
  // npm's own npm.cmd and npx.cmd name the script in a variable.
  return /SET "NP[MX]_CLI_JS=%~dp0\\([^"%]+\.js)"/i.exec(text)?.[1]
}

/** Windows treats the names of variables without regard to case. */
function variable(env: Environment, name: string): string | undefined {
  const key = Object.keys(env).find((candidate) => candidate.toUpperCase() === name)
  return key === undefined ? undefined : env[key]
}

function notFound(command: string, path: string, cwd: string): AppError {
  return new AppError('command_not_found', { command, path, cwd })
}
