import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { ServerId } from '../../shared/domain/ids.ts'
import { type Inventory, inventorySchema } from '../../shared/domain/inventory.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'

/** Longer inventories are not kept, in characters of JSON: all are written at each change of one. */
const maxChars = 1_000_000

/** What is kept of one server: what it offered, and a digest of what it ran then. */
export const keptInventorySchema = z.object({ runs: z.string(), inventory: inventorySchema })
type KeptInventories = Readonly<Record<string, z.infer<typeof keptInventorySchema>>>

/**
 * Remembers over restarts of the program what servers offer that start at their use, so that their tools are there before
 * they run. It can be lost: then such a server starts when somebody asks what it offers.
 */
export class InventoryCache {
  readonly #kept: Map<string, z.infer<typeof keptInventorySchema>>
  readonly #save: (kept: KeptInventories) => void
  readonly #redact: (text: string) => string

  /**
   * @param save called with all that is kept after each change.
   * @param redact takes the known secrets out of a text: what a server says of itself may hold its own.
   */
  constructor(
    kept: KeptInventories,
    save: (kept: KeptInventories) => void,
    redact: (text: string) => string,
  ) {
    this.#kept = new Map(Object.entries(kept))
    this.#save = save
    this.#redact = redact
  }

  /** What a server offered last; null where that is not known, or it runs something else now. */
  get(definition: ServerDefinition): Inventory | null {
    const kept = this.#kept.get(definition.id)
    return kept?.runs === digestOf(definition) ? kept.inventory : null
  }

  /** Keeps what a server offers, where it is to be known while it does not run. */
  keep(definition: ServerDefinition, inventory: Inventory): void {
    const { start, idleStopMs } = definition.supervision
    if (start !== 'on-demand' && idleStopMs === null) return
    const text = JSON.stringify(inventory, (_key, value: unknown) =>
      typeof value === 'string' ? this.#redact(value) : value,
    )
    if (text.length > maxChars) {
      this.forget(definition.id)
      return
    }
    const runs = digestOf(definition)
    const before = this.#kept.get(definition.id)
    const clean = inventorySchema.parse(JSON.parse(text))
    if (before?.runs === runs && isSameOffer(before.inventory, clean)) return
    this.#kept.set(definition.id, { runs, inventory: clean })
    this.#save(Object.fromEntries(this.#kept))
  }

  /** Forgets a server. */
  forget(id: ServerId): void {
    if (this.#kept.delete(id)) this.#save(Object.fromEntries(this.#kept))
  }
}

function digestOf({ transport, project, dialect }: ServerDefinition): string {
  return createHash('sha256')
    .update(JSON.stringify([transport, project, dialect]))
    .digest('base64url')
}

function isSameOffer(a: Inventory, b: Inventory): boolean {
  return JSON.stringify({ ...a, at: 0 }) === JSON.stringify({ ...b, at: 0 })
}
