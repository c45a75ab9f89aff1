import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { serve, withHome } from '../bench-host.ts'
import { type Figure, type LongRun, ms, quantile, round } from '../figure.ts'
import { allListed, healthyCount, mixedServers, prepareMixedServers } from './mixed-start.ts'
import { mixedStart } from './peer-faults.ts'
import { besidePeers, type Peer } from './peers.ts'

/** P4: a start with 20 healthy servers, one that hangs and one whose program is missing. */
export async function* measureMixedStart(
  { isShort, progress }: LongRun,
  peers: readonly Peer[],
): AsyncGenerator<Figure> {
  const answersMs: number[] = []
  const listedMs: number[] = []
  const bareMs: number[] = []
  for (let start = 0; start < (isShort ? 1 : 5); start += 1) {
    bareMs.push(await bareStarts())
    await withHome(async (home) => {
      const { healthy } = await prepareMixedServers(home)
      const startedAt = performance.now()
      const host = await serve(home)
      answersMs.push(host.startMs)
      await allListed(host.connection, healthy)
      listedMs.push(performance.now() - startedAt)
      await host.stop()
    })
    progress(`20 + 1 + 1: start ${start + 1}`)
  }
  const beside = await besidePeers(peers, progress, (peer) =>
    mixedStart(peer, mixedServers, healthyCount),
  )
  yield {
    what: '20 healthy, 1 hung, 1 missing: from the spawn until the endpoint answers, and all 20 are listed',
    value: `${round(quantile(answersMs, 0.5))} ms, all listed ${round(quantile(listedMs, 0.5))} ms`,
    peers: beside,
    bound: `300 ms, 900 ms; the 20 bare: ${ms(bareMs)}`,
  }
}

/** The least that it can cost: the 20 spawned at once and asked to shake hands. */
async function bareStarts(): Promise<number> {
  const startedAt = performance.now()
  const starts = Object.values(mixedServers)
    .slice(-healthyCount)
    .map(async ({ command, args }) => {
      const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] })
      const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: {} }
      const line = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })
      child.stdin.write(`${line}\n`)
      await once(child.stdout, 'data')
      child.kill('SIGKILL')
    })
  await Promise.all(starts)
  return performance.now() - startedAt
}
