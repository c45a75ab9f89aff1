import { applyEdits, modify } from 'jsonc-parser'
import { parseSyntax } from '../syntax/parse-syntax.ts'
import { member, memberAt, type SyntaxNode, stringOf } from '../syntax/syntax-tree.ts'
import type { Splice } from './splice.ts'

/** Inputs that VS Code asks for are declared beside the map of servers: at the root, or in the block `mcp` of its settings. */
function inputsPath(section: string): string[] {
  return section.startsWith('mcp.') ? ['mcp', 'inputs'] : ['inputs']
}

/** The ids of the inputs that a file declares. */
export function declaredInputs(text: string, section: string): ReadonlySet<string> {
  const items = declaredItems(text, section) ?? []
  return new Set(items.flatMap((item) => stringOf(member(item, 'id')) ?? []))
}

/** The splice that declares inputs, as passwords; none where there are none to declare. */
export function inputSplices(
  text: string,
  section: string,
  inputs: readonly { readonly id: string; readonly description: string }[],
): Splice[] {
  if (inputs.length === 0) return []
  const items = inputs.map(({ id, description }) => ({
    type: 'promptString',
    id,
    description,
    password: true,
  }))
  const path = inputsPath(section)
  const formattingOptions = formattingOf(text)
  const isDeclared = (declaredItems(text, section)?.length ?? 0) > 0
  let result = text
  if (isDeclared) {
    for (const item of items) {
      const options = { formattingOptions, isArrayInsertion: true }
      result = applyEdits(result, modify(result, [...path, -1], item, options))
    }
  } else {
    result = applyEdits(text, modify(text, path, items, { formattingOptions }))
  }
  return [onlyChange(text, result)]
}

/** The part that differs. */
function onlyChange(before: string, after: string): Splice {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  let same = 0
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same += 1
  const insert = after.slice(start, after.length - same)
  const end = before.length - same
  return { start, end, insert, shownBefore: before.slice(start, end), shownAfter: insert }
}

/** The inputs of a file; null where it has no list of them. */
function declaredItems(text: string, section: string): readonly SyntaxNode[] | null {
  const node = memberAt(parseSyntax('jsonc', text).root ?? undefined, inputsPath(section))
  return node?.kind === 'array' ? node.items : null
}

/** How the file itself is written. */
function formattingOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  '
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  }
}
