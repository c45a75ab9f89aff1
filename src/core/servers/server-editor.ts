import type { ServerDraft, ServerPatch } from '../../shared/contract/servers.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { SecretName, ServerId } from '../../shared/domain/ids.ts'
import type { ServerDefinition, Transport } from '../../shared/domain/server-definition.ts'
import { isServerName } from '../../shared/domain/server-name.ts'
import { defaultSupervision } from '../../shared/domain/supervision.ts'
import { extractBesideReferences } from '../secrets/extract-beside-references.ts'
import { inputsOf } from '../secrets/input-secrets.ts'
import { secretNamesInTransport } from '../secrets/secret-references.ts'
import type { VaultHolder } from '../secrets/vault-holder.ts'
import { withoutStrayNames } from '../secrets/without-stray-names.ts'
import { copyName, copySecretNames } from './copy-server.ts'
import { createServerId, type ServerRegistry } from './server-registry.ts'

/** Adds, copies and changes servers by a person's hand, and keeps their secrets in the vault. */
export class ServerEditor {
  readonly #registry: ServerRegistry
  readonly #vault: VaultHolder

  constructor(registry: ServerRegistry, vault: VaultHolder) {
    this.#registry = registry
    this.#vault = vault
  }

  /**
   * Adds a server, switched off. Throws `name_taken`, `invalid_input`, or the vault's errors where it has a literal
   * credential that cannot be kept; nothing is stored then.
   */
  async add(draft: ServerDraft): Promise<ServerDefinition> {
    const project = draft.project ?? null
    const id = createServerId()
    const dialect = 'native'
    const name = validName(draft.name)
    const transport = await this.#keepSecrets(draft.name, draft.transport, draft.keepInVault ?? [])
    const server: ServerDefinition = {
      id,
      name,
      scope: draft.scope ?? (project === null ? 'user' : 'local'),
      project,
      enabled: false,
      transport,
      dialect,
      inputs: inputsOf({ id, dialect, transport, sources: [] }, [], null),
      timeouts: draft.timeouts ?? { startMs: null, callMs: null },
      supervision: draft.supervision ?? defaultSupervision,
      tools: draft.tools ?? { allow: null, deny: [] },
      sources: [],
      editedHere: false,
    }
    await this.#registry.add([server])
    return server
  }

  /** Changes a server. Throws as `add`, and `not_found`. */
  async edit(id: ServerId, patch: ServerPatch): Promise<ServerDefinition> {
    const before = this.#registry.get(id)
    await this.#keepInputs(
      { ...before, transport: patch.transport ?? before.transport },
      patch.inputValues ?? {},
    )
    const own = new Set(secretNamesInTransport(before.transport))
    const transport =
      patch.transport === undefined
        ? before.transport
        : await this.#keepSecrets(before.name, patch.transport, patch.keepInVault ?? [])
    const server = await this.#registry.change(id, (current) => {
      const chosen = patch.transport === undefined ? current.transport : transport
      const next: ServerDefinition = {
        ...current,
        name: patch.name === undefined ? current.name : validName(patch.name),
        transport: chosen,
        inputs: inputsOf({ ...current, transport: chosen }, current.inputs, null),
        timeouts: patch.timeouts ?? current.timeouts,
        supervision: patch.supervision ?? current.supervision,
        tools: patch.tools ?? current.tools,
      }
      // A secret that was given anew has another name, and so changes the transport.
      return { ...next, editedHere: current.editedHere || runsOtherwise(current, next) }
    })
    await this.#forgetUnused(own)
    return server
  }

  /**
   * Adds a copy under a free name, switched off, with copies of its secrets: to change one server's changes nothing of the
   * other. It is no client's entry, so no import touches it. Throws `not_found`, or the vault's errors where it has secrets.
   */
  async duplicate(id: ServerId): Promise<ServerDefinition> {
    const original = this.#registry.get(id)
    const name = copyName(original, this.#registry.list())
    const copy: ServerDefinition = {
      ...original,
      id: createServerId(),
      name,
      enabled: false,
      sources: [],
      editedHere: false,
    }
    const { server, names } = await copySecretNames(copy, this.#registry.secretNames(), this.#vault)
    const values = new Map<SecretName, string>()
    for (const [from, to] of names) {
      const value = await this.#vault.get(from)
      // A reference without a value stays one, and can be given a value of its own.
      if (value !== null) values.set(to, value)
    }
    await this.#vault.setAll(values)
    await this.#registry.add([server])
    return server
  }

  async #keepInputs(
    server: ServerDefinition,
    values: Readonly<Record<string, string>>,
  ): Promise<void> {
    const inputs = inputsOf(server, server.inputs, null)
    const known = inputs.map((input) => input.id)
    const unknown = Object.keys(values).find((inputId) => !known.includes(inputId))
    if (unknown !== undefined) {
      throw new AppError('invalid_input', {
        reason: `${server.name} has no input ${unknown}; it has: ${known.join(', ') || 'none'}.`,
      })
    }
    const given = new Map(Object.entries(values))
    for (const { id, secret } of inputs) {
      const value = given.get(id)
      if (value !== undefined) await this.#vault.set(secret, value)
    }
  }

  /**
   * Moves literal credentials to the vault. What a person writes as `secret://name` is a reference, also to a secret that has
   * no value yet: it is given one later.
   */
  async #keepSecrets(
    name: string,
    transport: Transport,
    chosen: readonly string[],
  ): Promise<Transport> {
    const used = this.#registry.secretNames()
    const meant = new Set(secretNamesInTransport(transport))
    const extraction = await withoutStrayNames(
      this.#vault,
      (isStray) =>
        extractBesideReferences(name, transport, {
          isTaken: (candidate) => used.has(candidate) || meant.has(candidate) || isStray(candidate),
          chosen,
        }),
      ({ secrets }) => secrets.map((secret) => secret.name),
    )
    await this.#vault.setAll(
      new Map(extraction.secrets.map((secret) => [secret.name, secret.value])),
    )
    return extraction.transport
  }

  async #forgetUnused(names: ReadonlySet<SecretName>): Promise<void> {
    if (names.size === 0 || !(await this.#vault.isReady())) return
    const used = this.#registry.secretNames()
    for (const name of names) {
      if (!used.has(name)) await this.#vault.delete(name)
    }
  }
}

function runsOtherwise(a: ServerDefinition, b: ServerDefinition): boolean {
  return launchText(a) !== launchText(b)
}

function launchText({ transport, timeouts, tools }: ServerDefinition): string {
  return JSON.stringify([transport, timeouts, tools])
}

function validName(name: string): string {
  // Control characters would break every list that shows it.
  if (!isServerName(name)) {
    throw new AppError('invalid_input', {
      reason: 'A name has 1 to 100 characters, none of them a control character.',
    })
  }
  return name.trim()
}
