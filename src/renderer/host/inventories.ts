import { create } from 'zustand'
import type { InventoryEvent } from '../../shared/contract/tools.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { Inventory } from '../../shared/domain/inventory.ts'

interface InventoriesState {
  /** False until the host has told all of them once. */
  readonly isKnown: boolean
  readonly byServer: ReadonlyMap<ServerId, Inventory>
}

/** What each running server offers, live. */
export const useInventories = create<InventoriesState>(() => ({
  isKnown: false,
  byServer: new Map(),
}))

/** Takes in the events of one subscription: all inventories at first, which replace what was known, then each change. */
export function createInventoryFeed(): (events: readonly InventoryEvent[]) => void {
  let isReady = false
  const known = new Map<ServerId, Inventory>()
  return (events) => {
    for (const event of events) {
      if (event.type === 'listed') known.set(event.inventory.serverId, event.inventory)
      if (event.type === 'gone') known.delete(event.serverId)
      if (event.type === 'ready') isReady = true
    }
    if (isReady) useInventories.setState({ isKnown: true, byServer: new Map(known) })
  }
}
