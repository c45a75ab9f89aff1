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

/** What one `kill -9` of the host left, and how soon it was gone. */
export interface KillOutcome {
  /** Processes below the host when it was killed. */
  readonly killed: number
  /** Command lines of those that still lived after `survivalMs`; they have been killed since. */
  readonly survivors: readonly string[]
  /** From the kill until the last process was gone; `survivalMs` where some survived. */
  readonly cleanUpMs: number
}

/**
 * Registers ten servers with 15 processes: three with a child that left their session and emptied its environment, two
 * with a child in their group, and five that never answer the handshake. The children and those five ignore SIGTERM.
 */
export async function prepareKillCycles(home: string): Promise<void> {
  const file = markFile(home)
  writeFileSync(file, '')
  const modes = ['escaped', 'escaped', 'escaped', 'nested', 'nested']
  const running = modes.map((mode, index) => [`${mode}-${index}`, smallServer(mode, file)] as const)
  const hung = Array.from(
    { length: 5 },
    (_, index) => [`mute-${index}`, smallServer('mute', file)] as const,
  )
  const servers: Readonly<Record<string, FaultServer>> = Object.fromEntries([...running, ...hung])
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
  const mark = markFile(home)
  const below = findMarked(mark).map(({ pid }) => pid)
  const startedAt = performance.now()
  process.kill(host.pid, 'SIGKILL')
  const outcome = await watchTheEnd(mark, below, startedAt)
  await host.ended
  return { killed: below.length, ...outcome }
}

/** Waits until the processes are gone, those too that come up meanwhile, and kills what outlives the time. */
export async function watchTheEnd(
  mark: string,
  known: readonly number[],
  startedAt: number,
): Promise<Omit<KillOutcome, 'killed'>> {
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

/** Each process of the servers has this in its arguments, and the host has not. */
function markFile(home: string): string {
  return join(home, 'mark')
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
