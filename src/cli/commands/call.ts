import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { readStream } from '../../shared/contract/read-stream.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { ContentBlock, ToolResult } from '../../shared/domain/inventory.ts'
import { isRecord, type JsonObject, jsonObjectSchema } from '../../shared/lib/json.ts'
import { createContext, type GlobalOptions } from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { printable, type Terminal } from '../output/terminal.ts'
import { readStdin } from '../passphrase.ts'
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
      runCommand(command, (options: Options) => callTool(server, tool, json, options)),
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
    const result = await withRunningServers(context, [name], async ({ client }, [server]) => {
      if (server === undefined) throw new AppError('not_found', { name, known: [] })
      const request = { serverId: server.definition.id, tool, args }
      const stream = client.tools.call(request, { signal: cancel.signal })
      for await (const { items } of readStream(stream, client.streams.ack)) {
        for (const event of items) {
          if (event.type === 'result') return event.result
          if (event.type === 'progress') {
            const of = event.total === null ? '' : ` of ${event.total}`
            terminal.progress(`${event.progress}${of} ${printable(event.message ?? '')}`)
          }
        }
      }
      throw new AppError('call_cancelled', { server: name, tool })
    })
    terminal.value(result)
    await printResult(result, options, terminal)
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
  options: Options,
  terminal: Terminal,
): Promise<void> {
  if (result.isError === true) terminal.note('The tool reports an error:')
  for (const [index, block] of result.content.entries()) {
    terminal.line(printable(blockText(block)))
    const bytes = binaryOf(block)
    if (bytes === undefined || options.output === undefined) continue
    await mkdir(options.output, { recursive: true })
    const file = join(options.output, `part-${index + 1}.${endingOf(block)}`)
    await writeFile(file, bytes)
    terminal.note(`Saved ${file}`)
  }
  const { structuredContent } = result
  if (structuredContent !== undefined) {
    terminal.line(printable(JSON.stringify(structuredContent, null, 2)))
  }
}

/** A part of a result as text: itself, or what it is and how large (MCP specification, "Tool Result"). */
export function blockText(block: ContentBlock): string {
  switch (block.type) {
    case 'text':
      return String(block['text'])
    case 'image':
    case 'audio':
      return `[${block.type} ${String(block['mimeType'])}, ${binaryOf(block)?.length ?? 0} bytes]`
    case 'resource_link':
      return `[resource ${String(block['name'])} ${String(block['uri'])}]`
    case 'resource': {
      const resource = isRecord(block['resource']) ? block['resource'] : {}
      return typeof resource['text'] === 'string'
        ? `[resource ${String(resource['uri'])}]\n${resource['text']}`
        : `[resource ${String(resource['uri'])} ${mimeTypeOf(block)}, ${binaryOf(block)?.length ?? 0} bytes]`
    }
    default:
      return JSON.stringify(block)
  }
}

function binaryOf(block: ContentBlock): Buffer | undefined {
  const resource = isRecord(block['resource']) ? block['resource'] : {}
  const data = block['data'] ?? resource['blob']
  return typeof data === 'string' ? Buffer.from(data, 'base64') : undefined
}

/** The ending that a part's file gets: the plain letters of its subtype, so that no name of a server's choice reaches the disk. */
function endingOf(block: ContentBlock): string {
  return /^[a-z]+\/([a-z0-9]{1,8})/i.exec(mimeTypeOf(block))?.[1]?.toLowerCase() ?? 'bin'
}

function mimeTypeOf(block: ContentBlock): string {
  const resource = isRecord(block['resource']) ? block['resource'] : {}
  const type = block['mimeType'] ?? resource['mimeType']
  return typeof type === 'string' ? type : ''
}
