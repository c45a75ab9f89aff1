import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { readStream } from '../../shared/contract/read-stream.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { ToolResult } from '../../shared/domain/inventory.ts'
import { type JsonObject, jsonObjectSchema } from '../../shared/lib/json.ts'
import { readStdin } from '../ask.ts'
import { createContext, type GlobalOptions } from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { printable, type Terminal } from '../output/terminal.ts'
import { type BinaryPart, binaryParts, toolResultText } from '../output/tool-result-text.ts'
import { runCommand } from '../run-command.ts'
import { withRunningServers } from '../run-server.ts'

interface Options extends GlobalOptions {
  readonly output?: string
}

/** Adds `call`. */
export function addCallCommand(program: Command): void {
  program
    .command('call')
    .summary('call a tool')
    .description(
      'Calls a tool and prints its result. Where MCP Manager does not run, the server runs for this one command. Ctrl-C cancels the call.',
    )
    .argument('<server>', 'name, name@project, or id')
    .argument('<tool>', 'name of the tool')
    .argument('[arguments]', 'a JSON object; - reads it from stdin', '{}')
    .option('--output <dir>', 'save images, audio and other binary parts in this folder')
    .addHelpText(
      'after',
      `\nExamples:\n  mcp-manager call everything echo '{"message":"hello"}'\n  echo '{"path":"/tmp"}' | mcp-manager call filesystem list_directory -`,
    )
    .action((server: string, tool: string, json: string, _options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<Options>(), (options) =>
        callTool(server, tool, json, options),
      ),
    )
}

async function callTool(
  name: string,
  tool: string,
  json: string,
  options: Options,
): Promise<ExitCode> {
  const args = parseArguments(json === '-' ? await readStdin() : json)
  const context = await createContext(options)
  const { terminal } = context
  const cancel = new AbortController()
  const onInterrupt = () => cancel.abort()
  process.once('SIGINT', onInterrupt)
  try {
    const outcome = await withRunningServers(context, [name], async ({ client }, [server]) => {
      if (server === undefined) throw new AppError('not_found', { name, known: [] })
      const request = { serverId: server.definition.id, tool, args }
      const stream = client.tools.call(request, { signal: cancel.signal })
      for await (const { items } of readStream(stream, client.streams.ack)) {
        for (const event of items) {
          if (event.type === 'result') return event
          if (event.type === 'progress') {
            const of = event.total === null ? '' : ` of ${event.total}`
            const message = event.message ?? ''
            terminal.note(`Progress: ${event.progress}${of} ${message}`.trimEnd())
          }
        }
      }
      throw new AppError('call_cancelled', { server: name, tool })
    })
    const { result, outputProblems } = outcome
    terminal.value(result)
    await printResult(result, tool, options, terminal)
    for (const { path, message } of outputProblems ?? []) {
      terminal.note(printable(`Not as the tool's output schema says: ${path} ${message}`))
    }
    return result.isError === true ? exitCode.failed : exitCode.done
  } catch (error) {
    if (cancel.signal.aborted) throw new AppError('call_cancelled', {}, { cause: error })
    throw error
  } finally {
    process.off('SIGINT', onInterrupt)
  }
}

function parseArguments(text: string): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(text === '' ? '{}' : text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('invalid_input', { reason: `The arguments are not JSON: ${reason}.` })
  }
  const parsed = jsonObjectSchema.safeParse(value)
  if (!parsed.success) {
    throw new AppError('invalid_input', {
      reason: 'The arguments have to be a JSON object, such as {"message":"hello"}.',
    })
  }
  return parsed.data
}

async function printResult(
  result: ToolResult,
  tool: string,
  options: Options,
  terminal: Terminal,
): Promise<void> {
  if (result.isError === true) terminal.note('The tool reports an error:')
  const text = toolResultText(result)
  // Programs get the text as it is; a terminal must not be steered by it.
  terminal.raw(text)
  if (options.output === undefined) return
  for (const part of binaryParts(result)) {
    terminal.note(`Saved ${await save(options.output, tool, part)}`)
  }
}

/** Writes a part to a new file of the folder, never over an old one. Answers with its path. */
async function save(folder: string, tool: string, part: BinaryPart): Promise<string> {
  await mkdir(folder, { recursive: true })
  // Only plain letters of what the server says reach the disk.
  const stem = `${tool.replace(/[^\w-]+/g, '_')}-${part.position}`
  const ending = /^[a-z]+\/([a-z0-9]{1,8})/i.exec(part.mimeType)?.[1]?.toLowerCase() ?? 'bin'
  for (let attempt = 1; ; attempt += 1) {
    const file = join(folder, `${stem}${attempt === 1 ? '' : `-${attempt}`}.${ending}`)
    try {
      await writeFile(file, part.bytes, { flag: 'wx' })
      return file
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code !== 'EEXIST') throw error
    }
  }
}
