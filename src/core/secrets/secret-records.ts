import * as z from 'zod'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import {
  type SecretName,
  type ServerId,
  secretNameSchema,
  serverIdSchema,
} from '../../shared/domain/ids.ts'
import { openStateFile, type StateFile } from '../storage/state-file.ts'

/** Moments in milliseconds since the Unix epoch; null where nothing is known. */
const recordSchema = z.object({
  createdAt: z.number().nullable(),
  changedAt: z.number().nullable(),
  lastUsedAt: z.number().nullable(),
})

/** What is known of a secret beside its value. */
export type SecretRecord = Readonly<z.infer<typeof recordSchema>>

const nothingKnown: SecretRecord = { createdAt: null, changedAt: null, lastUsedAt: null }

const stateSchema = z.object({
  secrets: z.record(secretNameSchema, recordSchema),
  /** Commands of `exec:` references, letter by letter, by the server that they were allowed for. */
  allowedCommands: z.array(
    z.object({ serverId: serverIdSchema, command: z.string(), allowedAt: z.number() }),
  ),
})
type State = z.infer<typeof stateSchema>

/** How soon a use is written down, in milliseconds: thirty servers that start together are one write. */
const usesLagMs = 1_000

/** What the records need. */
export interface SecretRecordsOptions {
  /** Absolute path of the file. */
  readonly file: string
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  readonly onNotice: (notice: ErrorInfo) => void
  /** Told where something could not be written down that can be done without. */
  readonly onFault: (error: unknown) => void
}

/**
 * Which secrets there are, since when, and when each was used last: a keychain cannot be asked for that. Never holds a value.
 * Also which commands a person allowed to give secrets.
 */
export class SecretRecords {
  readonly #state: StateFile<State>
  readonly #options: SecretRecordsOptions
  readonly #uses = new Map<SecretName, number>()
  readonly #listeners = new Set<() => void>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  private constructor(state: StateFile<State>, options: SecretRecordsOptions) {
    this.#state = state
    this.#options = options
  }

  /** Reads the file; a damaged one starts anew and is kept aside. */
  static async open(options: SecretRecordsOptions): Promise<SecretRecords> {
    const state = await openStateFile<State>({
      file: options.file,
      version: 1,
      migrations: {},
      schema: stateSchema,
      defaults: () => ({ secrets: {}, allowedCommands: [] }),
      now: options.now,
      onNotice: options.onNotice,
    })
    return new SecretRecords(state, options)
  }

  /** The secrets that were stored and not deleted since this program keeps records. */
  names(): readonly SecretName[] {
    return Object.keys(this.#state.get().secrets).map((name) => secretNameSchema.parse(name))
  }

  /** What is known of a secret. */
  get(name: SecretName): SecretRecord {
    const { secrets } = this.#state.get()
    const record = Object.hasOwn(secrets, name) ? secrets[name] : undefined
    const usedAt = this.#uses.get(name)
    return { ...(record ?? nothingKnown), ...(usedAt !== undefined && { lastUsedAt: usedAt }) }
  }

  /** Values were stored. Resolves once that is written down; never rejects. */
  async noteStored(names: readonly SecretName[]): Promise<void> {
    const at = this.#options.now()
    await this.#write((state) => {
      const records = names.map((name) => {
        const held = this.get(name)
        return [name, { ...held, createdAt: held.createdAt ?? at, changedAt: at }] as const
      })
      return { ...state, secrets: { ...state.secrets, ...Object.fromEntries(records) } }
    })
  }

  /** Secrets are gone. As `noteStored`. */
  async noteDeleted(names: readonly SecretName[]): Promise<void> {
    for (const name of names) this.#uses.delete(name)
    await this.#write((state) => {
      if (!names.some((name) => Object.hasOwn(state.secrets, name))) return state
      const kept = Object.entries(state.secrets).filter(
        ([name]) => !names.some((one) => one === name),
      )
      return { ...state, secrets: Object.fromEntries(kept) }
    })
  }

  /** A launch took a secret. */
  noteUsed(name: SecretName): void {
    this.#uses.set(name, this.#options.now())
    this.#timer ??= setTimeout(() => this.#writeUses(), usesLagMs)
    // The end of the program writes them too.
    this.#timer.unref()
  }

  /** Hands on what is known of a secret to its new name. As `noteStored`. */
  async noteRenamed(from: SecretName, to: SecretName): Promise<void> {
    const record = this.get(from)
    this.#uses.delete(from)
    await this.#write((state) => {
      const { [from]: _gone, ...secrets } = state.secrets
      return { ...state, secrets: { ...secrets, [to]: record } }
    })
  }

  /** Whether a person allowed exactly this command for this server. */
  isCommandAllowed(serverId: ServerId, command: string): boolean {
    const { allowedCommands } = this.#state.get()
    return allowedCommands.some((one) => one.serverId === serverId && one.command === command)
  }

  /** Stores a person's consent, or takes it back. Throws `state_read_only`. */
  async allowCommand(serverId: ServerId, command: string, isAllowed: boolean): Promise<void> {
    const allowedAt = this.#options.now()
    await this.#state.update((state) => {
      const others = state.allowedCommands.filter(
        (one) => one.serverId !== serverId || one.command !== command,
      )
      const own = isAllowed ? [{ serverId, command, allowedAt }] : []
      return { ...state, allowedCommands: [...others, ...own] }
    })
    this.#announce()
  }

  /** Told after each change. The answer ends it. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Resolves once everything is written. Never rejects. */
  async close(): Promise<void> {
    this.#writeUses()
    await this.#writing
  }

  #writeUses(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#uses.size === 0) return
    const uses = new Map(this.#uses)
    const written = this.#write((state) => {
      const secrets = { ...state.secrets }
      for (const [name, lastUsedAt] of uses) {
        secrets[name] = { ...(secrets[name] ?? nothingKnown), lastUsedAt }
      }
      return { ...state, secrets }
    })
    void written.then(() => {
      for (const [name, at] of uses) if (this.#uses.get(name) === at) this.#uses.delete(name)
    })
  }

  /** What cannot be written does no harm to the secrets, and stops nobody. */
  #write(change: (state: State) => State): Promise<void> {
    this.#writing = this.#state.update(change).then(
      () => this.#announce(),
      (error: unknown) => this.#options.onFault(error),
    )
    return this.#writing
  }

  #announce(): void {
    for (const listener of this.#listeners) listener()
  }
}
