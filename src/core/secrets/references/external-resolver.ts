import { assertNever } from '../../../shared/lib/assert-never.ts'
import { resolveEnvironment } from './resolve-environment.ts'
import { resolveExec } from './resolve-exec.ts'
import type { ExternalServices, ResolveExternal } from './resolve-external.ts'
import { resolveFile } from './resolve-file.ts'
import { resolveHashicorpVault } from './resolve-hashicorp-vault.ts'
import { resolveOnePassword } from './resolve-one-password.ts'

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
