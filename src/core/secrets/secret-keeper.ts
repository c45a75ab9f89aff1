import type { SecretCommand, SecretsState, SecretView } from '../../shared/contract/secrets.ts'
import { AppError } from '../../shared/domain/errors.ts'
import { parseExternalReference } from '../../shared/domain/external-reference.ts'
import type { SecretName, ServerId } from '../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { createTurns } from '../../shared/lib/take-turns.ts'
import type { MoveStore } from '../clients/literals/move-store.ts'
import type { ServerRegistry } from '../servers/server-registry.ts'
import { isOwnSecretName } from './own-secret-name.ts'
import type { SecretRecords } from './secret-records.ts'
import { secretNamesIn, transportTexts } from './secret-references.ts'
import type { VaultHolder } from './vault-holder.ts'

/** What the keeper needs. */
export interface SecretKeeperServices {
  readonly registry: ServerRegistry
  readonly vault: VaultHolder
  readonly records: SecretRecords
  /** What relies on secrets beside the definitions. */
  readonly moves: Pick<MoveStore, 'list' | 'rename' | 'onDidChange'>
}

/** Names that the program gives itself: its own secrets, and the values of inputs. */
const reservedName = /^(?:oauth|input|backup)\./

/** Who uses a secret, and which input's value it is. */
interface Uses {
  readonly users: SecretView['users']
  inputId: string | null
  /** The input goes on without a value. */
  hasDefault: boolean
}

const noUses: Uses = { users: [], inputId: null, hasDefault: false }

/** Looks after the secrets by a person's hand: who uses which, another value, another name, an end. */
export class SecretKeeper {
  readonly #services: SecretKeeperServices
  /** Whether the vault holds a secret, as far as it was asked since it last changed. */
  readonly #presence = new Map<SecretName, boolean>()
  /** For what a person changes: a name that is free is still free when it is taken, and a rename moves the newest value. */
  readonly #inTurn = createTurns()

  constructor(services: SecretKeeperServices) {
    this.#services = services
    const { vault, records } = services
    vault.onDidChange(() => this.#presence.clear())
    vault.onDidStore(async (names, isStored) => {
      for (const name of names) this.#presence.set(name, isStored)
      await (isStored ? records.noteStored(names) : records.noteDeleted(names))
    })
  }

  /** Every secret and every command that gives one. Never fails for a vault that is closed: it is then not known what it holds. */
  async state(): Promise<SecretsState> {
    const { records, vault } = this.#services
    const uses = this.#uses()
    const names = [...new Set([...records.names(), ...uses.keys()])]
      .filter((name) => !isOwnSecretName(name))
      .toSorted()
    const isReady = await vault.isReady()
    const secrets: SecretView[] = []
    for (const name of names) {
      const { users, inputId, hasDefault } = uses.get(name) ?? noUses
      const status = isReady ? await this.#statusOf(name) : 'unknown'
      // Nobody has to give it: its default does.
      if (hasDefault && status === 'missing') continue
      const files = this.#filesOf(name)
      secrets.push({ name, status, ...records.get(name), users: [...users], inputId, files })
    }
    return { secrets, commands: this.#commands() }
  }

  /** Told when `state` may have changed. The answer ends it. */
  onDidChange(listener: () => void): () => void {
    const { registry, vault, records } = this.#services
    const ends = [
      registry.onDidChange(listener),
      vault.onDidChange(listener),
      records.onDidChange(listener),
      this.#services.moves.onDidChange(listener),
    ]
    return () => {
      for (const end of ends) end()
    }
  }

  /** Stores a new secret. Throws `invalid_input` where the name is taken, or the vault's errors. */
  async add(name: SecretName, value: string): Promise<void> {
    await this.#inTurn(async () => {
      await this.#assertFree(name)
      await this.#services.vault.set(name, value)
    })
  }

  /**
   * Gives a secret another value, also one that servers refer to and that is missing. Throws `secret_not_found` or the vault's
   * errors. Answers with the servers that refer to it.
   */
  async replace(name: SecretName, value: string): Promise<readonly ServerId[]> {
    this.#assertPersons(name)
    return await this.#inTurn(async () => {
      const { users, inputId } = this.#usesOf(name)
      const isKnown = users.length > 0 || inputId !== null
      if (!isKnown && !(await this.#services.vault.has(name))) throw this.#notFound(name)
      await this.#services.vault.set(name, value)
      return users.filter(({ isRemoved }) => !isRemoved).map(({ id }) => id)
    })
  }

