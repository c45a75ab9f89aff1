import { serve, withHome } from '../bench-host.ts'
import { type Figure, type LongRun, quantile, round, spread } from '../figure.ts'
import { addServers, callTool, nodeServer, switchOn } from './fault-host.ts'
import { callNeighboursWhile, hostileKinds, runHostile, startHostileHost } from './hostile-run.ts'
import { hugeAnswer, hugeBytes, inWords } from './peer-faults.ts'
import { besidePeers, type Peer } from './peers.ts'
import { ServerWatch } from './server-watch.ts'

/** Classes whose frames are large or slow to make, and how many of them stand for a hundred thousand of all classes. */
const rare: Readonly<Record<string, number>> = {
  'huge-frame': 10,
  'stderr-flood': 20,
  'deep-nesting': 1_000,
}

/** How many frames stand in one write of a class, where it is more than one. */
const inOneWrite: Readonly<Record<string, number>> = { tiny: 85 }

/** R3: a hundred thousand hostile frames of twelve classes while three neighbours serve. */
export async function* measureHostileFrames(
  { isShort, cycles, progress }: LongRun,
  peers: readonly Peer[],
): AsyncGenerator<Figure> {
  const wanted = cycles ?? (isShort ? 1_000 : 100_000)
  const share = wanted / 100_000
  const rareCounts = hostileKinds.map((kind) => Math.ceil((rare[kind] ?? 0) * share))
  const rareSum = rareCounts.reduce((sum, count) => sum + count, 0)
  const others = hostileKinds.length - Object.keys(rare).length
  const each = Math.max(1, Math.ceil((wanted - rareSum) / others))
  const counts = hostileKinds.map((kind, index) => {
    const writes = Math.ceil(each / (inOneWrite[kind] ?? 1))
    return [kind, rareCounts[index] || writes] as const
  })

  const faults: string[] = []
  const times: number[] = []
  const byKind: string[] = []
  let quiet: readonly number[] = []
  await withHome(async (home) => {
    const bench = await serve(home)
    const host = await startHostileHost(bench.connection)
    const runAlone = callNeighboursWhile(host, async () => {
      await new Promise((resolve) => {
        setTimeout(resolve, isShort ? 1_000 : 15_000)
      })
    })
    quiet = (await runAlone).neighbourMs
    for (const [kind, count] of counts) {
      const startedAt = performance.now()
      const outcome = await runHostile(host, kind, count)
      faults.push(...outcome.faults)
      times.push(...outcome.neighbourMs)
      const p99 = round(quantile(outcome.neighbourMs, 0.99))
      byKind.push(`${kind} ${p99}`)
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      progress(`hostile frames: ${count} of ${kind} in ${seconds} s, neighbours' p99 ${p99} ms`)
    }
    await bench.stop()
  })
  const sent = counts.reduce((sum, [kind, count]) => sum + count * (inOneWrite[kind] ?? 1), 0)
  yield {
    what: `${sent} hostile frames of ${counts.length} classes: crashes, hangs and wrong answers`,
    value: String(faults.length),
    bound: '0',
    missed: faults,
  }
  const ratio = quantile(times, 0.99) / quantile(quiet, 0.99)
  yield {
    what: "the neighbours' calls meanwhile",
    value: `${spread(times)}; p99 is ${round(ratio)} x`,
    bound: `2 x p99 without: ${spread(quiet)}`,
  }
  yield { what: "of it the neighbours' p99 by class, in ms", value: byKind.join(', '), bound: '' }
  if (!isShort) {
    yield {
      what: 'a 20 MB answer, and the call after it',
      value: await hugeAnswerOfProduct(),
      peers: await besidePeers(peers, progress, hugeAnswer),
      bound: 'both answered',
    }
  }
}

async function hugeAnswerOfProduct(): Promise<string> {
  return await withHome(async (home) => {
    const { connection, stop } = await serve(home)
    const [id] = await addServers(connection, { server: nodeServer('fixture-server.mjs', 'ok') })
    if (id === undefined) throw new Error('The server was not added.')
    await switchOn(connection, [id])
    await new ServerWatch(connection).allRun([id])
    const huge = await inWords(callTool(connection, id, 'big', { bytes: hugeBytes }))
    const after = await inWords(callTool(connection, id, 'echo', { message: 'after' }))
    await stop()
    return `${huge}, then ${after}`
  })
}
