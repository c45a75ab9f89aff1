import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import * as z from 'zod'
import { AppError, type ErrorInfo } from '../shared/domain/errors.ts'
import { serverDefinitionSchema } from '../shared/domain/server-definition.ts'
import { Importer } from './clients/importer.ts'
import type { CorePaths } from './core-paths.ts'
import { type LogStore, openLogStore } from './logs/log-store.ts'
import { OrphanReaper } from './processes/orphan-reaper.ts'
import type { VaultOptions } from './secrets/open-vault.ts'
import { createRedactor, type Redactor } from './secrets/redaction.ts'
import { createExternalResolver } from './secrets/references/external-resolver.ts'
import { SecretKeeper } from './secrets/secret-keeper.ts'
import { SecretRecords } from './secrets/secret-records.ts'
import { VaultHolder } from './secrets/vault-holder.ts'
import { Drafts } from './servers/drafts.ts'
import { EraCache } from './servers/era-cache.ts'
import { findLaunchWarning } from './servers/launch-warning.ts'
import { defaultTiming, type LifecycleTiming } from './servers/lifecycle-timing.ts'
import { readBaseEnvironment } from './servers/login-shell-env.ts'
import { MachineSleep } from './servers/machine-sleep.ts'
import { RemovedServers } from './servers/removed-servers.ts'
import { createLaunchResolver } from './servers/resolve-launch.ts'
import { ServerEditor } from './servers/server-editor.ts'
import { ServerRegistry } from './servers/server-registry.ts'
import { ServerSupervisor } from './servers/server-supervisor.ts'
import { StartQueue } from './servers/start-queue.ts'
import { openSettings, type SettingsStore } from './settings/settings-store.ts'
import { openStateFile } from './storage/state-file.ts'
import { SchemaChecker } from './tools/schema-checker.ts'
import { ToolRouter } from './tools/tool-router.ts'

/** How long a keychain may take to answer, in milliseconds; a locked one may ask the person first. */
const keychainTimeoutMs = 5_000
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
  /** Told by a face that knows when the machine sleeps. */
  readonly sleep: Pick<MachineSleep, 'suspend' | 'resume'>
  readonly editor: ServerEditor
  /** What was removed and can be brought back. */
  readonly removed: RemovedServers
  /** Servers that a person is still writing. */
  readonly drafts: Drafts
  readonly importer: Importer
  readonly tools: ToolRouter
  readonly logs: LogStore
  readonly vault: VaultHolder
  /** The secrets, by a person's hand. */
  readonly secrets: SecretKeeper
  readonly settings: SettingsStore
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

const serversSchema = z.object({
  servers: z.array(serverDefinitionSchema),
  removed: z.array(z.object({ server: serverDefinitionSchema, removedAt: z.number() })),
})
const cacheSchema = z.object({ legacyServers: z.record(z.string(), z.string()) })

/** Builds the core. The only place where services are constructed. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { paths, logger } = options
  const now = Date.now
  const hurry = new AbortController()
  const usual = { ...defaultTiming, ...options.timing }
  const timing = { ...usual, grace: { ...usual.grace, hurry: hurry.signal } }
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
  const [servers, cache, logs, settings, records] = await Promise.all([
    openStateFile({
      file: paths.servers,
      version: 2,
      // Format 1 forgot a removed server at once.
      migrations: { 1: (data) => ({ ...z.looseObject({}).parse(data), removed: [] }) },
      schema: serversSchema,
      defaults: () => ({ servers: [], removed: [] }),
      now,
      onNotice,
    }),
    openStateFile({
      file: paths.cache,
      version: 1,
      migrations: {},
      schema: cacheSchema,
      defaults: () => ({ legacyServers: {} }),
      now,
      onNotice,
    }),
    openLogStore({ file: paths.logs, programsDir: options.programsDir, onNotice }),
    openSettings({ file: paths.settings, now, onNotice }),
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
    now,
    onFault: (error) => logger.warn({ err: error }, 'a removed server was not forgotten'),
  })
  const closed = new AbortController()
  let baseEnvironment: ReturnType<typeof readBaseEnvironment> | null = null
  const orphans = new OrphanReaper(paths.root, (text, pids) => logger.warn({ pids }, text))
  const getBaseEnvironment = () => {
    baseEnvironment ??= readBaseEnvironment(options.env, {
      timeoutMs: timing.shellMs,
      nodePath: options.nodePath ?? process.execPath,
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
    ownerMark: orphans.mark,
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
  const sleep = new MachineSleep(now)
  const supervisor = new ServerSupervisor(
    registry,
    {
      resolver,
      queue: new StartQueue(parallelStarts),
      eraCache: new EraCache(cache.get().legacyServers, (legacyServers) => {
        cache
          .update(() => ({ legacyServers: { ...legacyServers } }))
          .catch((error: unknown) => {
            // What is lost is only that the next start probes again.
            logger.warn({ err: error }, 'the cache was not saved')
          })
      }),
      timing,
      orphans,
    },
    { append: (entry) => logs.append(entry), redact: (text) => redactor.redact(text), now },
    () => sleep.isAwake(),
  )

  vault.onDidChange(({ state }) => {
    if (state === 'ready') supervisor.startHeld()
  })

  const checker = new SchemaChecker({
    nodePath: options.nodePath ?? process.execPath,
    programsDir: options.programsDir,
  })
  const redact = (text: string) => redactor.redact(text)
  const drafts = new Drafts({
    registry,
    vault,
    homeDir: options.homeDir,
    baseEnvironment: getBaseEnvironment,
    resolveExternal,
    launch: { queue: new StartQueue(parallelStarts), timing, orphans },
    eraVerdicts: () => cache.get().legacyServers,
    redact,
    now,
  })

  let closing: Promise<void> | null = null
  return {
    version: options.version,
    dataDir: paths.root,
    homeDir: options.homeDir,
    registry,
    supervisor,
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
    logs,
    vault,
    secrets: new SecretKeeper({ registry, vault, records }),
    settings,
    redact,
    notices: () => notices,
    onDidNotice: (listener) => {
      noticeListeners.add(listener)
      return () => noticeListeners.delete(listener)
    },
    hurry: () => hurry.abort(),
    close: () => {
      closing ??= (async () => {
        closed.abort(new AppError('call_cancelled'))
        sleep.close()
        await Promise.all([supervisor.shutdown(), drafts.close(), baseEnvironment, checker.close()])
        await removed.close()
        await records.close()
        await logs.close()
      })()
      return closing
    },
  }
}
