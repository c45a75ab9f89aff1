import type { ErrorInfo } from '../../shared/domain/errors.ts'
import type { CoreOptions } from '../core-options.ts'
import { openProcessOwner, type ProcessOwner } from '../processes/process-owner.ts'
import type { Redactor } from '../secrets/redaction.ts'
import { createExternalResolver } from '../secrets/references/external-resolver.ts'
import type { ResolveExternal } from '../secrets/references/resolve-external.ts'
import type { VaultHolder } from '../secrets/vault-holder.ts'
import type { LifecycleTiming } from '../servers/lifecycle-timing.ts'
import { type BaseEnvironment, readBaseEnvironment } from '../servers/login-shell-env.ts'
import { createLaunchResolver, type LaunchResolver } from '../servers/resolve-launch.ts'
import type { CoreState } from './open-core-state.ts'

/** What launching is put together from. */
export interface LaunchingOptions {
  readonly core: CoreOptions
  readonly nodePath: string
  readonly timing: LifecycleTiming
  readonly state: CoreState
  readonly vault: VaultHolder
  readonly redactor: Redactor
  readonly onNotice: (notice: ErrorInfo) => void
  readonly now: () => number
  /** Aborted when the core closes. */
  readonly closed: AbortSignal
}

/** What turns definitions into processes, and keeps hold of these. */
export interface Launching {
  readonly processes: ProcessOwner
  readonly resolver: LaunchResolver
  readonly resolveExternal: ResolveExternal
  /** The environment of the login shell, asked for once, at its first use. */
  readonly baseEnvironment: () => Promise<BaseEnvironment>
  /** Settles once no login shell is being asked. */
  readonly settled: () => Promise<unknown>
}

/** Puts it together. Starts no process yet. */
export async function createLaunching(options: LaunchingOptions): Promise<Launching> {
  const { core, nodePath, timing, vault, redactor, closed, now } = options
  const { logs, records } = options.state
  const onSecret = (name: string, value: string) => redactor.set(name, value)
  const processes = await openOwner(options)
  let reading: Promise<BaseEnvironment> | null = null
  const baseEnvironment = () => {
    reading ??= readBaseEnvironment(core.env, {
      timeoutMs: timing.shellMs,
      nodePath,
      signal: closed,
    }).then((base) => {
      if (base.problem !== null && !closed.aborted) options.onNotice(base.problem)
      return base
    })
    return reading
  }
  const resolveExternal = createExternalResolver({
    homeDir: core.homeDir,
    readSecret: (name) => vault.get(name),
    onSecret,
    isCommandAllowed: (id, command) => records.isCommandAllowed(id, command),
    signal: closed,
  })
  const resolver = createLaunchResolver({
    homeDir: core.homeDir,
    ownerMark: processes.mark,
    baseEnvironment,
    readSecret: async (name) => {
      const value = await vault.get(name)
      if (value !== null) records.noteUsed(name)
      return value
    },
    resolveExternal,
    onSecret,
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
  return { processes, resolver, resolveExternal, baseEnvironment, settled: async () => reading }
}

async function openOwner(options: LaunchingOptions): Promise<ProcessOwner> {
  const { core, nodePath, timing, state } = options
  return await openProcessOwner({
    dataDir: core.paths.root,
    nodePath,
    programsDir: core.programsDir,
    beatMs: timing.lookMs,
    onDidFind: (found, areEnded) => {
      const pids = found.map(({ pid }) => pid)
      core.logger.warn({ pids, areEnded }, 'An earlier run left processes behind.')
      for (const [serverName, left] of Map.groupBy(found, (one) => one.serverName)) {
        state.actions.record({
          kind: 'reap',
          serverId: null,
          serverName,
          heldBack: !areEnded,
          pids: left.map(({ pid }) => pid),
        })
      }
    },
    onFault: (text, pids) => core.logger.warn({ pids }, text),
  })
}
