import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HostConnection } from '../../../src/host/connect-live-host.ts'
import { serve, withHome } from '../bench-host.ts'
import { type Figure, type LongRun, round, spread } from '../figure.ts'
import { type CrashOutcome, runCrash } from './crash-run.ts'
import { addServers, smallServer, switchOn } from './fault-host.ts'
import { crashInMidCall, crashLoopOf } from './peer-faults.ts'
import { besidePeers, type Peer } from './peers.ts'
import { ServerWatch } from './server-watch.ts'

/** R2: crashes in mid-call, and a server that crashes at each start. */
export async function* measureCrashes(
  { isShort, cycles, progress }: LongRun,
  peers: readonly Peer[],
): AsyncGenerator<Figure> {
  const count = cycles ?? (isShort ? 10 : 200)
  const outcomes: CrashOutcome[] = []
  await withHome(async (home) => {
    const file = join(home, 'mark')
    writeFileSync(file, '')
    const { connection, stop } = await serve(home)
    const [id] = await addServers(connection, { crashing: smallServer('ok', file) })
    if (id === undefined) throw new Error('The server was not added.')
    await switchOn(connection, [id])
    const watch = new ServerWatch(connection)
    for (let crash = 0; crash < count; crash += 1) {
      outcomes.push(await runCrash(connection, watch, id))
      if (crash % 20 === 19) progress(`crashes in mid-call: ${crash + 1} of ${count}`)
    }
    await stop()
  })
  const codes = outcomes.flatMap((outcome) => outcome.codes)
  const refused = outcomes.filter((outcome) => outcome.refused > 0 || outcome.nextMs === null)
  const untyped = codes.filter((code) => code !== 'exited')
  yield {
    what: `${count} crashes in mid-call: until each call in flight has a typed error`,
    value: spread(outcomes.map((outcome) => outcome.errorMs)),
    bound: '50 ms',
    missed: untyped.map((code) => `a call in flight ended with ${code}`),
  }
  yield {
    what: 'until the next call of the same session has succeeded',
    value: `${spread(outcomes.flatMap(({ nextMs }) => nextMs ?? []))}; ${refused.length} refused`,
    peers: await besidePeers(peers, progress, crashInMidCall),
    bound: '1000 ms; 0 refused',
    missed: refused.map((outcome) => `the call after a crash was refused ${outcome.refused} times`),
  }
  // Fifteen seconds of waiting; the tests have it with shorter waits.
  if (!isShort) yield await measureCrashLoop(peers, progress)
}

async function measureCrashLoop(
  peers: readonly Peer[],
  progress: (text: string) => void,
): Promise<Figure> {
  return await withHome(async (home) => {
    const { connection, stop } = await serve(home)
    const startedAt = performance.now()
    const { starts, code, stderr } = await parkedServer(connection)
    const seconds = (performance.now() - startedAt) / 1000
    await stop()
    return {
      what: 'a server that crashes at each start is parked',
      value: `after ${starts} starts, ${round(seconds)} s, with "${code}" and "${stderr}"`,
      peers: await besidePeers(peers, progress, crashLoopOf),
      bound: '5 starts, 25 s',
      missed: starts === 5 ? [] : [`it was started ${starts} times`],
    }
  })
}

async function parkedServer(connection: HostConnection) {
  const [id] = await addServers(connection, { loop: smallServer('crash', '/dev/null') })
  if (id === undefined) throw new Error('The server was not added.')
  await switchOn(connection, [id])
  const watch = new ServerWatch(connection)
  const state = await watch.stateWhere(id, ({ phase }) => phase === 'failed')
  const { restarts, lastError } = watch.view(id).stats
  return {
    starts: restarts + 1,
    code: state.phase === 'failed' ? state.error.code : '',
    stderr: lastError?.stderr.join(' ') ?? '',
  }
}
