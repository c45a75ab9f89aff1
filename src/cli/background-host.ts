import { spawn } from 'node:child_process'
import { openSync, readFileSync } from 'node:fs'
import { findLiveHost, type LiveHostRecord } from '../host/host-lock.ts'
import { prepareHostLog } from '../host/prepare-host-log.ts'
import { AppError } from '../shared/domain/errors.ts'
import { type CommandContext, connectLive } from './command-context.ts'
import { openVaultOfNewHost } from './vault-access.ts'

/** How long a host may take to serve, in milliseconds. */
const startMs = 20_000
const pollMs = 50

/** The hidden option by which a host in the background is told to read the vault's key from its stdin. */
export const keyFromStdinOption = '--vault-key-from-stdin'

/**
 * Starts a host that goes on after this command, with its words in a file of the data directory. The vault's key goes
 * through a pipe: an environment or an argument of the new process could be read for as long as it runs.
 * Throws `spawn_failed` with the last words of the host where it does not come up.
 */
export async function startBackgroundHost(
  { host }: CommandContext,
  port: number | null,
): Promise<LiveHostRecord> {
  prepareHostLog(host.paths.hostLog)
  const log = openSync(host.paths.hostLog, 'a', 0o600)
  const [, script = ''] = process.argv
  const isMoved = (host.env['MCP_MANAGER_HOME'] ?? '') !== ''
  const child = spawn(
    process.execPath,
    [
      // The bound of its memory among them (assets/bin/mcp-manager).
      ...process.execArgv,
      script,
      'serve',
      '--json',
      keyFromStdinOption,
      ...(port === null ? [] : ['--port', String(port)]),
    ],
    // Not the folder of this command: a host that lives for weeks would keep it from being removed.
    {
      cwd: host.homeDir,
      detached: true,
      // The folder may have been named relative to the one that is left.
      env: { ...host.env, ...(isMoved && { MCP_MANAGER_HOME: host.paths.root }) },
      stdio: ['pipe', 'ignore', log],
      windowsHide: true,
    },
  )
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code) => resolve(`it ended with code ${code}`))
  })
  // A host that ends at once closes the pipe; its exit tells that.
  child.stdin?.on('error', () => child.stdin?.destroy())
  child.stdin?.end(host.vaultKey ?? '')
  const deadline = Date.now() + startMs
  for (;;) {
    const record = await findLiveHost(host.paths.lock)
    if (record !== undefined) {
      child.unref()
      return record
    }
    const outcome = await Promise.race([ended, delay(pollMs)])
    if (outcome !== undefined || Date.now() > deadline) {
      // One that another command started in this moment is as good, and the reason why ours ended.
      const other = await findLiveHost(host.paths.lock)
      if (other !== undefined) return other
      child.kill()
      throw new AppError('spawn_failed', {
        command: 'The background host',
        reason: `${outcome ?? 'It does not answer.'} ${lastWords(host.paths.hostLog)}`.trim(),
      })
    }
  }
}

/** The same where the person did not ask for a host: tells what was done, and opens its vault if it needs that. */
export async function startBackgroundHostAndSay(context: CommandContext): Promise<void> {
  const record = await startBackgroundHost(context, null)
  context.terminal.note(
    `MCP Manager was not running. Started it in the background (process ${record.pid}); stop it with: mcp-manager down`,
  )
  const live = await connectLive(context)
  if (live === null) return
  try {
    await openVaultOfNewHost(context, live.client)
  } finally {
    await live.close()
  }
}

function lastWords(file: string): string {
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(-3)
  return `Its log (${file}) ends with: ${lines.join(' ')}`
}

function delay(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms)
  })
}