  /**
   * Gives a secret another name: first the copy, then all definitions in one step, then the old one goes. Whenever this is
   * interrupted, every definition refers to a secret that is there. Throws `secret_not_found`, `invalid_input`, or the vault's errors.
   */
  async rename(from: SecretName, to: SecretName): Promise<void> {
    const { registry, vault, records, moves } = this.#services
    if (this.#usesOf(from).inputId !== null) {
      throw new AppError('invalid_input', {
        reason: 'It is the value of an input and is bound to the servers that ask for it.',
      })
    }
    if (from === to) return
    await this.#inTurn(async () => {
      const value = await this.reveal(from)
      await this.#assertFree(to)
      await vault.set(to, value)
      await registry.renameSecrets(new Map([[from, to]]))
      await moves.rename(from, to)
      await records.noteRenamed(from, to)
      await vault.delete(from)
    })
  }

  /** Deletes a secret, whoever uses it. Throws `secret_not_found` or the vault's errors. */
  async delete(name: SecretName): Promise<void> {
    this.#assertPersons(name)
    const isDeleted = await this.#inTurn(() => this.#services.vault.delete(name))
    if (!isDeleted) throw this.#notFound(name)
  }

  /** The value. Throws `secret_not_found` or the vault's errors. */
  async reveal(name: SecretName): Promise<string> {
    this.#assertPersons(name)
    const value = await this.#services.vault.get(name)
    if (value === null) throw this.#notFound(name)
    return value
  }

  /** Stores consent to a command of a server, or takes it back. Throws `not_found` or `invalid_input`. */
  async allowCommand(serverId: ServerId, command: string, isAllowed: boolean): Promise<void> {
    const { registry, records } = this.#services
    if (isAllowed && !commandsIn(registry.get(serverId)).includes(command)) {
      throw new AppError('invalid_input', { reason: 'The server has no such command.' })
    }
    await records.allowCommand(serverId, command, isAllowed)
  }

  async #statusOf(name: SecretName): Promise<SecretView['status']> {
    const known = this.#presence.get(name)
    if (known !== undefined) return known ? 'stored' : 'missing'
    try {
      const isThere = await this.#services.vault.has(name)
      this.#presence.set(name, isThere)
      return isThere ? 'stored' : 'missing'
    } catch (error) {
      // It was locked meanwhile.
      if (error instanceof AppError) return 'unknown'
      throw error
    }
  }

  /** Throws `secret_not_found` for a token or a key: it is no person's to read or to change. */
  #assertPersons(name: SecretName): void {
    if (isOwnSecretName(name)) throw this.#notFound(name)
  }

  async #assertFree(name: SecretName): Promise<void> {
    const { registry, vault } = this.#services
    if (reservedName.test(name)) {
      throw new AppError('invalid_input', {
        field: 'name',
        reason: 'Names that begin with "oauth.", "input." or "backup." are for MCP Manager itself.',
      })
    }
    if ((await vault.has(name)) || registry.secretNames().has(name)) {
      throw new AppError('invalid_input', {
        field: 'name',
        reason: `There is a secret named ${name} already, or a server refers to one.`,
      })
    }
  }

  #filesOf(name: SecretName): string[] {
    const files = this.#services.moves
      .list()
      .flatMap(({ client, file, needs }) =>
        client !== null && needs.some((need) => need.name === name) ? file : [],
      )
    return [...new Set(files)]
  }

  #notFound(name: SecretName): AppError {
    const known = this.#services.records.names().filter((one) => !isOwnSecretName(one))
    return new AppError('secret_not_found', { name, known })
  }

  #usesOf(name: SecretName): Uses {
    return this.#uses().get(name) ?? noUses
  }

  #uses(): Map<SecretName, Uses> {
    const { registry } = this.#services
    const uses = new Map<SecretName, Uses>()
    const note = (name: SecretName, server: ServerDefinition, isRemoved: boolean) => {
      const held = uses.get(name) ?? { users: [], inputId: null, hasDefault: false }
      held.users.push({ id: server.id, name: server.name, isRemoved })
      uses.set(name, held)
    }
    const all = [
      ...registry.list().map((server) => ({ server, isRemoved: false })),
      ...registry.removed().map(({ server }) => ({ server, isRemoved: true })),
    ]
    for (const { server, isRemoved } of all) {
      for (const name of secretNamesIn(server)) note(name, server, isRemoved)
      for (const input of server.inputs) {
        const held = uses.get(input.secret)
        if (held === undefined) continue
        held.inputId = input.id
        held.hasDefault ||= input.default !== null
      }
    }
    return uses
  }

  #commands(): SecretCommand[] {
    const { registry, records } = this.#services
    return registry.list().flatMap((server) =>
      commandsIn(server).map((command) => ({
        serverId: server.id,
        serverName: server.name,
        command,
        isAllowed: records.isCommandAllowed(server.id, command),
      })),
    )
  }
}

/** The commands of a definition whose output is a secret, each once. */
function commandsIn({ transport }: ServerDefinition): readonly string[] {
  const commands = transportTexts(transport).flatMap((text) => {
    const reference = parseExternalReference(text)
    return reference?.kind === 'exec' ? [reference.command] : []
  })
  return [...new Set(commands)]
}
