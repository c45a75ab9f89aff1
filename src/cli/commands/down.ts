import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { findLiveHost } from '../../host/host-lock.ts'
import { AppError } from '../../shared/domain/errors.ts'
import { connectLive, createContext, type GlobalOptions } from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { runCommand } from '../run-command.ts'

/** How long all servers together may take to stop, and how often to look, in milliseconds. */
const stopMs = 30_000
const pollMs = 50

/** Adds `down`. */
export function addDownCommand(program: Command): void {
  program
    .command('down')
    .summary('stop MCP Manager and all servers')
    .description(
      'Stops all servers and then MCP Manager itself. Returns when every process is gone.',
    )
    .addHelpText('after', '\nExamples:\n  mcp-manager down')
    .action((_options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<GlobalOptions>(), stopHost),
    )
}

async function stopHost(options: GlobalOptions): Promise<ExitCode> {
  const context = await createContext(options)
  const { terminal } = context
  const live = await connectLive(context)
  if (live === null || live.host === null) {
    terminal.line('MCP Manager is not running.')
    terminal.value({ stopped: false, pid: null })
    return exitCode.done
  }
  const { pid } = live.host
  await live.client.host.shutdown()
  await live.close()
  const deadline = Date.now() + stopMs
  while (isAlive(pid) || (await findLiveHost(context.host.paths.lock))?.pid === pid) {
    if (Date.now() > deadline)
      throw new AppError('unresponsive', {
        reason: `Process ${pid} has not ended within ${stopMs / 1000} s.`,
      })
    terminal.progress('Stopping the servers')
    await delay(pollMs)
  }
  terminal.line(`Stopped MCP Manager (process ${pid}) and all servers.`)
  const next = await findLiveHost(context.host.paths.lock)
  if (next !== undefined) {
    terminal.note(
      `An open window of MCP Manager goes on (process ${next.pid}), with its servers stopped.`,
    )
  }
  terminal.value({ stopped: true, pid })
  return exitCode.done
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    // ESRCH: gone. EPERM cannot be: the lock file is readable by its owner only.
    return false
  }
  return !isZombie(pid)
}

/** In a container without an init nobody collects a background process that has ended: it stays in the table for ever. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    // proc_pid_stat(5): the state follows the name, which stands in parentheses and may hold some.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')')).startsWith(') Z')
  } catch {
    // Collected between the two looks.
    return true
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
