import { availableParallelism } from 'node:os'
import { AppError, type ErrorInfo } from '../shared/domain/errors.ts'
import type { ServerId } from '../shared/domain/ids.ts'
import { qualifiedName } from '../shared/domain/server-name.ts'
import type { ActionLog } from './actions/action-log.ts'
import { Importer } from './clients/importer.ts'
import { LiteralMover } from './clients/literals/literal-mover.ts'
import type { CoreOptions } from './core-options.ts'
import type { LogStore } from './logs/log-store.ts'
import { createDefinitionReader } from './machine/known-definitions.ts'
import { MachineReader } from './machine/machine-reader.ts'
import { MachineView } from './machine/machine-view.ts'
import { forgetUnusedAccount, serverIdentityOf } from './oauth/account-servers.ts'
import { AccountStore } from './oauth/account-store.ts'
import { Accounts } from './oauth/accounts.ts'
import { LongSecrets } from './oauth/long-secrets.ts'
import type { ServerIdentity } from './oauth/server-identity.ts'
import { forbidDumps } from './processes/native/forbid-dumps.ts'
import type { TreeWatch } from './processes/tree-watch.ts'
import type { ResourceSampler } from './resources/resource-sampler.ts'
import { createRedactor } from './secrets/redaction.ts'
import { SecretKeeper } from './secrets/secret-keeper.ts'
import { isPlainInput } from './secrets/secret-variable.ts'
import { VaultHolder } from './secrets/vault-holder.ts'
import { Drafts } from './servers/drafts.ts'
import { findLaunchWarning } from './servers/launch-warning.ts'
import { defaultTiming } from './servers/lifecycle-timing.ts'
import type { MachineSleep } from './servers/machine-sleep.ts'
import { RemovedServers } from './servers/removed-servers.ts'
import { ServerEditor } from './servers/server-editor.ts'
import type { ServerRegistry } from './servers/server-registry.ts'
import type { ServerSupervisor } from './servers/server-supervisor.ts'
import { StartQueue } from './servers/start-queue.ts'
import type { SettingsStore } from './settings/settings-store.ts'
import { SchemaChecker } from './tools/schema-checker.ts'
import { ToolRouter } from './tools/tool-router.ts'
import { createLaunching } from './wiring/create-launching.ts'
import { createSupervision } from './wiring/create-supervision.ts'
import { Notices } from './wiring/notices.ts'
import { openCoreState } from './wiring/open-core-state.ts'

/** How long a keychain may take to answer, in milliseconds; a locked one may ask the person first. */
const keychainTimeoutMs = 5_000
/** How long a person may take to sign in to a remote server, in milliseconds. */
const personMs = 10 * 60_000
/** Starts that may run at once: they mostly wait, for disks and networks. */
const parallelStarts = Math.max(8, availableParallelism() * 2)

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
  /** Moves literal credentials out of files. */
  readonly literals: LiteralMover
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

