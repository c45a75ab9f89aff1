import { applyEdits, type FormattingOptions, modify } from 'jsonc-parser'
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

/** The splice that declares inputs, as passwords; null where that would change more. */
export function inputSplice(
  text: string,
  section: string,
  inputs: readonly { readonly id: string; readonly description: string }[],
): Splice | null {
  const items = inputs.map(({ id, description }) => ({
    type: 'promptString',
    id,
    description,
    password: true,
  }))
  const formatted = insertion(text, section, items, formattingOf(text))
  // To format what stands with others on one line, the library formats the whole line; the values are to be all that changes.
  return formatted ?? insertion(text, section, items, undefined)
}

/** Puts items at the end of the inputs; null where more would change than that. */
function insertion(
  text: string,
  section: string,
  items: readonly object[],
  formattingOptions: FormattingOptions | undefined,
): Splice | null {
  const path = inputsPath(section)
  const options = formattingOptions === undefined ? {} : { formattingOptions }
  let result = text
  if ((declaredItems(text, section)?.length ?? 0) > 0) {
    for (const item of items) {
      const edits = modify(result, [...path, -1], item, { ...options, isArrayInsertion: true })
      result = applyEdits(result, edits)
    }
  } else {
    result = applyEdits(text, modify(text, path, items, options))
  }
  let start = 0
  while (start < text.length && text[start] === result[start]) start += 1
  let same = 0
  while (same < text.length - start && text.at(-1 - same) === result.at(-1 - same)) same += 1
  if (start + same < text.length) return null
  const insert = result.slice(start, result.length - same)
  return { start, end: start, insert, shownBefore: '', shownAfter: insert }
}

/** The inputs of a file; null where it has no list of them. */
function declaredItems(text: string, section: string): readonly SyntaxNode[] | null {
  const node = memberAt(parseSyntax('jsonc', text).root ?? undefined, inputsPath(section))
  return node?.kind === 'array' ? node.items : null
}

/** How the file itself is written. */
function formattingOf(text: string): FormattingOptions {
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  '
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  }
}
