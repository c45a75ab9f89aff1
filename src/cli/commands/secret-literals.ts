import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { LiteralScan } from '../../shared/contract/literals.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { LiteralFile } from '../../shared/domain/literals.ts'
import { askYes, canAsk } from '../ask.ts'
import { createContext, type GlobalOptions, withHost } from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { diffText, needLines, scanLines } from '../output/literal-text.ts'
import { counted } from '../output/server-text.ts'
import { runCommand } from '../run-command.ts'
import { openVaultByPassphrase, withVault } from '../vault-access.ts'

interface ScanOptions extends GlobalOptions {
  readonly file?: readonly string[]
}
interface MoveOptions extends GlobalOptions {
  readonly only?: readonly string[]
  readonly yes?: boolean
}

/** Adds the verbs of `secrets` that look into files. */
export function addLiteralCommands(secrets: Command): void {
  secrets
    .command('scan')
    .summary("look for credentials in clients' files")
    .description(
      "Looks for values that look like credentials in the files of clients and in MCP Manager's own definitions. Writes nothing and shows no value.",
    )
    .option('--file <files...>', 'look into these files only')
    .action((_options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<ScanOptions>(), scan),
    )
  secrets
    .command('move')
    .summary('move the credentials of a file to the vault')
    .description(
      'Puts the credentials of a file into the vault, and in their place the references that its client fills in. Shows the change and asks first. The file is backed up, sealed by the vault.',
    )
    .argument('<file>', 'a file as "secrets scan" shows it')
    .option('--only <names...>', 'move only these, by the names that "secrets scan" shows')
    .option('-y, --yes', 'do not ask; a script has to say this')
    .action((file: string, _options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<MoveOptions>(), (options) => move(file, options)),
    )
  secrets
    .command('undo')
    .summary('put credentials back into their file')
    .argument('[move]', 'as "secrets move" and "secrets scan" name it; none: the newest')
    .action((id: string | undefined, _options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<GlobalOptions>(), (options) => undo(id, options)),
    )
}

async function scan(options: ScanOptions): Promise<ExitCode> {
  const context = await createContext(options)
  return await withHost(context, async ({ client }) => {
    const files = (options.file ?? []).map((file) => resolve(file))
    const found = await client.literals.scan({ files })
    const moves = (await client.literals.moves()).filter(({ canUndo }) => canUndo)
    for (const line of scanLines(found, moves)) context.terminal.line(line)
    context.terminal.value({ ...found, moves })
    return found.problems.length > 0 ? exitCode.failed : exitCode.done
  })
}

async function move(given: string, options: MoveOptions): Promise<ExitCode> {
  const context = await createContext(options)
  const { terminal } = context
  const file = resolve(given)
  return await withHost(context, async ({ client }) => {
    // The vault knows which names are free.
    await openVaultByPassphrase(context, client)
    const found = await client.literals.scan({ files: [file] })
    const choice = choiceIn(found, file, options.only ?? null)
    const { lines, needs, digest } = await client.literals.preview(choice)
    terminal.note(diffText(lines))
    for (const line of needLines(needs)) terminal.note(line)
    if (options.yes !== true && !(canAsk() && (await askYes(`Change ${file}?`)))) {
      terminal.note('Nothing was changed. A script has to say --yes.')
      return exitCode.failed
    }
    const done = await client.literals.move({ ...choice, digest })
    terminal.line(`Moved ${counted(needs.length, 'credential')} out of ${file}`)
    terminal.line(`To put back: mcp-manager secrets undo ${done.id}`)
    terminal.value(done)
    return exitCode.done
  })
}

async function undo(given: string | undefined, options: GlobalOptions): Promise<ExitCode> {
  const context = await createContext(options)
  return await withHost(context, async ({ client }) => {
    const undoable = (await client.literals.moves()).filter(({ canUndo }) => canUndo)
    const found = given === undefined ? undoable[0] : undoable.find(({ id }) => id === given)
    if (found === undefined) {
      const reason = given === undefined ? 'Nothing was moved.' : `There is no move ${given}.`
      throw new AppError('invalid_input', { reason })
    }
    await withVault(context, client, () => client.literals.undo({ id: found.id }))
    context.terminal.line(
      `Put back ${counted(found.needs.length, 'credential')} into ${found.file}`,
    )
    context.terminal.value(found)
    return exitCode.done
  })
}

/** What can be moved out of a file. Throws `invalid_input` where that is nothing, or not all that was asked for. */
function choiceIn({ files, problems }: LiteralScan, file: string, only: readonly string[] | null) {
  const literals = movable(files.find((one) => one.file === file))
  const [problem] = problems
  if (problem !== undefined && literals.length === 0) throw new AppError(problem.code, problem.data)
  const missing = only?.find((name) => !literals.some((one) => one.name === name))
  if (literals.length === 0 || missing !== undefined) {
    const what = missing === undefined ? 'no credential' : `no credential ${missing}`
    throw new AppError('invalid_input', { reason: `${file} has ${what} that can be moved.` })
  }
  const picks = literals
    .filter(({ name }) => only === null || only.includes(name))
    .map(({ id, name }) => ({ id, name }))
  return { file, picks }
}

function movable(file: LiteralFile | undefined): LiteralFile['literals'] {
  return file?.literals.filter(({ resolver }) => resolver !== null) ?? []
}
