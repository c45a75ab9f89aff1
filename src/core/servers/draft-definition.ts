import type { ServerDraft } from '../../shared/contract/servers.ts'
import type { SecretName } from '../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { defaultSupervision } from '../../shared/domain/supervision.ts'
import { extractBesideReferences } from '../secrets/extract-beside-references.ts'
import { inputsOf } from '../secrets/input-secrets.ts'
import { secretNamesInTransport } from '../secrets/secret-references.ts'
import { createServerId } from './server-registry.ts'

/** A draft as a definition, which is nowhere stored. */
export interface DraftDefinition {
  readonly definition: ServerDefinition
  /** The literal credentials of the draft, by the names under which the definition refers to them. */
  readonly literals: ReadonlyMap<SecretName, string>
}

/**
 * Makes a definition of a draft without storing anything: its literal credentials become references, so that they are
 * masked and redacted as those of the vault.
 * @param existing the server that is edited, whose dialect, inputs and secrets the draft uses; null for a new one.
 */
export function draftDefinition(
  draft: ServerDraft,
  existing: ServerDefinition | null,
): DraftDefinition {
  const meant = new Set(secretNamesInTransport(draft.transport))
  const name = draft.name.trim() === '' ? 'server' : draft.name.trim()
  const extraction = extractBesideReferences(name, draft.transport, {
    isTaken: (candidate) => meant.has(candidate),
    chosen: draft.keepInVault ?? [],
  })
  const id = existing?.id ?? createServerId()
  const dialect = existing?.dialect ?? 'native'
  const { transport } = extraction
  const sources = existing?.sources ?? []
  const project = draft.project ?? existing?.project ?? null
  return {
    literals: new Map(extraction.secrets.map((secret) => [secret.name, secret.value])),
    definition: {
      id,
      name,
      scope: draft.scope ?? existing?.scope ?? (project === null ? 'user' : 'local'),
      project,
      enabled: false,
      transport,
      dialect,
      inputs: inputsOf({ id, dialect, transport, sources }, existing?.inputs ?? [], null),
      timeouts: draft.timeouts ?? existing?.timeouts ?? { startMs: null, callMs: null },
      supervision: draft.supervision ?? existing?.supervision ?? defaultSupervision,
      tools: draft.tools ?? existing?.tools ?? { allow: null, deny: [] },
      sources: [],
      editedHere: false,
    },
  }
}
