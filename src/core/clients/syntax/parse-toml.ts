import { parse, TomlDate, TomlError } from 'smol-toml'
import {
  maxDepth,
  type Position,
  type SyntaxFault,
  SyntaxLimitError,
  type SyntaxNode,
  type SyntaxTree,
} from './syntax-tree.ts'

/** After this many broken tables the rest of the file is given up. */
const maxRepairs = 20

/** One `[table]` of the text, from its header to the next one; the part before the first header has an empty path. */
interface Block {
  readonly firstLine: number
  readonly path: readonly string[]
  readonly lines: readonly string[]
}

/**
 * Reads TOML 1.0. The parser stops at the first error, so a table that holds one is left out together with its sub-tables,
 * and the rest is read again: other servers of a broken file are kept. Positions are those of the table headers.
 * @throws SyntaxLimitError when values are nested more deeply than `maxDepth`.
 */
export function parseToml(text: string): SyntaxTree {
  const faults: SyntaxFault[] = []
  let blocks = splitBlocks(text)
  const headers = new Map(
    blocks.map((block) => [JSON.stringify(block.path), { line: block.firstLine, column: 1 }]),
  )
  for (let repair = 0; repair <= maxRepairs; repair += 1) {
    try {
      const table = parse(render(text, blocks), { integersAsBigInt: 'asNeeded', maxDepth })
      return { root: toNode(table, [], headers), faults }
    } catch (error) {
      if (!(error instanceof TomlError)) throw error
      const broken = blocks.findLast((block) => block.firstLine <= error.line)
      const table = broken?.path.slice(0, 2).join('.') ?? ''
      const leftOut = table === '' ? '' : `, so the table [${table}] was left out`
      faults.push({
        at: { line: Math.max(1, error.line), column: Math.max(1, error.column) },
        message: `${faultText(error)}${leftOut}`,
      })
      if (broken === undefined) break
      blocks = withoutTable(blocks, broken)
    }
  }
  return { root: null, faults }
}

/** The first line of the parser's message names the rule that was broken; the lines after it quote the file. */
function faultText(error: TomlError): string {
  const rule = /^Invalid TOML document: ([a-z ,'-]+)/.exec(error.message)?.[1]
  return rule === undefined ? 'this is not valid TOML' : `this is not valid TOML (${rule.trim()})`
}

function splitBlocks(text: string): Block[] {
  const blocks: { firstLine: number; path: string[]; lines: string[] }[] = []
  let current = { firstLine: 1, path: [] as string[], lines: [] as string[] }
  for (const [index, line] of text.split('\n').entries()) {
    const header = /^\s*\[\[?([^[\]]+)\]/.exec(line)?.[1]
    if (header !== undefined) {
      blocks.push(current)
      current = { firstLine: index + 1, path: headerPath(header), lines: [] }
    }
    current.lines.push(line)
  }
  blocks.push(current)
  return blocks
}

/** The keys of `a."b.c".d`; bare, double-quoted and single-quoted keys (TOML 1.0, "Keys"). */
function headerPath(header: string): string[] {
  const keys = header.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s."']+)/g)
  return Array.from(keys, ([, basic, literal, bare]) => basic ?? literal ?? bare ?? '')
}

function render(text: string, blocks: readonly Block[]): string {
  const lines = text.split('\n').map(() => '')
  for (const block of blocks) {
    for (const [index, line] of block.lines.entries()) lines[block.firstLine - 1 + index] = line
  }
  return lines.join('\n')
}

/** Leaves out a block, and what belongs to the same server (`mcp_servers.<name>`), before or after it. */
function withoutTable(blocks: readonly Block[], broken: Block): Block[] {
  const [section, name] = broken.path
  return blocks.filter(
    (block) =>
      block !== broken &&
      (name === undefined || block.path[0] !== section || block.path[1] !== name),
  )
}

function toNode(
  value: unknown,
  path: readonly string[],
  headers: ReadonlyMap<string, Position>,
): SyntaxNode {
  if (path.length > maxDepth) {
    throw new SyntaxLimitError(`values are nested more than ${maxDepth} levels deep`)
  }
  const at = headers.get(JSON.stringify(path)) ?? null
  if (Array.isArray(value)) {
    const items = value.map((item) => toNode(item, [...path, ''], headers))
    return { kind: 'array', at, damaged: false, items }
  }
  if (value instanceof TomlDate) {
    const text = value.toISOString()
    return { kind: 'scalar', at, value: text, raw: text }
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]: [string, unknown]) => {
      const node = toNode(item, [...path, key], headers)
      return { key, at: node.at, value: node }
    })
    return { kind: 'object', at, damaged: false, entries }
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return { kind: 'scalar', at, value, raw: String(value) }
  }
  // Only integers beyond 2^53 are left; their digits are kept as text.
  const text = String(value)
  return { kind: 'scalar', at, value: text, raw: text }
}
