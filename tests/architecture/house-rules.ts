import path from 'node:path'
import { parseAst } from 'rolldown/parseAst'

/** A breach of a house rule: where, and which. Lines count from 1. */
export type Finding = { readonly file: string; readonly line: number; readonly rule: string }

type Node = { readonly type: string; readonly start: number; readonly end: number }

const vagueNames = /^(utils?|helpers?|common|index|misc)\./
const goodName = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/
const silencedCheck = /@ts-(ignore|nocheck|expect-error)/
const endOfDocstring = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/

/**
 * The breaches of the house rules (CONTRIBUTING.md) in one TypeScript file: its name, default exports, barrels, `any`,
 * non-null `!`, silenced type checks, and exports without a docstring. Throws on a file that cannot be parsed.
 *
 * @param file its path with forward slashes
 */
export function houseRuleFindings(file: string, source: string): Finding[] {
  const program = parseAst(source, { lang: file.endsWith('x') ? 'tsx' : 'ts' }, file)
  const findings: Finding[] = []
  const report = (rule: string, offset: number): void => {
    findings.push({ file, line: source.slice(0, offset).split('\n').length, rule })
  }
  const name = path.posix.basename(file)
  if (vagueNames.test(name)) report('vague file name', 0)
  if (!goodName.test(name)) report('file name is not kebab-case', 0)
  const silenced = source.search(silencedCheck)
  if (silenced >= 0) report('silenced type check', silenced)
  walk(program, (node) => {
    if (node.type === 'ExportDefaultDeclaration') report('default export', node.start)
    if (node.type === 'ExportAllDeclaration') report('barrel', node.start)
    if (node.type === 'TSAnyKeyword') report('any', node.start)
    if (node.type === 'TSNonNullExpression') report('non-null assertion', node.start)
    if (isCast(node) && !isExplained(node, source)) report('cast without a comment', node.start)
  })
  for (const offset of undocumentedExports(program.body, source)) {
    report('export without a docstring', offset)
  }
  return findings
}

/**
 * Where an export has no docstring. Exports on successive lines share the first one's: a schema and the type that is
 * inferred from it are one thing. So do the overloads of a function.
 */
function undocumentedExports(body: readonly Node[], source: string): number[] {
  const undocumented: number[] = []
  let coveredTo = -1
  for (const node of body) {
    if (node.type !== 'ExportNamedDeclaration') continue
    const isDeclaration = 'declaration' in node && node.declaration !== null
    if (!isDeclaration) continue
    const followsOn = coveredTo >= 0 && /^\r?\n$/.test(source.slice(coveredTo, node.start))
    if (followsOn || endOfDocstring.test(source.slice(0, node.start))) coveredTo = node.end
    else undocumented.push(node.start)
  }
  return undocumented
}

/** `x as T`, but not `x as const` and `[] as T[]`, which claim nothing. */
function isCast(node: Node): boolean {
  if (node.type !== 'TSAsExpression') return false
  if (!('typeAnnotation' in node && 'expression' in node)) return false
  const { typeAnnotation, expression } = node
  const isEmptyArray =
    isNode(expression) &&
    'elements' in expression &&
    Array.isArray(expression.elements) &&
    expression.elements.length === 0
  const isConst =
    isNode(typeAnnotation) &&
    'typeName' in typeAnnotation &&
    isNode(typeAnnotation.typeName) &&
    'name' in typeAnnotation.typeName &&
    typeAnnotation.typeName.name === 'const'
  return !isConst && !isEmptyArray
}

/** Whether a comment stands on the lines of a node or on one of the three before: a statement may be that long. */
function isExplained(node: Node, source: string): boolean {
  const before = source.slice(0, node.start).split('\n').slice(-4).join('\n')
  const after = source
    .slice(node.start)
    .split('\n', source.slice(node.start, node.end).split('\n').length)
  return /(^|\s)(\/\/|\/?\*)/m.test(`${before}${after.join('\n')}`)
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit)
    return
  }
  if (!isNode(value)) return
  visit(value)
  for (const child of Object.values(value)) walk(child, visit)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}
