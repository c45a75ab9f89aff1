import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ClientFile, FoundServer, ImportProblem } from '../../shared/domain/import.ts'
import type { ClientFormat } from '../../shared/domain/server-definition.ts'
import { detectFormat } from './detect-format.ts'
import { discoverClientFiles } from './discover-client-files.ts'
import { type McpJsonChoice, readMcpJsonChoices } from './formats/claude-json.ts'
import { parseClientFile } from './parse-client-file.ts'

/** What was read of one file. */
export interface Reading {
  readonly client: ClientFormat
  readonly file: string
  readonly servers: readonly FoundServer[]
  /** Answers about `.mcp.json` servers that Claude Code keeps in its own file. */
  readonly choices: readonly McpJsonChoice[]
  /** Nothing in it was lost to a fault, so a server that it lacks is gone. */
  readonly isWhole: boolean
}

/** Reads files that a person named. What cannot be read or told is a problem; the rest goes on. */
export async function readGivenFiles(
  files: readonly { readonly file: string; readonly format: ClientFormat | null }[],
  homeDir: string,
  problems: ImportProblem[],
): Promise<Reading[]> {
  const readings: Reading[] = []
  // One after the other, so that the problems stand in the order of the files.
  for (const { file, format } of files) {
    const path = resolve(file)
    const text = await readText(path, problems)
    if (text === undefined) continue
    const client = format ?? detectFormat(path, text)
    if (client === null) {
      problems.push({
        file: path,
        line: null,
        column: null,
        message:
          'It is not a file of a known client, or it is too damaged to tell. Nothing was imported from it; name the client with --as.',
      })
      continue
    }
    readings.push(parse({ client, file: path, text }, homeDir, problems))
  }
  return readings
}

/** Reads all files of known clients on this machine. */
export async function readFoundFiles(
  where: {
    readonly homeDir: string
    readonly env: NodeJS.ProcessEnv
    /** Folders to look into beside those that Claude Code knows. */
    readonly projects: readonly string[]
  },
  problems: ImportProblem[],
): Promise<Reading[]> {
  const files = await discoverClientFiles({ ...where, platform: process.platform })
  if (files.length === 0) {
    problems.push({
      file: null,
      line: null,
      column: null,
      message:
        'No file of a known client was found on this machine. Give the path of one to import it.',
    })
  }
  const readings: Reading[] = []
  for (const { client, file, scope, project } of files) {
    const text = await readText(file, problems)
    if (text === undefined) continue
    const placement = { scope, project }
    readings.push(parse({ client, file, text, placement }, where.homeDir, problems))
  }
  return readings
}

function parse(
  input: {
    readonly client: ClientFormat
    readonly file: string
    readonly text: string
    readonly placement?: Pick<ClientFile, 'scope' | 'project'>
  },
  homeDir: string,
  problems: ImportProblem[],
): Reading {
  const { client, file, text, placement } = input
  const parsed = parseClientFile({
    format: client,
    file,
    text,
    homeDir,
    platform: process.platform,
    ...(placement !== undefined && { placement }),
  })
  problems.push(...parsed.problems)
  return {
    client,
    file,
    servers: parsed.servers,
    choices: client === 'claude-json' ? readMcpJsonChoices(text) : [],
    isWhole: parsed.isWhole,
  }
}

async function readText(file: string, problems: ImportProblem[]): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    const why =
      code === 'ENOENT'
        ? 'It does not exist.'
        : code === 'EISDIR'
          ? 'It is a folder.'
          : `It cannot be read (${code}).`
    problems.push({
      file,
      line: null,
      column: null,
      message: `${why} Nothing was imported from it; check the path and its permissions.`,
    })
    return undefined
  }
}
