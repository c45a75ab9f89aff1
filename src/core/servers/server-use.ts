import type { Inventory } from '../../shared/domain/inventory.ts'
import type { ServerState } from '../../shared/domain/server-state.ts'
import type { InventoryCounts } from '../../shared/domain/server-view.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'

/** How many of each a server offers. */
export function countsOf(inventory: Inventory): InventoryCounts {
  return {
    tools: inventory.tools.length,
    prompts: inventory.prompts.length,
    resources: inventory.resources.length,
    resourceTemplates: inventory.resourceTemplates.length,
  }
}

/** Whether a session will follow without anybody's doing. A running server without one is about to be told that it ended. */
export function isOnItsWay(state: ServerState): boolean {
  switch (state.phase) {
    case 'starting':
    case 'running':
      return true
    case 'stopping':
      return state.next.do === 'start'
    case 'stopped':
    case 'backoff':
    case 'failed':
      return false
    default:
      return assertNever(state)
  }
}

/** Whether its use starts it: what it offered it still offers. */
export function isForUse(state: ServerState): boolean {
  return state.phase === 'stopped'
    ? state.reason === 'idle'
    : state.phase === 'stopping' && state.next.do === 'idle'
}
