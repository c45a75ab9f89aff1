import type { Dialect } from '../../../shared/domain/server-definition.ts'
import { assertNever } from '../../../shared/lib/assert-never.ts'
import { parseSegments, type Segment } from './parse-references.ts'

/**
 * True when two values come to the same wherever all their variables are set: `${env:X}` in Cursor means what `${X}` means
 * in Claude Code. What a client makes of an unset variable is not compared.
 */
export function sameMeaning(
  dialectA: Dialect,
  valueA: string,
  dialectB: Dialect,
  valueB: string,
): boolean {
  return meaningOf(dialectA, valueA) === meaningOf(dialectB, valueB)
}

/** A text that two values share exactly when they have the same meaning. */
export function meaningOf(dialect: Dialect, value: string): string {
  return JSON.stringify(parseSegments(dialect, value).map(segmentMeaning))
}

function segmentMeaning(segment: Segment): unknown[] {
  switch (segment.kind) {
    case 'text':
      return ['text', segment.text]
    case 'env':
      return ['env', segment.name, segment.fallback?.map(segmentMeaning) ?? null]
    case 'input':
      return ['input', segment.id]
    case 'file':
      return ['file', segment.path]
    case 'secret':
      return ['secret', segment.name]
    case 'external':
      return ['external', segment.text]
    case 'user-home':
    case 'workspace-folder':
    case 'workspace-folder-basename':
    case 'path-separator':
      return [segment.kind]
    default:
      return assertNever(segment)
  }
}
