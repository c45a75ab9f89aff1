import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import * as z from 'zod'
import { AppError, type ErrorInfo } from '../shared/domain/errors.ts'
import type { ServerId } from '../shared/domain/ids.ts'
import { qualifiedName } from '../shared/domain/server-name.ts'
import { type ActionLog, openActionLog } from './actions/action-log.ts'
import { Importer } from './clients/importer.ts'
import type { CorePaths } from './core-paths.ts'
import { type LogStore, openLogStore } from './logs/log-store.ts'
import { createDefinitionReader } from './machine/known-definitions.ts'
import { MachineReader } from './machine/machine-reader.ts'
import { MachineView } from './machine/machine-view.ts'
import { forgetUnusedAccount, serverIdentityOf } from './oauth/account-servers.ts'
import { AccountStore, accountsSchema } from './oauth/account-store.ts'
import { Accounts, type AccountsOptions } from './oauth/accounts.ts'
import { LongSecrets } from './oauth/long-secrets.ts'
import type { ServerIdentity } from './oauth/server-identity.ts'
import { openProcessOwner } from './processes/process-owner.ts'
import type { TreeWatch } from './processes/tree-watch.ts'
import { CeilingKeeper } from './resources/ceiling-keeper.ts'
import { measureServers } from './resources/measure-servers.ts'
import type { ResourceSampler } from './resources/resource-sampler.ts'
import type { VaultOptions } from './secrets/open-vault.ts'
import { createRedactor, type Redactor } from './secrets/redaction.ts'
import { createExternalResolver } from './secrets/references/external-resolver.ts'
import { SecretKeeper } from './secrets/secret-keeper.ts'
import { SecretRecords } from './secrets/secret-records.ts'
import { VaultHolder } from './secrets/vault-holder.ts'
import { Drafts } from './servers/drafts.ts'
import { EraCache } from './servers/era-cache.ts'
import { InventoryCache, keptInventorySchema } from './servers/inventory-cache.ts'
import { findLaunchWarning } from './servers/launch-warning.ts'
import { defaultTiming, type LifecycleTiming } from './servers/lifecycle-timing.ts'
import { readBaseEnvironment } from './servers/login-shell-env.ts'
import { MachineSleep } from './servers/machine-sleep.ts'
import { RemovedServers } from './servers/removed-servers.ts'
import { createLaunchResolver } from './servers/resolve-launch.ts'
import { ServerEditor } from './servers/server-editor.ts'
import { ServerRegistry } from './servers/server-registry.ts'
import { ServerSupervisor } from './servers/server-supervisor.ts'
import { serversFormat } from './servers/servers-format.ts'
import { StartQueue } from './servers/start-queue.ts'
import { openSettings, type SettingsStore } from './settings/settings-store.ts'
import { openStateFile } from './storage/state-file.ts'
import { SchemaChecker } from './tools/schema-checker.ts'
import { ToolRouter } from './tools/tool-router.ts'

/** How long a keychain may take to answer, in milliseconds; a locked one may ask the person first. */
const keychainTimeoutMs = 5_000
/** How long a person may take to sign in to a remote server, in milliseconds. */
const personMs = 10 * 60_000
/** Starts that may run at once: they mostly wait, for disks and networks. */
const parallelStarts = Math.max(8, availableParallelism() * 2)

/** What a face supplies to the core. */
export interface CoreOptions {
  readonly paths: CorePaths
  /** The host's environment, without the vault's key. */
  readonly env: NodeJS.ProcessEnv
  readonly homeDir: string
  readonly vaultKey: string | undefined
  /** Learns every secret that is used; by default one of the core's own. A face that logs gives the one of its log. */
  readonly redactor?: Redactor
  readonly logger: Logger
  readonly version: string
  /** A Node binary to run scripts with; by default the one that runs this. A face whose own binary is not Node must say. */
  readonly nodePath?: string
  /** Folder of the built programs that the core starts; by default the one of the running file. */
  readonly programsDir?: string
  /** `never` leaves the system's keychain alone; by default it is used where it answers. */
  readonly keychain?: VaultOptions['keychain']
  /** Bounds of the requests of sign-ins, and the resolver of names, other than the usual ones. */
  readonly oauthFetch?: AccountsOptions['fetch']
  /** Waits other than the usual ones. */
  readonly timing?: Partial<LifecycleTiming>
}

