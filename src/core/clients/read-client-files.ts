import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { ClientFile, FoundServer, ImportProblem } from '../../shared/domain/import.ts'
import type { ClientFormat } from '../../shared/domain/server-definition.ts'
import { detectFormat } from './detect-format.ts'
import { discoverClientFiles } from './discover-client-files.ts'
import { excerptOf } from './excerpt.ts'
import { type McpJsonChoice, readMcpJsonChoices } from './formats/claude-json.ts'
import { parseClientFile } from './parse-client-file.ts'
import { parseSyntax } from './syntax/parse-syntax.ts'

/** What was read of one file. */
export interface Reading {
  readonly client: ClientFormat
  readonly file: string
  readonly servers: readonly FoundServer[]
  /** Answers about `.mcp.json` servers that Claude Code keeps in its own file. */
  readonly choices: readonly McpJsonChoice[]
  /** Nothing in it was lost to a fault, so a server that it lacks is gone. */
  readonly isWhole: boolean
  /** Its syntax is broken, and its servers were read out of what is left. */
  readonly isDamaged: boolean
}

/** A file that a person named, or a text that they pasted or dropped. */
export interface GivenFile {
  /** A path; with `text`, a name to show. */
  readonly file: string
  readonly format: ClientFormat | null
  /** Null: it is read from the path. */
  readonly text: string | null
}

/** Reads files that a person named. What cannot be read or told is a problem; the rest goes on. */
export async function readGivenFiles(
  files: readonly GivenFile[],
  homeDir: string,
  problems: ImportProblem[],
): Promise<Reading[]> {
  const readings: Reading[] = []
  // One after the other, so that the problems stand in the order of the files.
  for (const { file: given, format, text: pasted } of files) {
    // A pasted text is of no place: its source is recorded under a name that no path has.
    const file = pasted === null ? resolve(given) : basename(given)
    const text = pasted ?? (await readText(file, problems))
    if (text === undefined) continue
    const client = format ?? (pasted === null ? detectFormat(file, text) : detectText(given, text))
    if (client === null) {
      problems.push(untoldProblem(file, text))
      continue
    }
    readings.push(
      pasted === null
        ? parse({ client, file, text }, homeDir, problems)
        : // What it lacks is not gone: the next text of that name is another one.
          {
            ...parse({ client, file, text, placement: placementOfText }, homeDir, problems),
            isWhole: false,
          },
    )
  }
  return readings
}

/** A pasted text has no ending that tells its notation, as a rule. */
function detectText(name: string, text: string): ClientFormat | null {
  return (
    detectFormat(name, text) ??
    detectFormat(`${name}.toml`, text) ??
    detectFormat(`${name}.yaml`, text)
  )
}

/** Where its syntax breaks first: that may be what makes it too damaged to tell. */
function untoldProblem(file: string, text: string): ImportProblem {
  const message =
    'It is not a file of a known client, or it is too damaged to tell. Nothing in it can be imported; correct it, or name the client.'
  const problem = fileError(file, message)
  const fault = /^\s*[[{]/.test(text) ? parseSyntax('jsonc', text).faults[0] : undefined
  if (fault === undefined || fault.at === null) return problem
  const { line, column } = fault.at
  const excerpt = excerptOf(text.split('\n'), fault.at)
  return { ...problem, line, column, excerpt, message: `Syntax: ${fault.message}. ${message}` }
}

/** Nobody knows for which folder a pasted text was. */
const placementOfText = { scope: 'user', project: null } as const

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
    const message =
      'No file of a known client was found on this machine. Give the path of one to import it.'
    problems.push({ ...fileError(null, message), severity: 'warning' })
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
    isDamaged: !parsed.isWhole,
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
    const message = `${why} Nothing in it can be imported; check the path and its permissions.`
    problems.push(fileError(file, message))
    return undefined
  }
}

function fileError(file: string | null, message: string): ImportProblem {
  return { file, line: null, column: null, message, severity: 'error', excerpt: null }
}
