import { createHmac, randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import type {
  LiteralChoice,
  LiteralPreview,
  LiteralScan,
} from '../../../shared/contract/literals.ts'
import { AppError, type ErrorInfo } from '../../../shared/domain/errors.ts'
import type { SecretName } from '../../../shared/domain/ids.ts'
import type { ClientFile } from '../../../shared/domain/import.ts'
import type { LiteralFile, Move } from '../../../shared/domain/literals.ts'
import { createTurns } from '../../../shared/lib/take-turns.ts'
import { maskedHint } from '../../secrets/masked-hint.ts'
import type { VaultHolder } from '../../secrets/vault-holder.ts'
import type { ServerRegistry } from '../../servers/server-registry.ts'
import { discoverClientFiles } from '../discover-client-files.ts'
import { definitionsSource } from './definitions-source.ts'
import { fileSource } from './file-source.ts'
import { LiteralNames } from './literal-names.ts'
import type { LiteralSource, SourcePlan } from './literal-source.ts'
import type { MoveStore } from './move-store.ts'
import { type WithMoved, withMovedSecrets } from './moved-references.ts'
import { readEditable } from './read-editable.ts'
import { undoMove } from './undo-move.ts'

/** What the mover works on. */
export interface LiteralMoverServices {
  readonly registry: ServerRegistry
  readonly vault: Pick<VaultHolder, 'get' | 'setAll' | 'delete' | 'isReady'>
  readonly moves: MoveStore
  /** The file of the definitions of this program. */
  readonly ownFile: string
  readonly homeDir: string
  readonly env: NodeJS.ProcessEnv
}

/**
 * Finds literal credentials in the files of clients and in the definitions of this program, and moves them to the vault: with a
 * preview, with a backup, and so that it can be undone. One change runs after the other.
 */
export class LiteralMover {
  readonly #services: LiteralMoverServices
  readonly #digestKey = randomBytes(32)
  /** For whom the servers of a file are, as the last scan found out. */
  readonly #known = new Map<string, ClientFile>()
  readonly #inTurn = createTurns()
  readonly #withMoved: WithMoved = (file, servers) => {
    const own = this.moves().filter((move) => move.file === file)
    return servers.map((server) => withMovedSecrets(server, own))
  }

  constructor(services: LiteralMoverServices) {
    this.#services = services
  }

  /** Looks into the given files, or with none into all. Writes nothing. */
  async scan(given: readonly string[]): Promise<LiteralScan> {
    const { registry, vault, ownFile } = this.#services
    const problems: ErrorInfo[] = []
    const sources: LiteralSource[] = []
    const files = given.length > 0 ? given.map((file) => resolve(file)) : await this.#discover()
    for (const file of files) {
      try {
        const source = await this.#source(file)
        sources.push(source)
        if (source.missed !== null) problems.push(missedIn(file, source.missed))
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        problems.push(error.toInfo())
      }
    }
    const isReady = await vault.isReady()
    const names = new LiteralNames(isReady ? vault : null, registry.secretNames())
    const found: LiteralFile[] = []
    for (const source of sources.filter(({ literals }) => literals.length > 0)) {
      found.push(await listed(source, names))
    }
    const readCount = sources.filter(({ file }) => file !== ownFile).length
    return { files: found, readCount, problems }
  }

  /** What was moved, the newest first. */
  moves(): readonly Move[] {
    return this.#services.moves.list()
  }

  /** What a move would change. Throws `file_changed`, `invalid_input`, or `file_unreadable`. */
  async preview(choice: LiteralChoice): Promise<LiteralPreview> {
    const { lines, needs, change } = await this.#plan(choice)
    return { lines: [...lines], needs: [...needs], digest: this.#digestOf(change) }
  }

  /** Makes a move as it was shown. Throws as `preview`, `state_read_only`, or the vault's errors; nothing is changed then. */
  move(choice: LiteralChoice & { readonly digest: string }): Promise<Move> {
    return this.#inTurn(async () => {
      const { moves } = this.#services
      const { file, digest } = choice
      const { client, servers, ...plan } = await this.#plan(choice)
      if (this.#digestOf(plan.change) !== digest) throw new AppError('file_changed', { file })
      const stored = await this.#store(plan)
      let move: Move | null = null
      try {
        move = await moves.add({ file, client, needs: [...plan.needs], servers }, plan.backup)
        await plan.commit()
      } catch (error) {
        // Of two errors the first one is told. A move that cannot be taken off the list can be undone as any other.
        await Promise.allSettled([this.#takeBack(move, stored)])
        throw error
      }
      await plan.settle()
      return move
    })
  }

  /** Puts credentials back. Throws `not_found`, `file_changed`, `state_read_only`, or the vault's errors. */
  undo(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const { moves } = this.#services
      const { move, backup } = await moves.get(id)
      await undoMove(move, backup, {
        registry: this.#services.registry,
        read: async (file) =>
          await readEditable(this.#known.get(file) ?? { file }, this.#services.homeDir),
        withMoved: this.#withMoved,
      })
      await moves.remove(id)
    })
  }

  /** All files that are worth a look: those of clients, and our own. */
  async #discover(): Promise<string[]> {
    const { homeDir, env, registry, ownFile } = this.#services
    const projects = registry.list().flatMap(({ project }) => (project === null ? [] : [project]))
    const found = await discoverClientFiles({
      homeDir,
      env,
      projects: [...new Set(projects)],
      platform: process.platform,
    })
    for (const one of found) this.#known.set(one.file, one)
    return [...found.map(({ file }) => file), ownFile]
  }

  async #source(file: string): Promise<LiteralSource> {
    const { registry, ownFile, homeDir } = this.#services
    if (file === ownFile) return definitionsSource(ownFile, registry)
    const read = await readEditable(this.#known.get(file) ?? { file }, homeDir)
    return fileSource(read, { registry, withMoved: this.#withMoved, variables: this.#variables() })
  }

  /** What variables stand for by earlier moves: all clients share those of one environment. */
  #variables(): ReadonlyMap<string, SecretName> {
    const needs = this.moves().flatMap((move) => move.needs)
    return new Map(
      needs.flatMap(({ resolver, key, name }) =>
        resolver === 'variable' && key !== null ? [[key, name] as const] : [],
      ),
    )
  }

  async #plan({
    file,
    picks,
  }: LiteralChoice): Promise<SourcePlan & Pick<Move, 'client' | 'servers'>> {
    const source = await this.#source(file)
    const byId = new Map(source.literals.map((literal) => [literal.id, literal]))
    const chosen = picks.map(({ id, name }) => {
      const literal = byId.get(id)
      if (literal === undefined) throw new AppError('file_changed', { file })
      return { literal, name }
    })
    const values = new Map<SecretName, string>()
    for (const { literal, name } of chosen) {
      if ((values.get(name) ?? literal.value) !== literal.value) throw nameTaken(name)
      values.set(name, literal.value)
    }
    const isKept = chosen.some(({ literal }) => source.fateOf(literal).kept !== null)
    const plan = isKept ? null : source.plan(chosen)
    if (plan === null) {
      throw new AppError('invalid_input', {
        reason: `Not all of these can be moved out of ${file} in one step.`,
      })
    }
    const servers = chosen.map(({ literal: { section, key }, name }) => ({ section, key, name }))
    return { ...plan, client: source.client, servers }
  }

  /** Puts the values into the vault, all or none. Answers with those that were not there. */
  async #store({ values }: SourcePlan): Promise<SecretName[]> {
    const { vault } = this.#services
    const missing = new Map<SecretName, string>()
    for (const [name, value] of values) {
      const held = await vault.get(name)
      if (held !== null && held !== value) throw nameTaken(name)
      if (held === null) missing.set(name, value)
    }
    try {
      await vault.setAll(missing)
    } catch (error) {
      await Promise.allSettled([this.#forget([...missing.keys()])])
      throw error
    }
    return [...missing.keys()]
  }

  async #takeBack(move: Move | null, stored: readonly SecretName[]): Promise<void> {
    if (move !== null) await this.#services.moves.remove(move.id)
    await this.#forget(stored)
  }

  /** Takes back what was stored for a move that was not made, unless something refers to it all the same. */
  async #forget(names: readonly SecretName[]): Promise<void> {
    const used = this.#services.registry.secretNames()
    for (const name of names) if (!used.has(name)) await this.#services.vault.delete(name)
  }

  /** With a key of its own, so that it tells nothing of the values. */
  #digestOf(change: string): string {
    return createHmac('sha256', this.#digestKey).update(change).digest('base64url')
  }
}

async function listed(source: LiteralSource, names: LiteralNames): Promise<LiteralFile> {
  const literals: LiteralFile['literals'] = []
  for (const literal of source.literals) {
    const { id, server, placeText, value, reason, base } = literal
    const { name, isHeld } = await names.nameOf(server, base, value)
    const masked = maskedHint(value)
    literals.push({
      id,
      server,
      place: placeText,
      masked,
      reason,
      name,
      isHeld,
      ...source.fateOf(literal),
    })
  }
  return { file: source.file, client: source.client, literals }
}

function missedIn(file: string, why: 'damaged' | 'repeated'): ErrorInfo {
  return { code: 'file_unreadable', data: { file, reason: why, [why]: 'yes' } }
}

function nameTaken(name: SecretName): AppError {
  return new AppError('invalid_input', {
    field: 'name',
    reason: `There is a secret named ${name} already, with another value.`,
  })
}
