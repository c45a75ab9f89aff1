import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ServerId } from '../../../src/shared/domain/ids.ts'
import type { ServerState } from '../../../src/shared/domain/server-state.ts'
import type { ServerView } from '../../../src/shared/domain/server-view.ts'
import { findMarked, isLive } from '../../fixtures/marked-processes.ts'
import { runCli, serve } from '../bench-host.ts'
import { addServers, type FaultServer, smallServer } from './fault-host.ts'
import { ServerWatch } from './server-watch.ts'

/** How long what is left of a killed host may take before it counts as surviving, in milliseconds. */
const survivalMs = 5_000
/** How often its processes are looked at, in milliseconds. */
const lookMs = 2
const markName = 'mark-'

/** What one `kill -9` of the host left, and how soon it was gone. */
export interface KillOutcome {
  /** Processes below the host when it was killed. */
  readonly killed: number
  /** Command lines of those that still lived after `survivalMs`; they have been killed since. */
  readonly survivors: readonly string[]
  /**
   * Of an `early` kill: survivors with an emptied environment, which nobody can tell from any other program once their
   * parent is gone and nobody had looked before. They are not among `survivors`.
   */
  readonly neverSeen: number
  /** From the kill until the last process was gone; `survivalMs` where some survived. */
  readonly cleanUpMs: number
}

/**
 * Registers ten servers with 15 processes: three with a child that left their session (of one with an emptied environment),
 * two with a child in their group, and five that never answer the handshake. The children and those five ignore SIGTERM.
 */
export async function prepareKillCycles(home: string): Promise<void> {
  const modes = ['escaped', 'escaped', 'cleared', 'nested', 'nested', ...Array(5).fill('mute')]
  const servers: Readonly<Record<string, FaultServer>> = Object.fromEntries(
    modes.map((mode, index) => {
      const file = join(home, `${markName}${mode}`)
      writeFileSync(file, '')
      return [`${mode}-${index}`, smallServer(mode, file)]
    }),
  )
  const host = await serve(home)
  await addServers(host.connection, servers)
  await host.stop()
  // Without a host: only the switch changes, and nothing has to be stopped.
  runCli(home, ['enable', '--all'])
}

/**
 * Starts the host, lets its servers come up, kills it with SIGKILL and watches what becomes of its processes.
 * @param moment `up`: all 15 processes are there, five of them in the handshake. `early`: that long after the first spawn,
 * in milliseconds.
 */
export async function runKillCycle(
  home: string,
  moment: 'up' | { readonly earlyMs: number },
): Promise<KillOutcome> {
  const host = await serve(home)
  const watch = new ServerWatch(host.connection)
  await watch.where(moment === 'up' ? areUp : isFirstSpawned)
  if (moment !== 'up') await delay(moment.earlyMs)
  // In the arguments of each process of the servers, and not in the host's.
  const mark = join(home, markName)
  const below = findMarked(mark).map(({ pid }) => pid)
  const startedAt = performance.now()
  process.kill(host.pid, 'SIGKILL')
  const outcome = await watchTheEnd(mark, below, startedAt)
  await host.ended
  const isNeverSeen = (command: string) => moment !== 'up' && command.endsWith('cleared ')
  return {
    killed: below.length,
    survivors: outcome.survivors.filter((command) => !isNeverSeen(command)),
    neverSeen: outcome.survivors.filter(isNeverSeen).length,
    cleanUpMs: outcome.cleanUpMs,
  }
}

/** Waits until the processes are gone, those too that come up meanwhile, and kills what outlives the time. */
export async function watchTheEnd(
  mark: string,
  known: readonly number[],
  startedAt: number,
): Promise<Pick<KillOutcome, 'survivors' | 'cleanUpMs'>> {
  let pids = known
  for (;;) {
    pids = pids.filter(isLive)
    const at = performance.now()
    if (pids.length === 0) {
      // The look at all processes is dear: only once those that are known are gone.
      const more = findMarked(mark)
      if (more.length === 0) return { survivors: [], cleanUpMs: at - startedAt }
      pids = more.map(({ pid }) => pid)
    }
    if (at - startedAt > survivalMs) break
    await delay(lookMs)
  }
  const survivors = findMarked(mark)
  for (const { pid } of survivors) process.kill(pid, 'SIGKILL')
  return { survivors: survivors.map(({ command }) => command), cleanUpMs: survivalMs }
}

/** Five servers run and five are in the handshake. */
function areUp(servers: ReadonlyMap<ServerId, ServerView>): boolean {
  const states = [...servers.values()].map((server) => server.state)
  const running = states.filter((state) => state.phase === 'running')
  return running.length === 5 && states.filter(isInHandshake).length === 5
}

function isFirstSpawned(servers: ReadonlyMap<ServerId, ServerView>): boolean {
  return [...servers.values()].some(
    ({ state }) => state.phase === 'running' || isInHandshake(state),
  )
}

function isInHandshake(state: ServerState): boolean {
  return state.phase === 'starting' && state.step === 'handshake'
}
