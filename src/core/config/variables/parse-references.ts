import {
  type ExternalReference,
  parseExternalReference,
} from '../../../shared/domain/external-reference.ts'
import type { Dialect } from '../../../shared/domain/server-definition.ts'

/** A place in a value that is filled in at launch. `text` is how it stands in the value. */
export type Reference = { readonly text: string } & (
  | {
      /** An environment variable. */
      readonly kind: 'env'
      readonly name: string
      /** What stands in for an unset variable; null where none was given. */
      readonly fallback: readonly Segment[] | null
      /** What the client makes of an unset variable without a fallback: it keeps the reference's text, or takes nothing. */
      readonly whenUnset: 'literal' | 'empty'
    }
  | {
      readonly kind:
        | 'user-home'
        | 'workspace-folder'
        | 'workspace-folder-basename'
        | 'path-separator'
    }
  /** An answer that a person gives once (VS Code's `inputs`). */
  | { readonly kind: 'input'; readonly id: string }
  /** The content of a file. A path that starts with `~/` is below the home directory. */
  | { readonly kind: 'file'; readonly path: string }
  /** A secret of the vault: `secret://name`. Known in every dialect. */
  | { readonly kind: 'secret'; readonly name: string }
  /** The whole value is fetched from elsewhere. Known in every dialect. */
  | { readonly kind: 'external'; readonly source: ExternalReference }
)

/** A piece of a value: plain text, or a reference. */
export type Segment = { readonly kind: 'text'; readonly text: string } | Reference

interface Rule {
  /** Sticky: matched at one place only. */
  readonly pattern: RegExp
  readonly make: (match: RegExpExecArray) => Reference
}

const secretRule: Rule = {
  pattern: /secret:\/\/([a-z0-9][a-z0-9._-]{0,127})/y,
  make: ([text, name = '']) => ({ kind: 'secret', text, name }),
}

/** `${VAR}` and `${VAR:-default}`; unset stays as it stands (Claude Code, "Environment variable expansion"). */
const bracedVariable: Rule = {
  pattern: /\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/y,
  make: ([text, name = '', fallback]) => ({
    kind: 'env',
    text,
    name,
    fallback: fallback === undefined ? null : parseInner('literal', fallback),
    whenUnset: 'literal',
  }),
}

/** `${VAR}` without a default (LibreChat). */
const bareBracedVariable: Rule = {
  pattern: /\$\{([A-Za-z_]\w*)\}/y,
  make: ([text, name = '']) => ({ kind: 'env', text, name, fallback: null, whenUnset: 'literal' }),
}

/** `$VAR` (Gemini CLI). */
const dollarVariable: Rule = {
  pattern: /\$([A-Za-z_]\w*)/y,
  make: ([text, name = '']) => ({ kind: 'env', text, name, fallback: null, whenUnset: 'literal' }),
}

/** `${env:VAR}`; unset is empty (VS Code, "Variables reference"). */
const prefixedVariable: Rule = {
  pattern: /\$\{env:([^}]+)\}/y,
  make: ([text, name = '']) => ({ kind: 'env', text, name, fallback: null, whenUnset: 'empty' }),
}

/** `{env:VAR}`; unset is empty (opencode). */
const opencodeVariable: Rule = {
  pattern: /\{env:([^}]+)\}/y,
  make: ([text, name = '']) => ({ kind: 'env', text, name, fallback: null, whenUnset: 'empty' }),
}

/** `${{ secrets.NAME }}`, which Continue reads from its `.env` files and the environment; unset stays as it stands. */
const continueSecret: Rule = {
  pattern: /\$\{\{\s*secrets\.([\w./-]+)\s*\}\}/y,
  make: ([text, name = '']) => ({ kind: 'env', text, name, fallback: null, whenUnset: 'literal' }),
}

const places = {
  userHome: 'user-home',
  workspaceFolder: 'workspace-folder',
  workspaceFolderBasename: 'workspace-folder-basename',
  pathSeparator: 'path-separator',
  '/': 'path-separator',
} as const

function isPlace(name: string): name is keyof typeof places {
  return Object.hasOwn(places, name)
}

/** `${userHome}`, `${workspaceFolder}`, `${workspaceFolderBasename}`, `${pathSeparator}` and its short form. */
const place: Rule = {
  pattern: /\$\{(userHome|workspaceFolder|workspaceFolderBasename|pathSeparator|\/)\}/y,
  make: ([text, name = '']) => ({
    kind: isPlace(name) ? places[name] : 'path-separator',
    text,
  }),
}

const input: Rule = {
  pattern: /\$\{input:([^}]+)\}/y,
  make: ([text, id = '']) => ({ kind: 'input', text, id }),
}

const bracedFile: Rule = {
  pattern: /\$\{file:([^}]+)\}/y,
  make: ([text, path = '']) => ({ kind: 'file', text, path }),
}

const opencodeFile: Rule = {
  pattern: /\{file:([^}]+)\}/y,
  make: ([text, path = '']) => ({ kind: 'file', text, path }),
}

/** In each list the first rule that matches at a place wins. */
const rules: Readonly<Record<Dialect, readonly Rule[]>> = {
  literal: [secretRule],
  // Places go before variables: `${userHome}` would otherwise be a variable of that name.
  native: [secretRule, place, prefixedVariable, input, bracedVariable],
  'claude-code': [secretRule, bracedVariable],
  cursor: [secretRule, place, prefixedVariable, input],
  vscode: [secretRule, place, prefixedVariable, input],
  windsurf: [secretRule, place, prefixedVariable, bracedFile],
  gemini: [secretRule, bracedVariable, dollarVariable],
  opencode: [secretRule, opencodeVariable, opencodeFile],
  continue: [secretRule, continueSecret],
  librechat: [secretRule, bareBracedVariable],
}

/**
 * Takes a value apart as its dialect means it. What is no reference in that dialect is text, so joining the `text` of all
 * segments gives the value back.
 */
export function parseSegments(dialect: Dialect, value: string): Segment[] {
  const source = parseExternalReference(value)
  return source === null ? parseInner(dialect, value) : [{ kind: 'external', text: value, source }]
}

/** The same for a part of a value: one that is fetched from elsewhere is so as a whole. */
export function parseInner(dialect: Dialect, value: string): Segment[] {
  const segments: Segment[] = []
  let textStart = 0
  let index = 0
  while (index < value.length) {
    const reference = matchAt(rules[dialect], value, index)
    if (reference === null) {
      index += 1
      continue
    }
    if (textStart < index) segments.push({ kind: 'text', text: value.slice(textStart, index) })
    segments.push(reference)
    index += reference.text.length
    textStart = index
  }
  if (textStart < value.length) segments.push({ kind: 'text', text: value.slice(textStart) })
  return segments
}

function matchAt(candidates: readonly Rule[], value: string, index: number): Reference | null {
  // Every reference starts with one of these; testing for them first keeps long plain values cheap.
  if (!'${s'.includes(value.charAt(index))) return null
  for (const { pattern, make } of candidates) {
    pattern.lastIndex = index
    const match = pattern.exec(value)
    if (match !== null) return make(match)
  }
  return null
}

/** The references of a value in its dialect, in order, those inside a fallback included. */
export function findReferences(dialect: Dialect, value: string): Reference[] {
  return referencesIn(parseSegments(dialect, value))
}

function referencesIn(segments: readonly Segment[]): Reference[] {
  return segments.flatMap((segment) => {
    if (segment.kind === 'text') return []
    const inner = segment.kind === 'env' ? referencesIn(segment.fallback ?? []) : []
    return [segment, ...inner]
  })
}
