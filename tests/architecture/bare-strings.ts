import { parseAst } from 'rolldown/parseAst'

/** A text of the interface that is written in the code instead of in a catalog of src/renderer/i18n/en. */
export interface BareString {
  readonly file: string
  readonly line: number
  readonly text: string
}

/** Attributes and properties whose text a person sees or hears. */
const shownNames = new Set([
  'action',
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'confirm',
  'description',
  'error',
  'heading',
  'hint',
  'label',
  'note',
  'placeholder',
  'text',
  'title',
  'unit',
])

/** Texts that are the same in every language: signs, key names, file patterns and figures have no run of two letters. */
const hasWords = /\p{L}{2}/u

/** Finds texts between tags and in attributes or properties that are shown. */
export function bareStrings(file: string, source: string): BareString[] {
  const found: BareString[] = []
  const report = (text: unknown, at: number): void => {
    if (typeof text !== 'string' || !hasWords.test(text)) return
    // One word in lower case is a name in the code: a tone, a key of a catalog, a class.
    if (/^\s*[\p{Ll}\d.:_-]+\s*$/u.test(text) && !isBetweenTags(at)) return
    found.push({ file, line: source.slice(0, at).split('\n').length, text: text.trim() })
  }
  walk(parseAst(source, { lang: file.endsWith('x') ? 'tsx' : 'ts' }), (node) => {
    if (node['type'] === 'JSXText') report(node['value'], Number(node['start']))
    if (Array.isArray(node['children'])) {
      for (const child of node['children']) {
        if (isNode(child) && child['type'] === 'JSXExpressionContainer') {
          reportLiteral(child['expression'])
        }
      }
    }
    if (node['type'] === 'JSXAttribute' && isShown(node['name'])) {
      const value = node['value']
      reportLiteral(
        isNode(value) && value['type'] === 'JSXExpressionContainer' ? value['expression'] : value,
      )
    }
    if (node['type'] === 'Property' && isShown(node['key'])) reportLiteral(node['value'])
  })
  return found

  function isBetweenTags(at: number): boolean {
    return source[at - 1] === '>' || source[at - 1] === '}'
  }

  function reportLiteral(node: unknown): void {
    if (!isNode(node)) return
    if (node['type'] === 'Literal') report(node['value'], Number(node['start']))
    if (node['type'] === 'TemplateLiteral' && Array.isArray(node['quasis'])) {
      for (const part of node['quasis']) {
        if (isNode(part) && isNode(part['value'])) {
          report(part['value']['cooked'], Number(node['start']))
        }
      }
    }
    if (node['type'] === 'ConditionalExpression') {
      reportLiteral(node['consequent'])
      reportLiteral(node['alternate'])
    }
  }
}

function isShown(name: unknown): boolean {
  if (!isNode(name)) return false
  const text = name['name'] ?? name['value']
  return typeof text === 'string' && shownNames.has(text)
}

type AstNode = Readonly<Record<string, unknown>>

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function walk(value: unknown, visit: (node: AstNode) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit)
  } else if (isNode(value)) {
    if (typeof value['type'] === 'string') visit(value)
    for (const child of Object.values(value)) walk(child, visit)
  }
}
