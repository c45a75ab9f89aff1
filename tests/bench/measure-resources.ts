import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { parseStat } from '../../src/core/processes/linux-table.ts'
import { readProcessTable } from '../../src/core/processes/process-table.ts'
import { readStream } from '../../src/shared/contract/read-stream.ts'
import { type BenchHost, enableAll, importServers, serve, withHome } from './bench-host.ts'
import type { Figure } from './figure.ts'

const servers = 20

/** What it costs to measure servers: the processor time of a host whose servers have nothing to do. */
export async function measureResources(isShort: boolean): Promise<readonly Figure[]> {
  const forMs = isShort ? 5_000 : 60_000
  return await withHome(async (home) => {
    const script = '@modelcontextprotocol/server-memory/dist/index.js'
    importServers(
      home,
      Object.fromEntries(
        Array.from({ length: servers }, (_, index) => [`memory-${index}`, [script]]),
      ),
    )
    const host = await serve(home)
    try {
      await enableAll(host.connection, servers)
      // What came with the start is over.
      await delay(isShort ? 1_000 : 5_000)
      const alone = await cpuPercentDuring(host.pid, () => delay(forMs))
      const watched = await cpuPercentDuring(host.pid, () => watchFor(host, forMs))
      const processes = (await readProcessTable()).length
      const what = `CPU of the host, ${servers} idle servers, ${processes} processes on the machine`
      return [
        {
          what: `${what}: trees measured every 2 s`,
          value: percent(alone),
          bound: '1 % of a core',
        },
        { what: `${what}: and sent to a page`, value: percent(watched), bound: '1 % of a core' },
      ]
    } finally {
      await host.stop()
    }
  })
}

/** Reads the samples as a page does. */
async function watchFor({ connection: { client } }: BenchHost, forMs: number): Promise<void> {
  const endAt = performance.now() + forMs
  let samples = 0
  for await (const { items } of readStream(client.resources.watch(), client.streams.ack)) {
    samples += items.filter(({ type }) => type === 'sample').length
    if (performance.now() >= endAt) break
  }
  // Each server and the host, at two looks of three at least.
  const expected = ((servers + 1) * forMs) / 3_000
  if (samples < expected) throw new Error(`only ${samples} samples in ${forMs} ms`)
}

async function cpuPercentDuring(pid: number, run: () => Promise<unknown>): Promise<number> {
  const [before, startedAt] = [cpuMsOf(pid), performance.now()]
  await run()
  return (100 * (cpuMsOf(pid) - before)) / (performance.now() - startedAt)
}

function cpuMsOf(pid: number): number {
  const read = parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  if (read === undefined) throw new Error(`process ${pid} is not there`)
  return read.entry.cpuMs
}

function percent(value: number): string {
  return `${value.toFixed(2)} %`
}
