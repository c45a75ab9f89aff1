import { printParseErrorCode, visit } from 'jsonc-parser'
import { maskText } from '../../secrets/mask-text.ts'
import {
  maxDepth,
  type Position,
  type SyntaxEntry,
  type SyntaxFault,
  SyntaxLimitError,
  type SyntaxNode,
  type SyntaxScalar,
  type SyntaxTree,
} from './syntax-tree.ts'

/** By the names that `printParseErrorCode` gives, since the codes themselves are an ambient const enum. */
const faultTexts: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word stands here that is no JSON value',
  InvalidNumberFormat: 'a number is malformed',
  PropertyNameExpected: 'a key in double quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace } is missing',
  CloseBracketExpected: 'a closing bracket ] is missing',
  EndOfFileExpected: 'something follows after the end of the first value',
  InvalidCommentToken: 'a comment stands where none is allowed',
  UnexpectedEndOfComment: 'a comment is never closed',
  UnexpectedEndOfString: 'a string is never closed',
  UnexpectedEndOfNumber: 'a number breaks off',
  InvalidUnicode: 'a \\u escape is malformed',
  InvalidEscapeCharacter: 'a backslash escapes a character that has no escape',
  InvalidCharacter: 'a control character stands inside a string',
}

interface OpenContainer {
  readonly kind: 'object' | 'array'
  readonly at: Position
  readonly entries: SyntaxEntry[]
  readonly items: SyntaxNode[]
  pendingKey: { key: string; at: Position } | null
  damaged: boolean
}

/**
 * Reads JSON with comments and trailing commas. Tolerant: after an error it goes on, marks every container that the error
 * lies in as damaged, and keeps the rest. A missing comma damages nothing, since nothing is lost by it.
 * The tree is built here, since `parseTree` of jsonc-parser answers an inner node when the text breaks off.
 * @throws SyntaxLimitError when values are nested more deeply than `maxDepth`.
 */
export function parseJsonc(text: string): SyntaxTree {
  const faults: SyntaxFault[] = []
  const open: OpenContainer[] = []
  let root: SyntaxNode | null = null

  const add = (node: SyntaxNode): void => {
    const parent = open.at(-1)
    if (parent === undefined) {
      root ??= node
    } else if (parent.kind === 'array') {
      parent.items.push(node)
    } else if (parent.pendingKey !== null) {
      parent.entries.push({ ...parent.pendingKey, value: node })
      parent.pendingKey = null
    }
  }
  const begin = (kind: OpenContainer['kind'], at: Position): void => {
    if (open.length >= maxDepth) {
      throw new SyntaxLimitError(`values are nested more than ${maxDepth} levels deep`)
    }
    open.push({ kind, at, entries: [], items: [], pendingKey: null, damaged: false })
  }
  const end = (): void => {
    const done = open.pop()
    if (done !== undefined) add(toNode(done))
  }

  visit(
    text,
    {
      onObjectBegin: (_offset, _length, line, character) =>
        begin('object', position(line, character)),
      onObjectProperty: (key, _offset, _length, line, character) => {
        const parent = open.at(-1)
        if (parent !== undefined) parent.pendingKey = { key, at: position(line, character) }
      },
      onObjectEnd: end,
      onArrayBegin: (_offset, _length, line, character) =>
        begin('array', position(line, character)),
      onArrayEnd: end,
      onLiteralValue: (value: string | number | boolean | null, offset, length, line, character) =>
        add({
          kind: 'scalar',
          at: position(line, character),
          value,
          raw: text.slice(offset, offset + length),
        }),
      onError: (error, _offset, _length, line, character) => {
        const name = printParseErrorCode(error)
        faults.push({
          at: position(line, character),
          message: faultText(name, open.at(-1)),
        })
        if (name === 'CommaExpected') return
        for (const container of open) container.damaged = true
      },
    },
    { allowTrailingComma: true, disallowComments: false },
  )
  // What is still open here was never closed: keep it for the sound values inside, and mark it.
  for (const container of open) container.damaged = true
  while (open.length > 0) end()
  return { root, faults }
}

/** Says where in the structure it is missing, as far as that can be told without quoting what may be a secret. */
function faultText(name: string, container: OpenContainer | undefined): string {
  const text = faultTexts[name] ?? 'this is not valid JSON'
  if (container === undefined) return text
  if (name === 'CloseBraceExpected' || name === 'CloseBracketExpected') {
    return `${text} for the one in line ${container.at.line}`
  }
  if (name === 'ColonExpected' || name === 'ValueExpected') {
    const key = quotable(container.pendingKey?.key)
    return key === null ? text : `${text} after the key ${key}`
  }
  if (name !== 'CommaExpected') return text
  if (container.kind === 'object') {
    const key = quotable(container.entries.at(-1)?.key)
    return key === null ? text : `${text} after the value of ${key}`
  }
  const count = container.items.length
  const last = container.items.at(-1)
  const before = container.items.at(-2)
  // Read together with the item before it: after `--token` stands a secret.
  const isPlain = last?.kind === 'scalar' && (before === undefined || before.kind === 'scalar')
  const item = isPlain
    ? quotable(last.value, before?.kind === 'scalar' ? before.value : null)
    : null
  return item === null ? `${text} after item ${count} of the list` : `${text} after ${item}`
}

/** A short text in quotes, or null where it had better not be shown. */
function quotable(
  value: SyntaxScalar['value'] | undefined,
  before: SyntaxScalar['value'] = null,
): string | null {
  if (typeof value !== 'string' || !/^[\w@./:-]{1,60}$/.test(value)) return null
  const pair = `${JSON.stringify(before)}, "${value}"`
  return maskText(pair).endsWith(`"${value}"`) ? `"${value}"` : null
}

function toNode(container: OpenContainer): SyntaxNode {
  const { at, damaged } = container
  return container.kind === 'object'
    ? { kind: 'object', at, damaged, entries: container.entries }
    : { kind: 'array', at, damaged, items: container.items }
}

function position(line: number, character: number): Position {
  return { line: line + 1, column: character + 1 }
}
