import type { FoundServer, ImportProblem } from '../../shared/domain/import.ts'
import type { ClientFormat } from '../../shared/domain/server-definition.ts'
import { excerptOf } from './excerpt.ts'
import { type FilePlacement, scopeOfGivenFile } from './file-placement.ts'
import { readClaudeJson } from './formats/claude-json.ts'
import { readCodex } from './formats/codex.ts'
import { readContinue } from './formats/continue.ts'
import { readGemini } from './formats/gemini.ts'
import { readGoose } from './formats/goose.ts'
import { readLibrechat } from './formats/librechat.ts'
import { readMcpSections } from './formats/read-mcp-sections.ts'
import { readVscode } from './formats/vscode.ts'
import type { FileReading, ReportInFile } from './read-entry.ts'
import { parseSyntax, repeatedKeys, type SyntaxKind } from './syntax/parse-syntax.ts'
import type { SyntaxFault, SyntaxNode } from './syntax/syntax-tree.ts'

/** A client's file and the machine it stands on. */
export interface ClientFileText {
  readonly format: ClientFormat
  /** Absolute path, of the given platform. It is never opened. */
  readonly file: string
  readonly text: string
  readonly homeDir: string
  readonly platform: NodeJS.Platform
  /** For whom the servers are, where that is known (`discoverClientFiles`); else it is told by `scopeOfGivenFile`. */
  readonly placement?: FilePlacement
}

/** What a file holds, and what a person should know about it. */
export interface ParsedClientFile {
  readonly servers: FoundServer[]
  readonly problems: ImportProblem[]
  /** The syntax had no fault, so nothing that the file holds was lost. */
  readonly isWhole: boolean
  /** A key stands more than once: of such the last one counts. */
  readonly repeatsKeys: boolean
}

/** Of one kind of finding this many are listed one by one; the rest are only counted. */
const maxListed = 20

/** The problems of one file that get an excerpt; nobody reads more, and each costs some time. */
const maxExcerpts = 50

const readers: Readonly<
  Partial<Record<ClientFormat, (reading: FileReading, root: SyntaxNode) => FoundServer[]>>
> = {
  'claude-json': readClaudeJson,
  vscode: readVscode,
  continue: readContinue,
  codex: readCodex,
  gemini: readGemini,
  goose: readGoose,
  librechat: readLibrechat,
}

/**
 * Reads the text of a client's file. Pure, and never throws, whatever the text is. A broken file gives its line and column, and
 * what is sound around the error is still read. Problems never quote an environment variable's value, a header's or a url, and of
 * arguments only what is surely no secret; in their excerpts what may be one is masked. The entry of this program's own gateway is passed over.
 */
export function parseClientFile(input: ClientFileText): ParsedClientFile {
  const problems: ImportProblem[] = []
  const lines = input.text.replace(/^\uFEFF/, '').split('\n')
  const report: ReportInFile = (at, message, severity = 'warning') => {
    const place = { file: input.file, line: at?.line ?? null, column: at?.column ?? null }
    const excerpt = problems.length < maxExcerpts ? excerptOf(lines, at) : null
    problems.push({ ...place, message, severity, excerpt })
  }
  const syntax = syntaxOf(input.format, input.file)
  const { root, faults } = parseSyntax(syntax, input.text)
  const rest =
    root === null
      ? 'Nothing in the file can be imported; correct it and import it again.'
      : 'The sound rest of the file can be imported; correct this and import it again.'
  listed(
    firstPerLine(faults),
    ({ at, message }) => report(at, `Syntax: ${message}. ${rest}`, 'error'),
    report,
  )
  if (root === null) return { servers: [], problems, isWhole: false, repeatsKeys: false }
  const repeated = repeatedKeys(root)
  listed(
    repeated,
    ({ at, key }) =>
      report(
        at,
        `The key "${key}" stands more than once. The last one was taken; remove the other.`,
      ),
    report,
  )
  if (root.kind !== 'object') {
    report(
      root.at,
      'The file holds no map of settings. Nothing in it can be imported; check that it is the right file.',
      'error',
    )
    return { servers: [], problems, isWhole: false, repeatsKeys: false }
  }
  const placement = input.placement ?? scopeOfGivenFile(input)
  const read = readers[input.format] ?? readMcpSections
  const reading = { format: input.format, file: input.file, ...placement, report }
  return {
    servers: read(reading, root),
    problems,
    isWhole: faults.length === 0,
    repeatsKeys: repeated.length > 0,
  }
}

/** The notation of a client's file. Continue, Goose and LibreChat take YAML, of which JSON files are told by their name. */
export function syntaxOf(format: ClientFormat, file: string): SyntaxKind {
  if (format === 'codex') return 'toml'
  if (format === 'goose' || format === 'librechat' || format === 'continue') {
    return /\.jsonc?$/i.test(file) ? 'jsonc' : 'yaml'
  }
  return 'jsonc'
}

/** One slip makes a parser stumble several times; what follows on the same line is nearly always its consequence. */
function firstPerLine(faults: readonly SyntaxFault[]): SyntaxFault[] {
  const lines = new Set<number | null>()
  return faults.filter(({ at }) => {
    const line = at?.line ?? null
    if (lines.has(line)) return false
    lines.add(line)
    return true
  })
}

function listed<T>(items: readonly T[], tell: (item: T) => void, report: ReportInFile): void {
  for (const item of items.slice(0, maxListed)) tell(item)
  if (items.length > maxListed) {
    report(
      null,
      `There are ${items.length - maxListed} more findings of this kind. They are not listed; correct the first ones and import the file again.`,
    )
  }
}
