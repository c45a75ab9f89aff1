import { join } from 'node:path'
import type { Command } from 'commander'
import * as z from 'zod'
import { errorSentence } from '../../shared/domain/describe-error.ts'
import { AppError } from '../../shared/domain/errors.ts'
import { canAsk, readStdin } from '../ask.ts'
import { keyFromStdinOption, startBackgroundHost } from '../background-host.ts'
import {
  type CommandContext,
  connectLive,
  createContext,
  type GlobalOptions,
} from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { portNumber } from '../parse-option.ts'
import { runCommand } from '../run-command.ts'
import { openVaultOfNewHost } from '../vault-access.ts'

interface Options extends GlobalOptions {
  readonly port?: number
  readonly open?: boolean
  readonly appWindow?: boolean
  readonly detach?: boolean
  readonly vaultKeyFromStdin?: boolean
}

/** Adds `serve`. */
export function addServeCommand(program: Command): void {
  const serveCommand = program
    .command('serve')
    .summary('run MCP Manager, for browsers and the command line')
    .description(
      'Runs MCP Manager until it is told to stop (Ctrl-C, SIGTERM, or mcp-manager down), and starts the servers that are switched on. It listens on this machine only. The address that it prints works once. Under --json: one line with url, token and pid.',
    )
    .option(
      '--port <number>',
      'listen on this port, now and from now on where the settings name none',
      portNumber,
    )
    .option('--open', 'open the page in the browser; also of one that runs already')
    .option(
      '--app-window',
      'with --open: in a window of its own, where a Chrome, Chromium or Edge is installed',
    )
    .option('--detach', 'go on in the background')
    .addHelpText(
      'after',
      '\nExamples:\n  mcp-manager serve --open\n  mcp-manager serve --detach --port 43110\n  mcp-manager serve --json',
    )
    .action((_options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<Options>(), (options) => runServe(options)),
    )
  serveCommand.addOption(serveCommand.createOption(keyFromStdinOption, '').hideHelp())
}

async function runServe(options: Options): Promise<ExitCode> {
  const context = await serveContext(options)
  const running = await connectLive(context)
  if (running !== null && running.host !== null) {
    const { pid, endpoint } = running.host
    await running.close()
    if (options.open !== true && options.detach !== true)
      throw new AppError('host_running', { pid, endpoint })
    context.terminal.note(`MCP Manager runs already (process ${pid}).`)
    return await showAddress(context, options)
  }
  if (options.detach === true) {
    const record = await startBackgroundHost(context, options.port ?? null)
    context.terminal.note(`MCP Manager runs in the background (process ${record.pid}).`)
    await askForVault(context)
    return await showAddress(context, options)
  }
  const { serve } = await import('../../headless/serve.ts')
  await serve({
    ...context.host,
    port: options.port ?? null,
    // The renderer is built beside the programs: out/renderer and out/node.
    rendererDir: join(import.meta.dirname, '..', 'renderer'),
    onReady: (host) => {
      const url = host.issueUrl()
      for (const notice of host.notices) {
        context.terminal.note(errorSentence(notice.code, notice.data))
      }
      context.terminal.value({ url, token: host.token, pid: process.pid, endpoint: host.endpoint })
      context.terminal.line(`MCP Manager runs at ${url}`)
      context.terminal.line(
        'The link works once. Stop with Ctrl-C; another link: mcp-manager serve --open',
      )
      if (options.open === true) void showPage(url, options, context)
      void askForVault(context).catch((error: unknown) => {
        context.host.logger.error({ err: error }, 'the vault was not opened')
      })
    },
  })
  return exitCode.done
}

/** A host in the background writes its words to a file and gets the vault's key by its stdin. */
async function serveContext(options: Options): Promise<CommandContext> {
  const context = await createContext(options)
  if (options.vaultKeyFromStdin !== true) return context
  const { createHostOptions } = await import('../../host/host-environment.ts')
  const key = await readStdin()
  const host = createHostOptions(process.env, true)
  return { ...context, host: { ...host, vaultKey: key === '' ? undefined : key } }
}

/** Asks the live host for a new link, shows it, and opens it if that was asked for. */
async function showAddress(context: CommandContext, options: Options): Promise<ExitCode> {
  const { findLiveHost } = await import('../../host/host-lock.ts')
  const record = await findLiveHost(context.host.paths.lock)
  if (record === undefined) throw new AppError('host_not_running')
  const response = await fetch(new URL('/tickets', record.endpoint), {
    method: 'POST',
    headers: { authorization: `Bearer ${record.token}` },
  })
  const { url } = z.object({ url: z.url() }).parse(await response.json())
  context.terminal.value({ url, token: record.token, pid: record.pid, endpoint: record.endpoint })
  context.terminal.line(`MCP Manager runs at ${url}`)
  if (options.open === true) {
    await showPage(url, options, context)
  }
  return exitCode.done
}

async function showPage(url: string, options: Options, context: CommandContext): Promise<void> {
  const { openPage } = await import('../../headless/open-page.ts')
  if (!(await openPage(url, options.appWindow === true ? 'app' : 'tab'))) {
    context.terminal.note('No browser was found on this machine. Open the link above in one.')
  }
}

async function askForVault(context: CommandContext): Promise<void> {
  if (!canAsk()) return
  const live = await connectLive(context)
  if (live === null) return
  try {
    await openVaultOfNewHost(context, live.client)
  } finally {
    await live.close()
  }
}