/** Builds the core. Services are constructed here and in `wiring` only. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { paths, logger, homeDir, programsDir } = options
  const now = Date.now
  const nodePath = options.nodePath ?? process.execPath
  const hurry = new AbortController()
  const usual = { ...defaultTiming, ...options.timing }
  const timing = { ...usual, grace: { ...usual.grace, hurry: hurry.signal } }
  const closed = new AbortController()
  const notices = new Notices(logger)
  const onNotice = (notice: ErrorInfo) => notices.add(notice)
  const redactor = options.redactor ?? createRedactor()
  const onSecret = (name: string, value: string) => redactor.set(name, value)
  const redact = (text: string) => redactor.redact(text)
  if (options.vaultKey !== undefined) redactor.set('vault key', options.vaultKey)

  /** Null before the definitions are read. */
  let known: ServerRegistry | null = null
  const vault = new VaultHolder({
    dataDir: paths.root,
    vaultKey: options.vaultKey,
    keychain: options.keychain ?? 'auto',
    keychainTimeoutMs,
    now,
    onNotice,
    onSecret: (name, value) => {
      if (!isPlainInput(known?.list() ?? [], name, value)) onSecret(name, value)
    },
    onFault: (error) => logger.warn({ err: error }, 'the keychain answered late, in vain'),
  })
  const [state] = await Promise.all([
    openCoreState(options, vault, onNotice, now),
    forbidDumps().catch((error: unknown) => {
      logger.warn({ err: error }, 'a crash may write what is in memory into a file')
    }),
  ])
  const { registry, settings, actions, logs, records, moves } = state
  known = registry
  const launching = await createLaunching({
    core: options,
    nodePath,
    timing,
    state,
    vault,
    redactor,
    onNotice,
    now,
    closed: closed.signal,
  })
  const { processes, resolver, baseEnvironment, resolveExternal } = launching
  const { orphans, trees } = processes
  const accounts = new Accounts({
    store: new AccountStore(state.accounts, new LongSecrets(vault)),
    registry,
    readSecret: (name) => vault.get(name),
    rememberIssuer: async (id, issuer) => {
      await registry.change(id, (server) =>
        server.oauth === undefined ? server : { ...server, oauth: { ...server.oauth, issuer } },
      )
    },
    metadataUrl: () => settings.get().oauth?.clientMetadataUrl ?? null,
    now,
    onSecret,
    onWarning: (text, error) => logger.warn({ err: error }, text),
    personMs,
    hurry: hurry.signal,
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
  const removed = new RemovedServers({
    registry,
    vault,
    forgetAccount: async (server, others) =>
      await forgetUnusedAccount({ accounts, resolver }, server, others),
    now,
    onFault: (error) => logger.warn({ err: error }, 'a removed server was not forgotten'),
  })
  const { supervisor, sleep, resources } = createSupervision({
    state,
    launch: {
      resolver,
      queue: new StartQueue(parallelStarts),
      timing,
      orphans,
      trees,
      accounts,
    },
    redact,
    now,
    isClosing: () => closed.signal.aborted,
  })
  vault.onDidChange((status) => {
    if (status.state === 'ready') supervisor.startHeld()
  })
  const checker = new SchemaChecker({ nodePath, programsDir })
  const drafts = new Drafts({
    registry,
    vault,
    homeDir,
    baseEnvironment,
    launch: { queue: new StartQueue(parallelStarts), timing, orphans, trees, accounts },
    ownerMark: processes.mark,
    resolveExternal,
    eraVerdicts: () => state.cache.get().legacyServers,
    redact,
    now,
  })
  const machine = new MachineView(
    new MachineReader({
      definitions: createDefinitionReader({
        list: () => registry.list(),
        homeDir,
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
    homeDir,
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
      moves,
      homeDir,
      env: options.env,
      launchWarning: (server, atHand) =>
        findLaunchWarning(server, {
          homeDir,
          baseEnvironment,
          // A vault that cannot be looked into now says nothing against a server.
          hasSecret: async (name) =>
            atHand(name) ?? (!(await vault.isReady()) || (await vault.has(name))),
        }),
      stop: (id) => supervisor.command(id, 'stop'),
    }),
    literals: new LiteralMover({
      registry,
      vault,
      moves,
      ownFile: paths.servers,
      homeDir: options.homeDir,
      env: options.env,
    }),
    tools: new ToolRouter({ registry, supervisor, checker, redact, now }),
    resources,
    accounts,
    addressOf,
    logs,
    machine,
    vault,
    secrets: new SecretKeeper({ registry, vault, records, moves }),
    settings,
    actions,
    redact,
    notices: () => notices.list(),
    onDidNotice: (listener) => notices.onDidAdd(listener),
    hurry: () => hurry.abort(),
    close: () => {
      closing ??= (async () => {
        closed.abort(new AppError('call_cancelled'))
        const accountsClosed = accounts.close()
        sleep.close()
        resources.close()
        await Promise.all([
          accountsClosed,
          supervisor.shutdown(),
          drafts.close(),
          launching.settled(),
          checker.close(),
        ])
        await processes.close()
        await Promise.all([removed.close(), actions.close(), state.cache.close()])
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
