import { randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { AppError, type ErrorInfo } from '../../../shared/domain/errors.ts'
import { type SecretName, secretNameSchema } from '../../../shared/domain/ids.ts'
import { type Move, moveSchema } from '../../../shared/domain/literals.ts'
import { transportSchema } from '../../../shared/domain/server-definition.ts'
import { seal, sealedSchema, unseal } from '../../secrets/vault-cipher.ts'
import type { VaultHolder } from '../../secrets/vault-holder.ts'
import { errnoOf } from '../../storage/errno.ts'
import { removeLeftovers, replaceFile } from '../../storage/replace-file.ts'
import { openStateFile, type StateFile } from '../../storage/state-file.ts'

/** So many moves can be undone; the backup of the oldest is dropped for a new one. */
const maxBackups = 20

const textSchema = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  place: z.string(),
  before: z.string(),
  written: z.string().optional(),
  after: z.string(),
})

/** What it takes to undo a move. It holds the credentials, so it is stored sealed. */
const backupSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('file'),
    /** The whole file, before and after. */
    before: z.string(),
    after: z.string(),
    /** Null where the change cannot be undone text by text. */
    texts: z.array(textSchema).nullable(),
  }),
  z.object({
    kind: z.literal('definitions'),
    servers: z.array(z.object({ id: z.string(), before: transportSchema, after: transportSchema })),
  }),
])
/** What it takes to undo a move. */
export type MoveBackup = z.infer<typeof backupSchema>

const stateSchema = z.object({ moves: z.array(moveSchema) })

/** What the store needs. */
export interface MoveStoreOptions {
  /** The data directory. */
  readonly root: string
  readonly vault: Pick<VaultHolder, 'get' | 'set' | 'delete'>
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  readonly onNotice: (notice: ErrorInfo) => void
}

/**
 * Which credentials were moved out of which file, and the backup of each such file. A backup is sealed by AES-256-GCM under a
 * key of its own that only the vault holds: no credential is on the disk that was not there before.
 */
export class MoveStore {
  readonly #options: MoveStoreOptions
  readonly #state: StateFile<z.infer<typeof stateSchema>>
  readonly #listeners = new Set<() => void>()

  private constructor(options: MoveStoreOptions, state: StateFile<z.infer<typeof stateSchema>>) {
    this.#options = options
    this.#state = state
  }

  /** Reads the list of moves. */
  static async open(options: MoveStoreOptions): Promise<MoveStore> {
    const state = await openStateFile({
      file: join(options.root, 'moves.json'),
      version: 1,
      migrations: {},
      schema: stateSchema,
      defaults: () => ({ moves: [] }),
      now: options.now,
      onNotice: options.onNotice,
    })
    // A kill while credentials were put back leaves them in a file that nobody knows of.
    const files = new Set(state.get().moves.map(({ file }) => file))
    for (const file of files) await removeLeftovers(file)
    return new MoveStore(options, state)
  }

  /** The newest first. */
  list(): readonly Move[] {
    return this.#state.get().moves
  }

  /** The secrets that clients' files rely on. Those of definitions are theirs. */
  secretNames(): readonly SecretName[] {
    return this.list().flatMap(({ client, needs }) =>
      client === null ? [] : needs.map(({ name }) => name),
    )
  }

  /** Told after each change of the list. The answer ends it. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Notes that a secret has another name. The client's file knows nothing of it. Throws `state_read_only`. */
  async rename(from: SecretName, to: SecretName): Promise<void> {
    if (!this.list().some(({ needs }) => needs.some(({ name }) => name === from))) return
    await this.#update((moves) =>
      moves.map((move) => ({
        ...move,
        needs: move.needs.map((need) => (need.name === from ? { ...need, name: to } : need)),
      })),
    )
  }

  /** Stores a move with its backup. Throws the vault's errors or `state_read_only`; nothing is kept then. */
  async add(move: Omit<Move, 'id' | 'movedAt' | 'canUndo'>, backup: MoveBackup): Promise<Move> {
    const number = BigInt(`0x${randomBytes(10).toString('hex')}`)
    const id = `move_${number.toString(36).padStart(16, '0').slice(-16)}`
    const stored: Move = { ...move, id, movedAt: this.#options.now(), canUndo: true }
    const key = randomBytes(32)
    await this.#options.vault.set(keyName(id), key.toString('base64'))
    try {
      const sealed = seal(key, id, JSON.stringify(backup))
      await replaceFile(this.#fileOf(id), `${JSON.stringify(sealed)}\n`)
      await this.#update((moves) => [stored, ...moves])
    } catch (error) {
      await Promise.allSettled([this.#dropBackup(id)])
      throw error
    }
    await this.#dropOldBackups()
    return stored
  }

  /** A move with its backup. Throws `not_found`, `state_corrupt`, or the vault's errors. */
  async get(id: string): Promise<{ readonly move: Move; readonly backup: MoveBackup }> {
    const move = this.list().find((one) => one.id === id)
    if (move === undefined) throw new AppError('not_found', { name: id, known: [] })
    const file = this.#fileOf(id)
    const key = await this.#options.vault.get(keyName(id))
    const sealed = sealedSchema.safeParse(await readJson(file))
    const text =
      key === null || !sealed.success ? null : unseal(Buffer.from(key, 'base64'), id, sealed.data)
    const backup = backupSchema.safeParse(text === null ? null : JSON.parse(text))
    if (!backup.success) throw new AppError('state_corrupt', { file, reason: 'damaged' })
    return { move, backup: backup.data }
  }

  /** Forgets a move and its backup. Throws the vault's errors or `state_read_only`. */
  async remove(id: string): Promise<void> {
    await this.#update((moves) => moves.filter((one) => one.id !== id))
    await this.#dropBackup(id)
  }

  /** The moves stay on the list: their files still rely on the secrets. */
  async #dropOldBackups(): Promise<void> {
    const old = this.list()
      .filter(({ canUndo }) => canUndo)
      .slice(maxBackups)
      .map(({ id }) => id)
    if (old.length === 0) return
    await this.#update((moves) =>
      moves.map((one) => (old.includes(one.id) ? { ...one, canUndo: false } : one)),
    )
    for (const id of old) await this.#dropBackup(id)
  }

  async #update(change: (moves: readonly Move[]) => Move[]): Promise<void> {
    await this.#state.update(({ moves }) => ({ moves: change(moves) }))
    for (const listener of this.#listeners) listener()
  }

  async #dropBackup(id: string): Promise<void> {
    await rm(this.#fileOf(id), { force: true })
    await this.#options.vault.delete(keyName(id))
  }

  #fileOf(id: string): string {
    return join(this.#options.root, 'backups', `${id}.sealed`)
  }
}

function keyName(id: string): SecretName {
  return secretNameSchema.parse(`backup.${id}`)
}

/** What stands in a file; null where it is not there or is no JSON. */
async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError || errnoOf(error) === 'ENOENT') return null
    throw error
  }
}
