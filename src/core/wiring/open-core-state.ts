import * as z from 'zod'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import { type ActionLog, openActionLog } from '../actions/action-log.ts'
import { MoveStore } from '../clients/literals/move-store.ts'
import type { CoreOptions } from '../core-options.ts'
import { type LogStore, openLogStore } from '../logs/log-store.ts'
import { type AccountRecord, accountsSchema } from '../oauth/account-store.ts'
import { SecretRecords } from '../secrets/secret-records.ts'
import type { VaultHolder } from '../secrets/vault-holder.ts'
import { keptInventorySchema } from '../servers/inventory-cache.ts'
import { ServerRegistry } from '../servers/server-registry.ts'
import { serversFormat } from '../servers/servers-format.ts'
import { openSettings, type SettingsStore } from '../settings/settings-store.ts'
import { openStateFile, type StateFile } from '../storage/state-file.ts'

const cacheSchema = z.object({
  legacyServers: z.record(z.string(), z.string()),
  inventories: z.record(z.string(), keptInventorySchema),
})
type Cache = z.infer<typeof cacheSchema>

/** What is remembered and can be lost. */
export interface CoreCache {
  readonly get: () => Cache
  /** Stores a part anew. A failure is logged: all that is lost is a probe or a start more. */
  readonly save: (change: Partial<Cache>) => void
  /** Resolves once everything is written. Never rejects. */
  readonly close: () => Promise<void>
}

/** All that the core keeps on disk, but for the vault and the ledger of processes. */
export interface CoreState {
  readonly registry: ServerRegistry
  readonly cache: CoreCache
  readonly accounts: StateFile<{ accounts: AccountRecord[] }>
  readonly logs: LogStore
  readonly settings: SettingsStore
  readonly actions: ActionLog
  readonly records: SecretRecords
  readonly moves: MoveStore
}

/** Reads it all, and mends what is damaged. Throws as `openStateFile` and `openLogStore` do. */
export async function openCoreState(
  { paths, logger, programsDir }: Pick<CoreOptions, 'paths' | 'logger' | 'programsDir'>,
  vault: VaultHolder,
  onNotice: (notice: ErrorInfo) => void,
  now: () => number,
): Promise<CoreState> {
  const noticing = { now, onNotice }
  const onFault = (text: string) => (error: unknown) => logger.warn({ err: error }, text)
  const [servers, cache, accounts, logs, settings, actions, records, moves] = await Promise.all([
    openStateFile({
      ...noticing,
      ...serversFormat,
      file: paths.servers,
      defaults: () => ({ servers: [], removed: [] }),
    }),
    openStateFile({
      ...noticing,
      file: paths.cache,
      version: 2,
      // Format 1 knew of no inventories.
      migrations: { 1: (data) => ({ ...z.looseObject({}).parse(data), inventories: {} }) },
      schema: cacheSchema,
      defaults: () => ({ legacyServers: {}, inventories: {} }),
    }),
    openStateFile({
      ...noticing,
      file: paths.accounts,
      version: 1,
      migrations: {},
      schema: accountsSchema,
      defaults: () => ({ accounts: [] }),
    }),
    openLogStore({ file: paths.logs, programsDir, onNotice }),
    openSettings({ ...noticing, file: paths.settings }),
    openActionLog({
      ...noticing,
      file: paths.actions,
      onFault: onFault('the automatic actions were not saved'),
    }),
    SecretRecords.open({
      ...noticing,
      file: paths.secrets,
      onFault: onFault('the records of secrets were not saved'),
    }),
    MoveStore.open({ ...noticing, root: paths.root, vault }),
  ])
  logs.setRetention(settings.get().logs)
  settings.onDidChange((changed) => logs.setRetention(changed.logs))
  const registry = new ServerRegistry(
    {
      get: () => servers.get(),
      update: async (change) => {
        await servers.update((state) => {
          const next = change(state)
          return next === state ? state : { servers: [...next.servers], removed: [...next.removed] }
        })
      },
    },
    now,
    () => moves.secretNames(),
  )
  let saving = Promise.resolve()
  const save = (change: Partial<Cache>) => {
    saving = cache
      .update((state) => ({ ...state, ...change }))
      .then(() => {}, onFault('the cache was not saved'))
  }
  return {
    registry,
    cache: { get: () => cache.get(), save, close: async () => await saving },
    accounts,
    logs,
    settings,
    actions,
    records,
    moves,
  }
}