/** Every service, wired together. */
export interface Core {
  readonly version: string
  readonly dataDir: string
  readonly homeDir: string
  readonly registry: ServerRegistry
  readonly supervisor: ServerSupervisor
  /** Looks at the processes of servers. */
  readonly trees: Pick<TreeWatch, 'look' | 'onDidLook'>
  /** Told by a face that knows when the machine sleeps. */
  readonly sleep: Pick<MachineSleep, 'suspend' | 'resume'>
  readonly editor: ServerEditor
  /** What was removed and can be brought back. */
  readonly removed: RemovedServers
  /** Servers that a person is still writing. */
  readonly drafts: Drafts
  readonly importer: Importer
  readonly tools: ToolRouter
  readonly resources: Pick<ResourceSampler, 'latest' | 'watch'>
  /** Who is signed in at which remote server. */
  readonly accounts: Accounts
  /** The address of a remote server with nothing left to resolve. Throws `not_found`, `invalid_input` for one that is not remote. */
  readonly addressOf: (id: ServerId) => Promise<ServerIdentity>
  readonly logs: LogStore
  /** What runs on this machine, whoever started it. */
  readonly machine: MachineView
  readonly vault: VaultHolder
  /** The secrets, by a person's hand. */
  readonly secrets: SecretKeeper
  readonly settings: SettingsStore
  /** What the program did by itself. */
  readonly actions: ActionLog
  /** Takes the known secrets out of a text that leaves the core otherwise than as a log line or an error of a call. */
  readonly redact: (text: string) => string
  /** Things that a person should know, such as a state file that was mended. */
  readonly notices: () => readonly ErrorInfo[]
  /** Told when there is one notice more. The answer ends it. */
  readonly onDidNotice: (listener: () => void) => () => void
  /** From now on no server that is stopped is given time to end by itself: it is killed with all its processes. */
  readonly hurry: () => void
  /** Stops all servers, then closes every service. */
  readonly close: () => Promise<void>
}

const cacheSchema = z.object({
  legacyServers: z.record(z.string(), z.string()),
  inventories: z.record(z.string(), keptInventorySchema),
})

