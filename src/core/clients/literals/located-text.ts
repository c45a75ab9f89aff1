import { visit } from 'jsonc-parser'
import { isMap, isScalar, isSeq, type Node, parseDocument, Scalar } from 'yaml'
import type { SyntaxKind } from '../syntax/parse-syntax.ts'

/** Keys and indexes from the root to a value. */
export type TextPath = readonly (string | number)[]

/** A text of a file (or a number, which means its text) and where it stands, with its quotes. */
export interface LocatedText {
  readonly path: TextPath
  /** `[start, end)` in UTF-16 units. */
  readonly start: number
  readonly end: number
  readonly value: string
}

const locators: Readonly<Record<SyntaxKind, (text: string) => LocatedText[]>> = {
  jsonc: locateInJson,
  yaml: locateInYaml,
  // Codex alone uses TOML, and its edits are of another kind (codex-edit.ts).
  toml: () => [],
}

/**
 * The texts of a file that can be written anew in one step, in file order. Of a repeated key each is listed. What stands
 * there in a way of its own (a block of YAML, an alias) is left out.
 */
export function locateTexts(kind: SyntaxKind, text: string): LocatedText[] {
  return locators[kind](text)
}

function locateInJson(text: string): LocatedText[] {
  const found: LocatedText[] = []
  visit(
    text,
    {
      onLiteralValue: (value: unknown, start, length, _line, _character, pathOf) => {
        const end = start + length
        if (typeof value === 'string') found.push({ path: pathOf(), start, end, value })
        if (typeof value === 'number') {
          found.push({ path: pathOf(), start, end, value: text.slice(start, end) })
        }
      },
    },
    { allowTrailingComma: true, disallowComments: false },
  )
  return found
}

function locateInYaml(text: string): LocatedText[] {
  const found: LocatedText[] = []
  const walk = (node: Node | null, path: TextPath): void => {
    if (isMap<Node, Node | null>(node)) {
      for (const { key, value } of node.items) {
        if (isScalar(key)) walk(value, [...path, String(key.value)])
      }
    } else if (isSeq<Node>(node)) {
      for (const [index, item] of node.items.entries()) walk(item, [...path, index])
    } else if (isScalar(node) && node.range && !isBlock(node)) {
      const [start, end] = node.range
      const { value } = node
      if (typeof value === 'string') found.push({ path, start, end, value })
      if (typeof value === 'number') found.push({ path, start, end, value: text.slice(start, end) })
    }
  }
  walk(parseDocument(text, { uniqueKeys: false, logLevel: 'error' }).contents, [])
  return found
}

function isBlock({ type }: Scalar): boolean {
  return type === Scalar.BLOCK_FOLDED || type === Scalar.BLOCK_LITERAL
}
