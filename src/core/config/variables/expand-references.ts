import { posix, win32 } from 'node:path'
import type { Dialect } from '../../../shared/domain/server-definition.ts'
import { assertNever } from '../../../shared/lib/assert-never.ts'
import { parseSegments, type Reference, type Segment } from './parse-references.ts'

/** Where the values of references come from. Each lookup answers null for what is not there. */
export interface ExpansionContext {
  /** The environment that variables are read from. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly homeDir: string
  /** The project's folder; null for a server without one. */
  readonly workspaceFolder: string | null
  /** The content of a file. The path is as the reference gives it, with a leading `~/` replaced by the home directory. */
  readonly readFile: (path: string) => string | null
  readonly input: (id: string) => string | null
  readonly secret: (name: string) => string | null
  /** The value of a reference to elsewhere, by its text. */
  readonly external: (text: string) => string | null
}

/** A value with its references filled in. */
export interface Expansion {
  readonly value: string
  /**
   * What had no value, each once and in order: a variable by its name, anything else as `secret://name`, `input:id`,
   * `file:path`, `workspaceFolder`, or the text of a reference to elsewhere. A variable with a fallback is never among them.
   */
  readonly unset: readonly string[]
}

/**
 * Fills in the references of a value as its dialect means them. One pass: text that comes out of a variable, a file or a secret
 * is never looked at again, so it cannot smuggle in another reference. What has no value stays as it stands, but for
 * variables that the dialect takes as empty.
 */
export function expandReferences(
  dialect: Dialect,
  value: string,
  context: ExpansionContext,
): Expansion {
  const unset = new Set<string>()
  const expanded = expandSegments(parseSegments(dialect, value), context, unset)
  return { value: expanded, unset: [...unset] }
}

function expandSegments(
  segments: readonly Segment[],
  context: ExpansionContext,
  unset: Set<string>,
): string {
  return segments
    .map((segment) =>
      segment.kind === 'text' ? segment.text : expandReference(segment, context, unset),
    )
    .join('')
}

function expandReference(
  reference: Reference,
  context: ExpansionContext,
  unset: Set<string>,
): string {
  const orUnset = (value: string | null, name: string): string => {
    if (value === null) unset.add(name)
    return value ?? reference.text
  }
  const path = context.platform === 'win32' ? win32 : posix
  switch (reference.kind) {
    case 'env': {
      // Own properties only: a variable called `constructor` must not find Object's.
      const value = Object.hasOwn(context.env, reference.name)
        ? context.env[reference.name]
        : undefined
      if (value !== undefined) return value
      if (reference.fallback !== null) return expandSegments(reference.fallback, context, unset)
      unset.add(reference.name)
      return reference.whenUnset === 'empty' ? '' : reference.text
    }
    case 'user-home':
      return context.homeDir
    case 'workspace-folder':
      return orUnset(context.workspaceFolder, 'workspaceFolder')
    case 'workspace-folder-basename':
      return orUnset(
        context.workspaceFolder === null ? null : path.basename(context.workspaceFolder),
        'workspaceFolder',
      )
    case 'path-separator':
      return path.sep
    case 'input':
      return orUnset(context.input(reference.id), `input:${reference.id}`)
    case 'file': {
      const file = pathOfReference(reference.path, context.homeDir)
      return orUnset(context.readFile(file)?.trim() ?? null, `file:${reference.path}`)
    }
    case 'secret':
      return orUnset(context.secret(reference.name), reference.text)
    case 'external':
      return orUnset(context.external(reference.text), reference.text)
    default:
      return assertNever(reference)
  }
}

/** The path of a file reference, with a leading `~/` replaced by the home directory. */
export function pathOfReference(path: string, homeDir: string): string {
  return path.replace(/^~(?=[/\\])/, () => homeDir)
}
