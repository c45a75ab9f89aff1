import type { ResourcesEvent } from '../../shared/contract/resources.ts'
import type { Exceeded, NewAction } from '../../shared/domain/automatic-action.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { ResourceSample } from '../../shared/domain/resources.ts'
import type { ServerView } from '../../shared/domain/server-view.ts'
import { afterEnd, type CeilingState, judgeCeiling, noCeilingState } from './judge-ceiling.ts'

/** What the keeper acts on. */
export interface CeilingServices {
  /** Null for a server that is not known any more. */
  readonly view: (id: ServerId) => ServerView | null
  /** Shows at the server which ceiling it is above; null: none. */
  readonly show: (id: ServerId, exceeded: Exceeded | null) => void
  readonly restart: (id: ServerId) => void
  readonly record: (action: NewAction) => void
  /** False where a person switched restarts off. */
  readonly mayRestart: () => boolean
}

/** Watches the ceilings of servers: shows and records which one a server is above, and restarts it where that is asked for. */
export class CeilingKeeper {
  readonly #services: CeilingServices
  readonly #states = new Map<ServerId, CeilingState>()

  constructor(services: CeilingServices) {
    this.#services = services
  }

  /** Takes what was measured. */
  take(event: ResourcesEvent): void {
    if (event.type !== 'sample' && event.type !== 'ended') return
    const { serverId } = event
    if (serverId === null) return
    const server = this.#services.view(serverId)
    if (server === null) this.#states.delete(serverId)
    // What it takes while it starts or stops is no fault of its work.
    else if (event.type === 'sample' && server.state.phase === 'running') {
      this.#judge(server, event.sample)
    } else this.#end(server)
  }

  #judge(server: ServerView, sample: ResourceSample): void {
    const { id, name: serverName, supervision } = server.definition
    const before = this.#states.get(id) ?? noCeilingState
    const { state, exceeded, action } = judgeCeiling(before, sample, supervision.limits)
    this.#states.set(id, state)
    if (exceeded !== null || server.stats.exceeded !== null) this.#services.show(id, exceeded)
    if (action === null || exceeded === null) return
    const about = { serverId: id, serverName, heldBack: false }
    if (action === 'warn') {
      this.#services.record({ ...about, kind: 'ceiling-warning', exceeded })
      return
    }
    const heldBack = !this.#services.mayRestart()
    const cause = { type: 'ceiling', exceeded } as const
    this.#services.record({ ...about, heldBack, kind: 'restart', cause })
    if (!heldBack) this.#services.restart(id)
  }

  #end({ definition: { id }, stats }: ServerView): void {
    const state = this.#states.get(id)
    if (state !== undefined) this.#states.set(id, afterEnd(state))
    if (stats.exceeded !== null) this.#services.show(id, null)
  }
}
