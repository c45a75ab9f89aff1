import type { SecretName } from '../../../shared/domain/ids.ts'
import type {
  DiffLine,
  KeptReason,
  Move,
  ReferenceNeed,
  Resolver,
} from '../../../shared/domain/literals.ts'
import type { FoundLiteral } from './found-literal.ts'
import type { MoveBackup } from './move-store.ts'

/** A credential that a person wants in the vault. */
export interface LiteralPick {
  readonly literal: FoundLiteral
  readonly name: SecretName
}

/** Something that holds literal credentials: a client's file, or the definitions of this program. */
export interface LiteralSource {
  readonly file: string
  readonly client: Move['client']
  readonly literals: readonly FoundLiteral[]
  /** Why some may have been missed; null: none was. */
  readonly missed: 'damaged' | 'repeated' | null
  /** Who would fill in the reference; null: it has to stay, for the reason of `kept`. */
  readonly fateOf: (literal: FoundLiteral) => {
    readonly resolver: Resolver | null
    readonly kept: KeptReason | null
  }
  /** The move of some of them; null where it cannot be made. Nothing happens before `commit`. */
  readonly plan: (picks: readonly LiteralPick[]) => SourcePlan | null
}

/** A move that was planned. */
export interface SourcePlan {
  readonly lines: readonly DiffLine[]
  readonly needs: readonly ReferenceNeed[]
  /** What the vault is to keep. */
  readonly values: ReadonlyMap<SecretName, string>
  /** All that is changed, values included: two plans with the same are the same. Never to be stored or shown. */
  readonly change: string
  readonly backup: MoveBackup
  /** Makes the change. Throws `file_changed` or `state_read_only`; nothing is changed then. */
  readonly commit: () => Promise<void>
  /** What follows from a change that was made, and does not undo it where it fails. */
  readonly settle: () => Promise<void>
}
