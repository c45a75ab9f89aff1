import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findMarked } from '../../fixtures/marked-processes.ts'
import { serve, withHome } from '../bench-host.ts'
import { type Figure, type LongRun, spread } from '../figure.ts'
import { addServers, smallServer } from './fault-host.ts'
import { prepareKillCycles, runKillCycle } from './kill-cycle.ts'
import { countSurvivors } from './peer-faults.ts'
import { besidePeers, type Peer } from './peers.ts'
import { ServerWatch } from './server-watch.ts'

/** R1: `kill -9` of the host with 15 processes under it, and the stop that a person asks for. */
export async function* measureKills(
  longRun: LongRun,
  peers: readonly Peer[],
): AsyncGenerator<Figure> {
  yield* measureKillCycles(longRun, peers)
  yield* measureStops(longRun)
}

async function* measureKillCycles(
  { isShort, cycles, progress }: LongRun,
  peers: readonly Peer[],
): AsyncGenerator<Figure> {
  const count = cycles ?? (isShort ? 3 : 1_000)
  const cleanUpMs: number[] = []
  const survivors: string[] = []
  let killed = 0
  let neverSeen = 0
  await withHome(async (home) => {
    await prepareKillCycles(home)
    for (let cycle = 0; cycle < count; cycle += 1) {
      // Every third one while processes are being spawned.
      const moment = cycle % 3 === 2 ? { earlyMs: Math.random() * 40 } : 'up'
      const outcome = await runKillCycle(home, moment)
      killed += outcome.killed
      neverSeen += outcome.neverSeen
      // What nobody can find is told apart; it would make a time of five seconds.
      if (outcome.neverSeen === 0) cleanUpMs.push(outcome.cleanUpMs)
      survivors.push(...outcome.survivors.map((command) => `cycle ${cycle}: ${command}`))
      if (cycle % 50 === 49) {
        progress(`kill -9: ${cycle + 1} of ${count}, ${survivors.length} survivors`)
      }
    }
  })
  yield {
    what: `kill -9 of the host, ${count} times: processes that survive 5 s`,
    value: `${survivors.length} of ${killed}`,
    peers: await besidePeers(peers, progress, countSurvivors),
    bound: '0',
    missed: survivors,
  }
  yield {
    what: 'from that kill -9 until the last process is gone',
    value: spread(cleanUpMs),
    bound: 'p99 250 ms',
  }
  yield {
    what: 'beside them: emptied their environment and left their session within 40 ms of the kill',
    value: `${neverSeen} survived`,
    bound: '',
  }
}

async function* measureStops({ isShort, progress }: LongRun): AsyncGenerator<Figure> {
  const left: string[] = []
  const politeMs: number[] = []
  const stubbornMs: number[] = []
  await withHome(async (home) => {
    const host = await serve(home)
    const { client } = host.connection
    const watch = new ServerWatch(host.connection)
    const stopOften = async (mode: string, rounds: number, times: number[]) => {
      const file = join(home, mode)
      writeFileSync(file, '')
      const [id] = await addServers(host.connection, { [mode]: smallServer(mode, file) })
      if (id === undefined) throw new Error('The server was not added.')
      for (let round = 0; round < rounds; round += 1) {
        await client.servers.start({ id })
        await watch.allRun([id])
        const startedAt = performance.now()
        await client.servers.stop({ id })
        await watch.stateWhere(id, ({ phase }) => phase === 'stopped')
        times.push(performance.now() - startedAt)
        for (const { pid, command } of findMarked(file)) {
          left.push(command)
          process.kill(pid, 'SIGKILL')
        }
      }
      progress(`stops of "${mode}": ${rounds}`)
    }
    await stopOften('ok', isShort ? 10 : 100, politeMs)
    const stubbornRounds = isShort ? 1 : 5
    await Promise.all(
      ['nested', 'escaped', 'cleared'].map((mode) => stopOften(mode, stubbornRounds, stubbornMs)),
    )
    await host.stop()
  })
  yield {
    what: 'stop of a server that ends with its stdin',
    value: spread(politeMs),
    bound: '100 ms',
  }
  yield {
    what: 'stop of a tree that ignores SIGTERM (2 s + 2 s are its grace); processes left by it',
    value: `${spread(stubbornMs)}; ${left.length} left`,
    bound: '5000 ms; 0 left',
    missed: left.map((command) => `left by a stop: ${command}`),
  }
}
