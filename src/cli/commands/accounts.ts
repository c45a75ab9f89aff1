import type { Command } from 'commander'
import type { Account } from '../../shared/domain/account.ts'
import { errorSentence } from '../../shared/domain/describe-error.ts'
import { AppError } from '../../shared/domain/errors.ts'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import { createContext, findServer, type GlobalOptions, withHost } from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { tableLines } from '../output/table.ts'
import { runCommand } from '../run-command.ts'
import { withVault } from '../vault-access.ts'

/** Adds `accounts` and `logout`. */
export function addAccountCommands(program: Command): void {
  program
    .command('accounts')
    .summary('show who is signed in where')
    .description('Shows at which remote servers somebody is signed in. Shows no token.')
    .action((_options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<GlobalOptions>(), showAccounts),
    )
  program
    .command('logout')
    .summary('sign out of a remote server')
    .description('Has the tokens of a remote server revoked where it can, and forgets them.')
    .argument('<server>', 'name, name@project, or id')
    .addHelpText('after', '\nExamples:\n  mcp-manager logout github')
    .action((server: string, _options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<GlobalOptions>(), (options) => logout(server, options)),
    )
}

async function showAccounts(options: GlobalOptions): Promise<ExitCode> {
  const context = await createContext(options)
  const { terminal } = context
  return await withHost(context, async ({ client }) => {
    const accounts = await client.accounts.list()
    const rows = accounts.map((account) => [
      account.usedBy.map(({ name }) => name).join(', ') || '-',
      account.label,
      account.serverUrl,
      account.issuer,
      account.scope ?? '',
      stateOf(account),
    ])
    for (const line of tableLines(
      ['SERVER', 'ACCOUNT', 'ADDRESS', 'SIGNED IN AT', 'SCOPES', 'STATE'],
      rows,
    )) {
      terminal.line(line)
    }
    if (accounts.length === 0) {
      terminal.line('Nobody is signed in. Sign in to a remote server with: mcp-manager login NAME')
    }
    for (const { problem } of accounts) {
      if (problem !== null) terminal.note(errorSentence(problem.code, problem.data))
    }
    terminal.value({ accounts })
    return exitCode.done
  })
}

async function logout(name: string, options: GlobalOptions): Promise<ExitCode> {
  const context = await createContext(options)
  const { terminal } = context
  return await withHost(context, async ({ client }) => {
    const { definition } = findServer(await client.servers.list(), name)
    const account = await client.accounts.get({ serverId: definition.id })
    if (account === null) {
      throw new AppError('invalid_input', {
        reason: `Nobody is signed in to ${qualifiedName(definition)}.`,
      })
    }
    const { revoked } = await withVault(context, client, () =>
      client.accounts.signOut({ id: account.id }),
    )
    terminal.line(`Signed out of ${qualifiedName(definition)}`)
    if (!revoked) {
      terminal.note(
        `${account.issuer} did not revoke the tokens; they are forgotten here, and end by themselves.`,
      )
    }
    terminal.value({ signedOut: account, revoked })
    return exitCode.done
  })
}

function stateOf({ problem, expiresAt, isRenewable }: Account): string {
  if (problem !== null) return 'Sign-in needed'
  if (isRenewable || expiresAt === null) return 'Signed in'
  return expiresAt > Date.now() ? `Until ${new Date(expiresAt).toISOString()}` : 'Expired'
}