/** Builds the core. The only place where services are constructed. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { paths, logger } = options
  const now = Date.now
  const hurry = new AbortController()
  const usual = { ...defaultTiming, ...options.timing }
  const timing = { ...usual, grace: { ...usual.grace, hurry: hurry.signal } }
  let isClosing = false
  const notices: ErrorInfo[] = []
  const noticeListeners = new Set<() => void>()
  const onNotice = (notice: ErrorInfo) => {
    logger.warn({ notice }, 'notice')
    notices.push(notice)
    for (const listener of noticeListeners) listener()
  }

  const redactor = options.redactor ?? createRedactor()
  if (options.vaultKey !== undefined) redactor.set('vault key', options.vaultKey)
  const vault = new VaultHolder({
    dataDir: paths.root,
    vaultKey: options.vaultKey,
    keychain: options.keychain ?? 'auto',
    keychainTimeoutMs,
    now,
    onNotice,
    onSecret: (name, value) => redactor.set(name, value),
  })
  const [servers, cache, accountsState, logs, settings, actions, records] = await Promise.all([
    openStateFile({
      file: paths.servers,
      ...serversFormat,
      defaults: () => ({ servers: [], removed: [] }),
      now,
      onNotice,
    }),
    openStateFile({
      file: paths.cache,
      version: 2,
      // Format 1 knew of no inventories.
      migrations: { 1: (data) => ({ ...z.looseObject({}).parse(data), inventories: {} }) },
      schema: cacheSchema,
      defaults: () => ({ legacyServers: {}, inventories: {} }),
      now,
      onNotice,
    }),
    openStateFile({
      file: paths.accounts,
      version: 1,
      migrations: {},
      schema: accountsSchema,
      defaults: () => ({ accounts: [] }),
      now,
      onNotice,
    }),
    openLogStore({ file: paths.logs, programsDir: options.programsDir, onNotice }),
    openSettings({ file: paths.settings, now, onNotice }),
    openActionLog({
      file: paths.actions,
      now,
      onNotice,
      onFault: (error) => logger.warn({ err: error }, 'the automatic actions were not saved'),
    }),
    SecretRecords.open({
      file: join(paths.root, 'secrets.json'),
      now,
      onNotice,
      onFault: (error) => logger.warn({ err: error }, 'the records of secrets were not saved'),
    }),
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
  )
  const removed = new RemovedServers({
    registry,
    vault,
    forgetAccount: async (server, others) =>
      await forgetUnusedAccount({ accounts, resolver }, server, others),
    now,
    onFault: (error) => logger.warn({ err: error }, 'a removed server was not forgotten'),
  })
  const closed = new AbortController()
  let baseEnvironment: ReturnType<typeof readBaseEnvironment> | null = null
  const nodePath = options.nodePath ?? process.execPath
  const { programsDir } = options
  const processes = await openProcessOwner({
    dataDir: paths.root,
    nodePath,
    programsDir,
    beatMs: timing.lookMs,
    onDidFind: (found, areEnded) => {
      const pids = found.map(({ pid }) => pid)
      logger.warn({ pids, areEnded }, 'An earlier run left processes behind.')
      for (const [serverName, left] of Map.groupBy(found, (one) => one.serverName)) {
        actions.record({
          kind: 'reap',
          serverId: null,
          serverName,
          heldBack: !areEnded,
          pids: left.map(({ pid }) => pid),
        })
      }
    },
    onFault: (text, pids) => logger.warn({ pids }, text),
  })
  const { orphans, trees } = processes
  const getBaseEnvironment = () => {
    baseEnvironment ??= readBaseEnvironment(options.env, {
      timeoutMs: timing.shellMs,
      nodePath,
      signal: closed.signal,
    }).then((base) => {
      if (base.problem !== null && !closed.signal.aborted) onNotice(base.problem)
      return base
    })
    return baseEnvironment
  }
  const resolveExternal = createExternalResolver({
    homeDir: options.homeDir,
    readSecret: (name) => vault.get(name),
    onSecret: (name, value) => redactor.set(name, value),
    isCommandAllowed: (id, command) => records.isCommandAllowed(id, command),
    signal: closed.signal,
  })
  const resolver = createLaunchResolver({
    homeDir: options.homeDir,
    ownerMark: processes.mark,
    baseEnvironment: getBaseEnvironment,
    readSecret: async (name) => {
      const value = await vault.get(name)
      if (value !== null) records.noteUsed(name)
      return value
    },
    resolveExternal,
    onSecret: (name, value) => redactor.set(name, value),
    onWarning: (definition, text) =>
      logs.append({
        serverId: definition.id,
        at: now(),
        source: 'lifecycle',
        level: 'warn',
        text,
        protocol: null,
      }),
  })
  const saveCache = (change: Partial<z.infer<typeof cacheSchema>>) => {
    cache
      .update((state) => ({ ...state, ...change }))
      .catch((error: unknown) => {
        // What is lost is only that the next start probes again, or a server starts to say what it offers.
        logger.warn({ err: error }, 'the cache was not saved')
      })
  }
  const accounts = new Accounts({
    store: new AccountStore(accountsState, new LongSecrets(vault)),
    registry,
    readSecret: (name) => vault.get(name),
    rememberIssuer: async (id, issuer) => {
      await registry.change(id, (server) =>
        server.oauth === undefined ? server : { ...server, oauth: { ...server.oauth, issuer } },
      )
    },
    metadataUrl: () => settings.get().oauth?.clientMetadataUrl ?? null,
    now,
    onSecret: (name, value) => redactor.set(name, value),
    onWarning: (text, error) => logger.warn({ err: error }, text),
    personMs,
    fetch: options.oauthFetch,
  })
  const addressOf = async (id: ServerId): Promise<ServerIdentity> => {
    const definition = registry.get(id)
    const server = await serverIdentityOf(resolver, definition)
    if (server !== null) return server
    throw new AppError('invalid_input', {
      reason: `${qualifiedName(definition)} is not a remote server, so there is nothing to sign in to.`,
    })
  }
  const sleep = new MachineSleep(now)
  const supervisor = new ServerSupervisor(
    registry,
    {
      resolver,
      queue: new StartQueue(parallelStarts),
      eraCache: new EraCache(cache.get().legacyServers, (legacyServers) =>
        saveCache({ legacyServers: { ...legacyServers } }),
      ),
      timing: {
        ...timing,
        // Nothing survives the program, whatever is set.
        grace: { ...timing.grace, mayKill: () => isClosing || settings.get().automation.kill },
      },
      orphans,
      trees,
      accounts,
    },
    { append: (entry) => logs.append(entry), redact: (text) => redactor.redact(text), now },
    {
      isAwake: () => sleep.isAwake(),
      inventories: new InventoryCache(
        cache.get().inventories,
        (inventories) => saveCache({ inventories: { ...inventories } }),
        (text) => redactor.redact(text),
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

  vault.onDidChange(({ state }) => {
    if (state === 'ready') supervisor.startHeld()
  })

  const checker = new SchemaChecker({
    nodePath,
    programsDir,
  })
  const redact = (text: string) => redactor.redact(text)
  const drafts = new Drafts({
    registry,
    vault,
    homeDir: options.homeDir,
    baseEnvironment: getBaseEnvironment,
    launch: { queue: new StartQueue(parallelStarts), timing, orphans, trees, accounts },
    ownerMark: processes.mark,
    resolveExternal,
    eraVerdicts: () => cache.get().legacyServers,
    redact,
    now,
  })

  const machine = new MachineView(
    new MachineReader({
      definitions: createDefinitionReader({
        list: () => registry.list(),
        homeDir: options.homeDir,
        env: options.env,
        now,
      }),
      ownLeaders: () => leadersOf(supervisor),
      hostMark: processes.mark,
      nameOf: (id) => registry.list().find((server) => server.id === id)?.name ?? null,
      redact,
      now,
    }),
    (text, data) => logger.info(data, text),
  )

  let closing: Promise<void> | null = null
  return {
    version: options.version,
    dataDir: paths.root,
    homeDir: options.homeDir,
    registry,
    supervisor,
    trees,
    sleep,
    editor: new ServerEditor(registry, vault),
    removed,
    drafts,
    importer: new Importer({
      registry,
      vault,
      homeDir: options.homeDir,
      env: options.env,
      launchWarning: (server, atHand) =>
        findLaunchWarning(server, {
          homeDir: options.homeDir,
          baseEnvironment: getBaseEnvironment,
          // A vault that cannot be looked into now says nothing against a server.
          hasSecret: async (name) =>
            atHand(name) ?? (!(await vault.isReady()) || (await vault.has(name))),
        }),
      stop: (id) => supervisor.command(id, 'stop'),
    }),
    tools: new ToolRouter({ registry, supervisor, checker, redact, now }),
    resources,
    accounts,
    addressOf,
    logs,
    machine,
    vault,
    secrets: new SecretKeeper({ registry, vault, records }),
    settings,
    actions,
    redact,
    notices: () => notices,
    onDidNotice: (listener) => {
      noticeListeners.add(listener)
      return () => noticeListeners.delete(listener)
    },
    hurry: () => hurry.abort(),
    close: () => {
      closing ??= (async () => {
        isClosing = true
        closed.abort(new AppError('call_cancelled'))
        accounts.close()
        sleep.close()
        resources.close()
        await Promise.all([supervisor.shutdown(), drafts.close(), baseEnvironment, checker.close()])
        await processes.close()
        await Promise.all([removed.close(), actions.close()])
        await records.close()
        await logs.close()
      })()
      return closing
    },
  }
}

/** The first processes of the servers that run. */
function leadersOf(supervisor: ServerSupervisor): ReadonlyMap<number, ServerId> {
  return new Map(
    supervisor
      .views()
      .flatMap(({ definition, state }) =>
        'pid' in state && state.pid !== null ? [[state.pid, definition.id] as const] : [],
      ),
  )
}
