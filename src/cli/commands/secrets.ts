import type { Command } from 'commander'
import type { SecretsState, SecretView } from '../../shared/contract/secrets.ts'
import { AppError } from '../../shared/domain/errors.ts'
import { type SecretName, secretNameSchema } from '../../shared/domain/ids.ts'
import { askHidden, askYes, canAsk, readStdin } from '../ask.ts'
import { createContext, findServer, type GlobalOptions, withHost } from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { tableLines } from '../output/table.ts'
import { runCommand } from '../run-command.ts'
import { withVault } from '../vault-access.ts'
import { addLiteralCommands } from './secret-literals.ts'
import { addPassphraseCommand } from './vault-passphrase.ts'

interface SetOptions extends GlobalOptions {
  readonly restart?: boolean
}
interface YesOptions extends GlobalOptions {
  readonly yes?: boolean
}
interface AllowOptions extends YesOptions {
  readonly revoke?: boolean
}

/** Adds `secrets` and its verbs. */
export function addSecretsCommand(program: Command): void {
  const secrets = program
    .command('secrets')
    .summary('look after the secrets of the vault')
    .description('Shows and changes the secrets that servers refer to by secret://name.')
    .addHelpText(
      'after',
      `
Examples:
  mcp-manager secrets
  mcp-manager secrets set github.token
  pass show github | mcp-manager secrets set github.token --restart
  mcp-manager secrets rename github.token github.work
  mcp-manager secrets scan
  mcp-manager secrets move ~/.cursor/mcp.json

A value is asked for, or read from stdin; it is never an argument.`,
    )
  secrets
    .command('list', { isDefault: true })
    .summary('show all secrets, without their values')
    .action(acting<GlobalOptions>(listSecrets))
  secrets
    .command('set')
    .summary('store a secret, or give it another value')
    .argument('<name>', 'lower-case letters, digits, dots, hyphens and underscores')
    .option('--restart', 'restart the servers that use it and run')
    .action(acting<SetOptions>(setSecret))
  secrets
    .command('show')
    .summary('print the value of a secret')
    .argument('<name>')
    .action(acting<GlobalOptions>(showSecret))
  secrets
    .command('rename')
    .summary('give a secret another name, in all servers too')
    .argument('<name>')
    .argument('<to>')
    .action(acting<GlobalOptions>(renameSecret))
  secrets
    .command('delete')
    .summary('delete a secret')
    .argument('<name>')
    .option('-y, --yes', 'do not ask; a script is never asked')
    .action(acting<YesOptions>(deleteSecret))
  secrets
    .command('allow')
    .summary('allow the commands that give secrets to a server (exec:)')
    .argument('<server>', 'name, name@project, or id')
    .option('-y, --yes', 'do not ask; a script has to say this')
    .option('--revoke', 'take it back')
    .action(acting<AllowOptions>(allowCommands))
  // Without a verb they are listed; Commander would hand every other word to that.
  secrets.hook('preSubcommand', (_secrets, verb) => {
    const [word] = secrets.args
    if (verb.name() !== 'list' || word === undefined || word === 'list') return
    if (!word.startsWith('-')) {
      secrets.error(`error: unknown command '${word}'`, { code: 'commander.unknownCommand' })
    }
  })
  addPassphraseCommand(secrets)
  addLiteralCommands(secrets)
  for (const command of secrets.commands) {
    command.option('--json', 'answer with one JSON value on stdout')
  }
}

/** The action of a verb with up to two words. */
function acting<T extends GlobalOptions>(
  action: (options: T, first: string, second: string) => Promise<ExitCode>,
) {
  return async (...given: unknown[]): Promise<void> => {
    // Commander hands over the words, then the options, then the command itself (its documentation, "Action handler").
    const command = given.at(-1) as Command
    const [first = '', second = ''] = command.processedArgs.map(String)
    await runCommand(command.optsWithGlobals<T>(), (options) => action(options, first, second))
  }
}

async function listSecrets(options: GlobalOptions): Promise<ExitCode> {
  const context = await createContext(options)
  const { terminal } = context
  return await withHost(context, async ({ client }) => {
    const { secrets, commands } = await client.secrets.list()
    const rows = secrets.map((secret) => [
      secret.name,
      secret.status,
      dateText(secret.changedAt),
      dateText(secret.lastUsedAt),
      userNames(secret) || '-',
    ])
    for (const line of tableLines(['NAME', 'STATE', 'CHANGED', 'LAST USED', 'USED BY'], rows)) {
      terminal.line(line)
    }
    if (secrets.length === 0) terminal.line('There are no secrets yet.')
    for (const { serverName, command, isAllowed } of commands) {
      const word = isAllowed ? 'Allowed' : 'Waits for your consent'
      terminal.line(`${word}, for ${serverName}: ${command}`)
    }
    terminal.value({ secrets, commands })
    return exitCode.done
  })
}

