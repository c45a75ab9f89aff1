import type { Command } from 'commander'
import { AppError } from '../../shared/domain/errors.ts'
import { askHidden, askPassphrase, canAsk, readStdin } from '../ask.ts'
import { createContext, type GlobalOptions, withHost } from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { runCommand } from '../run-command.ts'

/** Adds `passphrase` to `secrets`. */
export function addPassphraseCommand(secrets: Command): void {
  secrets
    .command('passphrase')
    .summary('change the passphrase of the vault file')
    .description(
      'Seals the vault file with another passphrase. At a terminal both are asked for; a script gives them by stdin, one line each. A key in MCP_MANAGER_VAULT_KEY is such a passphrase, and has to be changed there too.',
    )
    .action((_options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<GlobalOptions>(), changePassphrase),
    )
}

async function changePassphrase(options: GlobalOptions): Promise<ExitCode> {
  const { current, next } = await readPassphrases()
  const context = await createContext(options)
  return await withHost(context, async ({ client }) => {
    const vault = await client.secrets.changePassphrase({ current, next })
    context.terminal.line('The vault file has the new passphrase.')
    context.terminal.value({ vault })
    return exitCode.done
  })
}

async function readPassphrases(): Promise<{ readonly current: string; readonly next: string }> {
  if (canAsk()) {
    const current = await askHidden('Current passphrase: ')
    return { current, next: await askPassphrase(true, 'New passphrase: ') }
  }
  const [current = '', next = ''] = (await readStdin()).split(/\r?\n/)
  if (current === '' || next === '') {
    throw new AppError('invalid_input', {
      reason: 'stdin needs two lines: the current passphrase and the new one.',
    })
  }
  return { current, next }
}
