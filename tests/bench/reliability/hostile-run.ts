import { setTimeout as delay } from 'node:timers/promises'
import type { HostConnection } from '../../../src/host/connect-live-host.ts'
import type { ServerId } from '../../../src/shared/domain/ids.ts'
import { hostileFrames } from '../../fixtures/servers/hostile-frames.mjs'
import { addServers, callTool, nodeServer, switchOn } from './fault-host.ts'
import { ServerWatch } from './server-watch.ts'

/** How long one call may take before it counts as hung, in milliseconds. */
const hangMs = 30_000
/** How often each neighbour is called, in milliseconds. */
const everyMs = 10

/** The names of the twelve classes. */
export const hostileKinds: readonly string[] = Object.keys(hostileFrames)

/** A hostile server and three that behave, all of them running. */
export interface HostileHost {
  readonly connection: HostConnection
  readonly watch: ServerWatch
  readonly hostile: ServerId
  readonly neighbours: readonly ServerId[]
}

/** What one class of frames did. */
export interface HostileOutcome {
  /** Calls that ended otherwise than with their own answer, in words; empty where all went well. */
  readonly faults: readonly string[]
  /** Times of the neighbours' calls meanwhile, in milliseconds. */
  readonly neighbourMs: readonly number[]
}

/** Registers and starts the servers. */
export async function startHostileHost(connection: HostConnection): Promise<HostileHost> {
  const names = ['hostile', 'neighbour-1', 'neighbour-2', 'neighbour-3']
  const servers = Object.fromEntries(names.map((name) => [name, nodeServer('hostile-frames.mjs')]))
  const ids = await addServers(connection, servers, { callMs: hangMs })
  await switchOn(connection, ids)
  const watch = new ServerWatch(connection)
  await watch.allRun(ids)
  const [hostile, ...neighbours] = ids
  if (hostile === undefined) throw new Error('There is no hostile server.')
  return { connection, watch, hostile, neighbours }
}

/** Lets the server send so many frames of one class, while its neighbours are called and must not notice. */
export async function runHostile(
  host: HostileHost,
  kind: string,
  count: number,
): Promise<HostileOutcome> {
  const pid = runningPid(host)
  const outcome = await callNeighboursWhile(host, async (faults) => {
    const message = `after ${count} of ${kind}`
    const args = { kind, count, message }
    await expectAnswer(host, faults, { id: host.hostile, tool: 'hostile', args, message })
    const again = `again after ${kind}`
    const echo = { id: host.hostile, tool: 'echo', args: { message: again }, message: again }
    await expectAnswer(host, faults, echo)
  })
  const isSame = runningPid(host) === pid
  return isSame
    ? outcome
    : { ...outcome, faults: [...outcome.faults, `${kind}: the server was started anew`] }
}

/** Calls each neighbour again and again while something runs. */
export async function callNeighboursWhile(
  host: HostileHost,
  run: (faults: string[]) => Promise<void>,
): Promise<HostileOutcome> {
  const faults: string[] = []
  const neighbourMs: number[] = []
  let isOver = false
  const loops = host.neighbours.map(async (id, neighbour) => {
    for (let call = 0; !isOver; call += 1) {
      const message = `neighbour ${neighbour}, call ${call}`
      const startedAt = performance.now()
      await expectAnswer(host, faults, { id, tool: 'echo', args: { message }, message })
      neighbourMs.push(performance.now() - startedAt)
      await delay(everyMs)
    }
  })
  try {
    await run(faults)
  } finally {
    isOver = true
  }
  await Promise.all(loops)
  return { faults, neighbourMs }
}

async function expectAnswer(
  { connection }: HostileHost,
  faults: string[],
  call: {
    readonly id: ServerId
    readonly tool: string
    readonly args: Record<string, string | number>
    readonly message: string
  },
): Promise<void> {
  try {
    const text = await callTool(connection, call.id, call.tool, call.args)
    if (text !== call.message) faults.push(`${call.message}: misrouted: ${text.slice(0, 80)}`)
  } catch (error) {
    faults.push(`${call.message}: ${String(error)}`)
  }
}

function runningPid({ watch, hostile }: HostileHost): number | null {
  const { state } = watch.view(hostile)
  return state.phase === 'running' ? state.pid : null
}
