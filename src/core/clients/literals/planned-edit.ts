import type { FoundServer } from '../../../shared/domain/import.ts'
import type { ReferenceNeed } from '../../../shared/domain/literals.ts'
import type { ClientFormat } from '../../../shared/domain/server-definition.ts'
import type { SyntaxKind } from '../syntax/parse-syntax.ts'
import type { TextPath } from './located-text.ts'
import type { Splice } from './splice.ts'

/** A client's file as it is now. */
export interface EditableFile {
  readonly client: ClientFormat
  readonly kind: SyntaxKind
  /** Without a byte order mark. */
  readonly text: string
  readonly servers: readonly FoundServer[]
  /** Reads another version of it. */
  readonly parse: (text: string) => readonly FoundServer[]
}

/** A text that becomes another one: what can be undone by itself. */
export interface ChangedText {
  readonly path: TextPath
  /** For a person. */
  readonly place: string
  readonly before: string
  /** How the file writes that: in quotes or without, escaped or not. */
  readonly written: string
  readonly after: string
}

/** The change of a file by which credentials leave it. */
export interface PlannedEdit {
  /** In file order, without overlap. */
  readonly splices: readonly Splice[]
  readonly after: string
  /** Null where the change cannot be undone text by text. */
  readonly texts: readonly ChangedText[] | null
  readonly needs: readonly ReferenceNeed[]
}
