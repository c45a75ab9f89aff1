import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { ActionEvent } from '../../shared/contract/actions.ts'
import {
  type AutomaticAction,
  automaticActionSchema,
  type NewAction,
  rememberedActions,
} from '../../shared/domain/automatic-action.ts'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import { type ActionId, actionIdSchema } from '../../shared/domain/ids.ts'
import { openStateFile, type StateFile } from '../storage/state-file.ts'

/** How long actions are gathered before they are written, in milliseconds: a crash loop makes many. */
const gatherMs = 1_000

/** Where the actions are kept. */
export interface ActionLogOptions {
  /** Absolute path. */
  readonly file: string
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  readonly onNotice: (notice: ErrorInfo) => void
  /** Told where the actions could not be written; they are then kept in memory. */
  readonly onFault: (error: unknown) => void
}

const storedSchema = z.object({ actions: z.array(automaticActionSchema) })
type Stored = z.infer<typeof storedSchema>

/** Opens the log with the actions of earlier runs. Throws what `openStateFile` throws. */
export async function openActionLog(options: ActionLogOptions): Promise<ActionLog> {
  const file = await openStateFile<Stored>({
    ...options,
    version: 1,
    migrations: {},
    schema: storedSchema,
    defaults: () => ({ actions: [] }),
  })
  return new ActionLog(file, options)
}

/** What the program did by itself and why: the newest 500, over restarts of the program. */
export class ActionLog {
  readonly #file: StateFile<Stored>
  readonly #options: Pick<ActionLogOptions, 'now' | 'onFault'>
  readonly #listeners = new Set<(event: ActionEvent) => void>()
  #actions: readonly AutomaticAction[]
  #timer: NodeJS.Timeout | undefined

  constructor(file: StateFile<Stored>, options: Pick<ActionLogOptions, 'now' | 'onFault'>) {
    this.#file = file
    this.#options = options
    this.#actions = file.get().actions
  }

  /** The remembered actions, the oldest first. */
  list(): readonly AutomaticAction[] {
    return this.#actions
  }

  /** Notes an action and tells the listeners. It is on disk a second later. */
  record(action: NewAction): void {
    const noted: AutomaticAction = { ...action, id: createActionId(), at: this.#options.now() }
    this.#actions = [...this.#actions, noted].slice(-rememberedActions)
    this.#timer ??= setTimeout(() => void this.#write(), gatherMs)
    this.#announce({ type: 'action', action: noted })
  }

  /** Forgets all actions. Throws `state_read_only` where that cannot be stored; they are forgotten in memory then. */
  async clear(): Promise<void> {
    this.#actions = []
    this.#announce({ type: 'cleared' })
    await this.#store()
  }

  /** Told of each action, and when all are forgotten. The answer ends it. */
  onDidChange(listener: (event: ActionEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Writes what waits to be written. */
  async close(): Promise<void> {
    if (this.#timer !== undefined) await this.#write()
  }

  /** Writes for nobody who waits: a failure is told, and the next action tries again. */
  async #write(): Promise<void> {
    try {
      await this.#store()
    } catch (error) {
      this.#options.onFault(error)
    }
  }

  async #store(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#file.update(() => ({ actions: [...this.#actions] }))
  }

  #announce(event: ActionEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}

function createActionId(): ActionId {
  const number = BigInt(`0x${randomBytes(10).toString('hex')}`)
  return actionIdSchema.parse(`act_${number.toString(36).padStart(16, '0').slice(-16)}`)
}
