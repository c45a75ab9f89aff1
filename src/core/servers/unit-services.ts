import type { NewAction } from '../../shared/domain/automatic-action.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { Inventory } from '../../shared/domain/inventory.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { InventoryCache } from './inventory-cache.ts'
import type { LaunchServices } from './server-launch.ts'
import type { ServerLogSink } from './server-log.ts'

/** What a unit needs of its surroundings. */
export interface UnitServices {
  readonly launch: LaunchServices
  readonly logSink: ServerLogSink
  /** False while the machine sleeps and just after: failures do not count then. */
  readonly isAwake: () => boolean
  /** What servers offered that start at their use. */
  readonly inventories: InventoryCache
  /** What may be done without a person. */
  readonly automation: () => Settings['automation']
  /** Told of each thing that is done without a person, or held back. */
  readonly onAction: (action: NewAction) => void
  /** Called after each change of state or figures. */
  readonly onChange: () => void
  /** Called after each listing, and when what was listed is no longer offered. */
  readonly onInventory: (change: InventoryChange) => void
}

/** What a running server offers was listed, or is offered no longer: it stopped or was removed. */
export type InventoryChange =
  | { readonly type: 'listed'; readonly inventory: Inventory }
  | { readonly type: 'gone'; readonly serverId: ServerId }
