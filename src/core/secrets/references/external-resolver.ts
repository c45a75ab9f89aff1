import type { ExternalReference } from '../../../shared/domain/external-reference.ts'
import type { ServerDefinition } from '../../../shared/domain/server-definition.ts'
import { assertNever } from '../../../shared/lib/assert-never.ts'
import { resolveEnvironment } from './resolve-environment.ts'
import { resolveExec } from './resolve-exec.ts'
import { resolveFile } from './resolve-file.ts'
import { type HashicorpVaultServices, resolveHashicorpVault } from './resolve-hashicorp-vault.ts'
import { resolveOnePassword } from './resolve-one-password.ts'

/** The launch that a value is fetched for. */
export interface ReferenceLaunch {
  readonly definition: Pick<ServerDefinition, 'id' | 'name'>
  /** The environment that servers start from. */
  readonly env: Readonly<Record<string, string>>
  /** Told what a person should know of a value that is used all the same. */
  readonly onWarning: (text: string) => void
}

/** What the kinds of reference need beside the launch. */
export interface ExternalServices extends HashicorpVaultServices {
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

/** Fetches values as a launch does. */
export function createExternalResolver(services: ExternalServices): ResolveExternal {
  return async (reference, launch) => {
    switch (reference.kind) {
      case 'env':
        return resolveEnvironment(reference, launch)
      case 'file':
        return await resolveFile(reference, launch, services)
      case 'op':
        return await resolveOnePassword(reference, launch, services)
      case 'vault':
        return await resolveHashicorpVault(reference, launch, services)
      case 'exec':
        return await resolveExec(reference, launch, services)
      default:
        return assertNever(reference)
    }
  }
}

/** A reference of one kind. */
export type ReferenceOf<Kind extends ExternalReference['kind']> = Extract<
  ExternalReference,
  { readonly kind: Kind }
>
