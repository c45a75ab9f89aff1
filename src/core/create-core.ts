import { availableParallelism } from 'node:os'
import type { Logger } from 'pino'
import * as z from 'zod'
import { AppError, type ErrorInfo } from '../shared/domain/errors.ts'
import { serverDefinitionSchema } from '../shared/domain/server-definition.ts'
import type { Settings } from '../shared/domain/settings.ts'
import { Importer } from './clients/importer.ts'
import type { CorePaths } from './core-paths.ts'
import { type LogStore, openLogStore } from './logs/log-store.ts'
import type { VaultOptions } from './secrets/open-vault.ts'
import { createRedactor } from './secrets/redaction.ts'
import { VaultHolder } from './secrets/vault-holder.ts'
import { EraCache } from './servers/era-cache.ts'
import { defaultTiming, type LifecycleTiming } from './servers/lifecycle-timing.ts'
import { readBaseEnvironment } from './servers/login-shell-env.ts'
import { OrphanReaper } from './servers/orphan-reaper.ts'
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
  readonly logger: Logger
  readonly version: string
  /** A Node binary to run scripts with; by default the one that runs this. A face whose own binary is not Node must say. */
  readonly nodePath?: string
  /** `never` leaves the system's keychain alone; by default it is used where it answers. */
  readonly keychain?: VaultOptions['keychain']
  /** Waits other than the usual ones. */
  readonly timing?: Partial<LifecycleTiming>
}

/** Every service, wired together. */
export interface Core {
  readonly version: string
  readonly dataDir: string
  readonly registry: ServerRegistry
  readonly supervisor: ServerSupervisor
  readonly editor: ServerEditor
  readonly importer: Importer
  readonly tools: ToolRouter
  readonly logs: LogStore
  readonly vault: VaultHolder
  readonly settings: SettingsStore
  /** Things that a person should know, such as a state file that was mended. */
  readonly notices: () => readonly ErrorInfo[]
  /** Told when there is one notice more. The answer ends it. */
  readonly onDidNotice: (listener: () => void) => () => void
  /** Stops all servers, then closes every service. */
  readonly close: () => Promise<void>
}

const serversSchema = z.object({ servers: z.array(serverDefinitionSchema) })
const cacheSchema = z.object({ legacyServers: z.record(z.string(), z.string()) })

/** Builds the core. The only place where services are constructed. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { paths, logger } = options
  const now = Date.now
  const timing = { ...defaultTiming, ...options.timing }
  const notices: ErrorInfo[] = []
  const noticeListeners = new Set<() => void>()
  const onNotice = (notice: ErrorInfo) => {
    logger.warn({ notice }, 'notice')
    notices.push(notice)
    for (const listener of noticeListeners) listener()
  }

  const vault = new VaultHolder({
    dataDir: paths.root,
    vaultKey: options.vaultKey,
    keychain: options.keychain ?? 'auto',
    keychainTimeoutMs,
    now,
    onNotice,
  })
  const [servers, cache, logs, settings] = await Promise.all([
    openStateFile({
      file: paths.servers,
      version: 1,
      migrations: {},
      schema: serversSchema,
      defaults: () => ({ servers: [] }),
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
    openLogStore({ file: paths.logs, onNotice }),
    openSettings({ file: paths.settings, now, onNotice }),
  ])
  if (canForget(logs)) {
    logs.setRetention(settings.get().logs)
    settings.onDidChange((changed) => logs.setRetention(changed.logs))
  }

  const registry = new ServerRegistry({
    get: () => servers.get().servers,
    update: async (change) => {
      await servers.update((state) => ({ servers: [...change(state.servers)] }))
    },
  })
  const redactor = createRedactor()
  const closed = new AbortController()
  let baseEnvironment: ReturnType<typeof readBaseEnvironment> | null = null
  const orphans = new OrphanReaper(paths.root, (text, pids) => logger.warn({ pids }, text))
  const resolver = createLaunchResolver({
    homeDir: options.homeDir,
    ownerMark: orphans.mark,
    baseEnvironment: () => {
      baseEnvironment ??= readBaseEnvironment(options.env, {
        timeoutMs: timing.shellMs,
        nodePath: options.nodePath ?? process.execPath,
        signal: closed.signal,
      }).then((base) => {
        if (base.problem !== null && !closed.signal.aborted) onNotice(base.problem)
        return base
      })
      return baseEnvironment
    },
    readSecret: (name) => vault.get(name),
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
  )

  const checker = new SchemaChecker({ nodePath: options.nodePath ?? process.execPath })
  const redact = (text: string) => redactor.redact(text)
  let closing: Promise<void> | null = null
  return {
    version: options.version,
    dataDir: paths.root,
    registry,
    supervisor,
    editor: new ServerEditor(registry, vault),
    importer: new Importer({
      registry,
      vault,
      homeDir: options.homeDir,
      env: options.env,
      stop: (id) => supervisor.command(id, 'stop'),
    }),
    tools: new ToolRouter({ registry, supervisor, checker, redact, now }),
    logs,
    vault,
    settings,
    notices: () => notices,
    onDidNotice: (listener) => {
      noticeListeners.add(listener)
      return () => noticeListeners.delete(listener)
    },
    close: () => {
      closing ??= (async () => {
        closed.abort(new AppError('call_cancelled'))
        await Promise.all([supervisor.shutdown(), baseEnvironment, checker.close()])
        await logs.close()
      })()
      return closing
    },
  }
}

/** A log that deletes old lines. Its method comes with another change; where it is there, it is told. */
interface ForgetfulLog {
  setRetention(retention: Settings['logs']): void
}

function canForget(logs: LogStore): logs is LogStore & ForgetfulLog {
  return 'setRetention' in logs
}
