import type { ExternalReference } from '../../../shared/domain/external-reference.ts'
import type { SecretName } from '../../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../../shared/domain/server-definition.ts'

/** The launch that a value is fetched for. */
export interface ReferenceLaunch {
  readonly definition: Pick<ServerDefinition, 'id' | 'name'>
  /** The environment that servers start from. */
  readonly env: Readonly<Record<string, string>>
  /** Told what a person should know of a value that is used all the same. */
  readonly onWarning: (text: string) => void
}

/** What the kinds of reference need beside the launch. */
export interface ExternalServices {
  readonly homeDir: string
  readonly readSecret: (name: SecretName) => Promise<string | null>
  /** Told of what is needed on the way to a value and is a secret too. */
  readonly onSecret: (name: string, value: string) => void
  /** Whether a person allowed exactly this command for this server. */
  readonly isCommandAllowed: (id: ServerDefinition['id'], command: string) => boolean
  /** Ends what runs. */
  readonly signal: AbortSignal
}

/**
 * Fetches the value of a reference; it is kept nowhere. Throws `reference_unresolved` or `command_not_allowed`, which a person
 * has to mend, or `reference_unreachable`, which may mend itself.
 */
export type ResolveExternal = (
  reference: ExternalReference,
  launch: ReferenceLaunch,
) => Promise<string>

/** A reference of one kind. */
export type ReferenceOf<Kind extends ExternalReference['kind']> = Extract<
  ExternalReference,
  { readonly kind: Kind }
>
