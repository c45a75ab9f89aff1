import { CeilingKeeper } from '../resources/ceiling-keeper.ts'
import { measureServers } from '../resources/measure-servers.ts'
import type { ResourceSampler } from '../resources/resource-sampler.ts'
import { EraCache } from '../servers/era-cache.ts'
import { InventoryCache } from '../servers/inventory-cache.ts'
import { MachineSleep } from '../servers/machine-sleep.ts'
import type { LaunchServices } from '../servers/server-launch.ts'
import { ServerSupervisor } from '../servers/server-supervisor.ts'
import type { CoreState } from './open-core-state.ts'

/** What supervision is put together from. */
export interface SupervisionOptions {
  readonly state: CoreState
  readonly launch: Omit<LaunchServices, 'eraCache'>
  readonly redact: (text: string) => string
  readonly now: () => number
  /** True from the moment when the core closes: then every server may be killed. */
  readonly isClosing: () => boolean
}

/** What keeps servers running, and an eye on what they take. */
export interface Supervision {
  readonly supervisor: ServerSupervisor
  readonly sleep: MachineSleep
  readonly resources: ResourceSampler
}

/** Puts it together. Starts no server yet. */
export function createSupervision(options: SupervisionOptions): Supervision {
  const { launch, redact, now, isClosing } = options
  const { registry, cache, logs, settings, actions } = options.state
  const { timing, trees } = launch
  const sleep = new MachineSleep(now)
  const supervisor = new ServerSupervisor(
    registry,
    {
      ...launch,
      eraCache: new EraCache(cache.get().legacyServers, (legacyServers) =>
        cache.save({ legacyServers: { ...legacyServers } }),
      ),
      timing: {
        ...timing,
        // Nothing survives the program, whatever is set.
        grace: { ...timing.grace, mayKill: () => isClosing() || settings.get().automation.kill },
      },
    },
    { append: (entry) => logs.append(entry), redact, now },
    {
      isAwake: () => sleep.isAwake(),
      inventories: new InventoryCache(
        cache.get().inventories,
        (inventories) => cache.save({ inventories: { ...inventories } }),
        redact,
      ),
      automation: () => settings.get().automation,
      onAction: (action) => actions.record(action),
    },
  )
  settings.onDidChange(({ automation }) => {
    if (automation.kill) supervisor.releaseHeld()
  })

  const resources = measureServers(supervisor, {
    look: () => void trees.lookAlone(),
    onDidLook: (listener) => void trees.onDidLook(listener),
    beatMs: timing.lookMs,
    now,
  })
  const ceilings = new CeilingKeeper({
    view: (id) => (registry.list().some((server) => server.id === id) ? supervisor.view(id) : null),
    show: (id, exceeded) => supervisor.noteExceeded(id, exceeded),
    restart: (id) => supervisor.command(id, 'restart'),
    record: (action) => actions.record(action),
    mayRestart: () => settings.get().automation.restart,
  })
  resources.onDidSample((event) => ceilings.take(event))
  return { supervisor, sleep, resources }
}
