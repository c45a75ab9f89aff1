import { parse, TomlError } from 'smol-toml'
import type { Splice } from './splice.ts'

/** A table of a TOML text, from its header to the next one. */
interface Table {
  readonly path: readonly string[]
  /** Where its first line after the header begins, and where its last one ends. */
  readonly start: number
  readonly end: number
}

/** A text under a key, `KEY = "text"`, and the part of the file that it takes with its line or its comma. */
export interface TomlPair {
  readonly value: string
  /** Of the pair itself. */
  readonly start: number
  readonly end: number
  /** Of what goes when the pair goes. */
  readonly cut: { readonly start: number; readonly end: number }
}

const header = /^[ \t]*\[([^[\]\n]+)\][ \t]*(?:#[^\n]*)?$/gm
const text = String.raw`"(?:[^"\\\n]|\\.)*"|'[^'\n]*'`

/** Each literal of a file is looked for in the same tables. */
let lastRead: { readonly file: string; readonly tables: readonly Table[] } | null = null

function tablesIn(file: string): readonly Table[] {
  if (lastRead?.file !== file) lastRead = { file, tables: tablesOf(file) }
  return lastRead.tables
}

/** The tables of a text. Arrays of tables are none, and neither is what is written in another way. */
function tablesOf(file: string): Table[] {
  const headers = [...file.matchAll(header)]
  const anyHeader = [...file.matchAll(/^[ \t]*\[/gm)].map(({ index }) => index)
  return headers.map((match) => {
    const start = Math.min(file.length, match.index + match[0].length + 1)
    const end = anyHeader.find((index) => index >= start) ?? file.length
    return { path: keysOf(match[1] ?? ''), start, end }
  })
}

/** The table at a path; null where the file has none, or has it twice. */
export function tableAt(file: string, path: readonly string[]): Table | null {
  const found = tablesIn(file).filter((table) => isSamePath(table.path, path))
  return found.length === 1 ? (found[0] ?? null) : null
}

/** The pair of a key with a text in a map of a server: in a table of its own, or in one line of the server's. */
export function pairIn(
  file: string,
  server: readonly string[],
  map: string,
  key: string,
): TomlPair | null {
  const own = tableAt(file, [...server, map])
  if (own !== null) {
    const match = find(
      file,
      own,
      new RegExp(String.raw`^[ \t]*(${keyPattern(key)}\s*=\s*(${text}))[ \t]*(#[^\n]*)?$`, 'gm'),
    )
    return match === null ? null : pairOfLine(file, match)
  }
  const table = tableAt(file, server)
  const line = table === null ? null : inlineMap(file, table, map)
  if (line === null) return null
  const match = find(
    file,
    line,
    new RegExp(String.raw`(?<=[{,]\s*)${keyPattern(key)}\s*=\s*(${text})(?=\s*[,}])`, 'g'),
  )
  if (match === null) return null
  const end = match.index + match[0].length
  // With the comma after it, or else the one before.
  const after = /^\s*,[ \t]*/.exec(file.slice(end, line.end))?.[0].length ?? 0
  const before =
    after > 0 ? 0 : (/,\s*$/.exec(file.slice(line.start, match.index))?.[0].length ?? 0)
  const cut = { start: match.index - before, end: end + after }
  return { value: decoded(match[1] ?? ''), start: match.index, end, cut }
}

/** The splice that puts an entry into a list or a map of a server's table, or begins it right below the header. */
export function entrySplice(
  file: string,
  server: readonly string[],
  key: string,
  brackets: '[]' | '{}',
  entries: readonly string[],
): Splice | null {
  const table = tableAt(file, server)
  if (table === null || entries.length === 0) return null
  const open = `\\${brackets.charAt(0)}`
  const close = `\\${brackets.charAt(1)}`
  const joined = entries.join(', ')
  const existing = find(
    file,
    table,
    new RegExp(
      String.raw`^[ \t]*${key}\s*=\s*${open}([^${close}]*?)\s*${close}[ \t]*(?:#[^\n]*)?$`,
      'gm',
    ),
  )
  if (existing !== null) {
    const inner = existing[1] ?? ''
    const at = existing.index + existing[0].indexOf(brackets.charAt(0)) + 1 + inner.length
    const glue = inner.trim() === '' ? ' ' : inner.trimEnd().endsWith(',') ? ' ' : ', '
    return insertion(at, `${glue}${joined}`)
  }
  const own = brackets === '{}' ? tableAt(file, [...server, key]) : null
  if (own !== null) return insertion(own.start, `${entries.join('\n')}\n`)
  const body = brackets === '{}' ? `{ ${joined} }` : `[${joined}]`
  return insertion(table.start, `${key} = ${body}\n`)
}

/** The splice that gives a server a key with a text. */
export function keySplice(file: string, server: readonly string[], line: string): Splice | null {
  const table = tableAt(file, server)
  return table === null ? null : insertion(table.start, `${line}\n`)
}

function insertion(at: number, insert: string): Splice {
  return { start: at, end: at, insert, shownBefore: '', shownAfter: insert }
}

function inlineMap(file: string, table: Table, map: string): { start: number; end: number } | null {
  const match = find(file, table, new RegExp(String.raw`^[ \t]*${map}\s*=\s*\{[^\n]*\}`, 'gm'))
  return match === null ? null : { start: match.index, end: match.index + match[0].length }
}

/** The only match within a range; null where there is none or more. */
function find(
  file: string,
  { start, end }: { readonly start: number; readonly end: number },
  pattern: RegExp,
): RegExpExecArray | null {
  const [first, ...others] = file.slice(start, end).matchAll(pattern)
  if (first === undefined || others.length > 0) return null
  first.index += start
  return first
}

/** A line of its own goes as a whole; a comment after the pair stays. */
function pairOfLine(file: string, match: RegExpExecArray): TomlPair {
  const [line, pair = '', raw = '', comment] = match
  const start = match.index + line.indexOf(pair)
  const end = start + pair.length
  const nextLine = Math.min(file.length, match.index + line.length + 1)
  const cut =
    comment === undefined
      ? { start: match.index, end: nextLine }
      : { start, end: match.index + line.indexOf(comment, line.indexOf(pair) + pair.length) }
  return { value: decoded(raw), start, end, cut }
}

/** A key as it may be written: bare where it can be, or quoted. */
function keyPattern(key: string): string {
  const escaped = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return `(?:(?<![\\w-])${escaped}|"${escaped}"|'${escaped}')`
}

function decoded(raw: string): string {
  const { value } = parse(`value = ${raw}`)
  return typeof value === 'string' ? value : ''
}

/** The keys of `a."b.c".d`. Empty for what is no path of keys. */
function keysOf(path: string): string[] {
  try {
    const keys: string[] = []
    let node: unknown = parse(`[${path}]`)
    while (typeof node === 'object' && node !== null) {
      const [entry] = Object.entries(node)
      if (entry === undefined) break
      keys.push(entry[0])
      node = entry[1]
    }
    return keys
  } catch (error) {
    if (error instanceof TomlError) return []
    throw error
  }
}

function isSamePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index])
}