async function setSecret(options: SetOptions, given: string): Promise<ExitCode> {
  const name = secretName(given)
  const value = canAsk() ? await askHidden(`Value of ${name}: `) : await readStdin()
  if (value === '') throw new AppError('invalid_input', { reason: 'The value is empty.' })
  const context = await createContext(options)
  return await withHost(context, async ({ client }) => {
    const restart = options.restart === true
    const outcome = await withVault(context, client, async () => {
      if (findSecret(await client.secrets.list(), name) !== undefined) {
        return await client.secrets.replace({ name, value, restart })
      }
      await client.secrets.add({ name, value })
      return { restarted: [] }
    })
    context.terminal.line(`Stored ${name}. Servers refer to it by secret://${name}`)
    if (outcome.restarted.length > 0) {
      context.terminal.line(`Restarted ${outcome.restarted.length} of them.`)
    }
    context.terminal.value({ name, ...outcome })
    return exitCode.done
  })
}

async function showSecret(options: GlobalOptions, given: string): Promise<ExitCode> {
  const name = secretName(given)
  const context = await createContext(options)
  return await withHost(context, async ({ client }) => {
    const { value } = await withVault(context, client, () => client.secrets.reveal({ name }))
    context.terminal.raw(value)
    context.terminal.value({ name, value })
    return exitCode.done
  })
}

async function renameSecret(
  options: GlobalOptions,
  given: string,
  toGiven: string,
): Promise<ExitCode> {
  const [name, to] = [secretName(given), secretName(toGiven)]
  const context = await createContext(options)
  return await withHost(context, async ({ client }) => {
    await withVault(context, client, () => client.secrets.rename({ name, to }))
    context.terminal.line(`${name} is ${to} now, in all servers too.`)
    context.terminal.value({ name: to })
    return exitCode.done
  })
}

async function deleteSecret(options: YesOptions, given: string): Promise<ExitCode> {
  const name = secretName(given)
  const context = await createContext(options)
  const { terminal } = context
  return await withHost(context, async ({ client }) => {
    const secret = findSecret(await client.secrets.list(), name)
    if (secret !== undefined && userNames(secret) !== '') {
      terminal.note(`These use it and will miss it: ${userNames(secret)}.`)
    }
    if (options.yes !== true && canAsk() && !(await askYes(`Delete ${name}?`))) {
      terminal.note('Nothing was deleted.')
      return exitCode.failed
    }
    await withVault(context, client, () => client.secrets.delete({ name }))
    terminal.line(`Deleted ${name}`)
    terminal.value({ name })
    return exitCode.done
  })
}

async function allowCommands(options: AllowOptions, given: string): Promise<ExitCode> {
  const context = await createContext(options)
  const { terminal } = context
  const isAllowed = options.revoke !== true
  return await withHost(context, async ({ client }) => {
    const { definition } = findServer(await client.servers.list(), given)
    const { commands } = await client.secrets.list()
    const own = commands.filter((one) => one.serverId === definition.id)
    const open = own.filter((one) => one.isAllowed !== isAllowed)
    const changed: string[] = []
    for (const { serverId, command } of open) {
      terminal.note(command)
      if (isAllowed && options.yes !== true) {
        if (!canAsk()) terminal.note('It was not allowed: a script has to say --yes.')
        if (!canAsk() || !(await askYes('Allow it?'))) continue
      }
      await client.secrets.allowCommand({ serverId, command, isAllowed })
      changed.push(command)
    }
    terminal.line(
      allowedText(definition.name, {
        own: own.length,
        open: open.length,
        changed: changed.length,
        isAllowed,
      }),
    )
    terminal.value({ changed })
    return changed.length === open.length ? exitCode.done : exitCode.failed
  })
}

/** What `allow` did, in a sentence. */
function allowedText(
  server: string,
  {
    own,
    open,
    changed,
    isAllowed,
  }: Record<'own' | 'open' | 'changed', number> & {
    readonly isAllowed: boolean
  },
): string {
  if (own === 0) return `${server} takes no secret from a command.`
  if (open === 0) return `${server} has no command ${isAllowed ? 'that waits' : 'that is allowed'}.`
  return `${isAllowed ? 'Allowed' : 'Took back'} ${changed} of ${open} ${open === 1 ? 'command' : 'commands'} of ${server}.`
}

/** Throws `invalid_input` for a text that can be no secret's name. */
function secretName(text: string): SecretName {
  const name = secretNameSchema.safeParse(text.replace(/^secret:\/\//, ''))
  if (name.success) return name.data
  throw new AppError('invalid_input', {
    reason: `${text} cannot be a name: it has lower-case letters, digits, dots, hyphens and underscores, 128 at most.`,
  })
}

function findSecret({ secrets }: SecretsState, name: SecretName): SecretView | undefined {
  return secrets.find((secret) => secret.name === name)
}

function userNames({ users, files, inputId }: SecretView): string {
  const asked = inputId === null ? '' : `, as \${input:${inputId}}`
  const names = users.map(
    ({ name, isRemoved }) => `${name}${asked}${isRemoved ? ' (removed)' : ''}`,
  )
  return [...names, ...files].join(', ')
}

function dateText(at: number | null): string {
  return at === null ? '-' : new Date(at).toISOString().slice(0, 16).replace('T', ' ')
}
