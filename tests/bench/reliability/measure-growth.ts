import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import * as z from 'zod'
import type { ServerId } from '../../../src/shared/domain/ids.ts'
import { type BenchHost, serve, withHome } from '../bench-host.ts'
import type { Figure, LongRun } from '../figure.ts'
import { addServers, smallServer } from './fault-host.ts'
import { ServerWatch } from './server-watch.ts'

/** How many servers are started and stopped at once. */
const width = 2
/** How long the host rests before it is looked at, in milliseconds: timers of what was stopped run out. */
const restMs = 1_000
/** Over how many looks the growth is taken: those of the last third. */
const lastLooks = 4

interface Look {
  readonly cycles: number
  readonly files: number
  /** Resident, with all that V8 has not given back yet. */
  readonly megabytes: number
}

/** What is left in the host of servers that were started and stopped: open files and memory. */
export async function* measureGrowth({
  isShort,
  cycles,
  progress,
}: LongRun): AsyncGenerator<Figure> {
  const count = cycles ?? (isShort ? 100 : 10_000)
  const looks: Look[] = []
  const live: LiveHeap[] = []
  await withHome(async (home) => {
    const file = join(home, 'mark')
    writeFileSync(file, '')
    const dumps = join(home, 'dumps')
    const host = await serve(home, ['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${dumps}`])
    mkdirSync(dumps)
    const watch = new ServerWatch(host.connection)
    const names = Array.from({ length: width }, (_, index) => `server-${index}`)
    const servers = Object.fromEntries(names.map((name) => [name, smallServer('ok', file)]))
    const ids = await addServers(host.connection, servers)
    // What is made once only (the login shell's answer, caches, compiled code) is no growth.
    const warmUp = Math.max(width, Math.round(count / 10))
    await runCycles(host, watch, ids, warmUp)
    const step = isShort ? count : Math.max(width, Math.round(count / 10))
    for (let done = 0; ; done += step) {
      await delay(restMs)
      const look = { cycles: done, ...lookAt(host.pid) }
      looks.push(look)
      progress(`${done} starts and stops: ${look.files} files, ${look.megabytes.toFixed(1)} MB`)
      if (!isShort && done > count * (1 - lastLooks / 10)) {
        const megabytes = await liveMegabytes(host, dumps)
        live.push({ cycles: done, megabytes })
        progress(`of which live objects take ${megabytes.toFixed(2)} MB`)
      }
      if (done >= count) break
      await runCycles(host, watch, ids, step)
    }
    await host.stop()
  })
  const files = looks.map((look) => look.files)
  const grown = (files.at(-1) ?? 0) - (files[0] ?? 0)
  yield {
    what: `${count} starts and stops: open files of the host, first and last`,
    value: `${files[0]}, ${files.at(-1)}`,
    bound: 'no growth',
    // A connection or a file that is being written may be open at one look and not at the other.
    missed: grown > 5 ? [`${grown} more files are open`] : [],
  }
  if (isShort) return
  // Each server's newest 20,000 log lines are kept in memory by design; its first 2,500 starts fill that.
  const grownLive = slope(live) * 10_000
  yield {
    what: 'live objects in the host after a full collection, first and last of the last third; growth per 10,000 by least squares',
    value: `${live[0]?.megabytes.toFixed(2)} MB, ${live.at(-1)?.megabytes.toFixed(2)} MB; ${grownLive.toFixed(2)} MB`,
    bound: '1 MB',
  }
  // A snapshot takes memory of its own, which V8 keeps.
  const resident = looks.slice(0, 1 - lastLooks).map((look) => look.megabytes)
  yield {
    what: 'memory of the host (resident) until then, first, most and last: V8 keeps more than is live',
    value: `${resident[0]?.toFixed(0)} MB, ${Math.max(...resident).toFixed(0)} MB, ${resident.at(-1)?.toFixed(0)} MB`,
    bound: '',
  }
}

interface LiveHeap {
  readonly cycles: number
  readonly megabytes: number
}

/** A heap snapshot (Node's documentation, "--heapsnapshot-signal") holds what a full collection leaves. */
async function liveMegabytes({ pid, connection }: BenchHost, folder: string): Promise<number> {
  process.kill(pid, 'SIGUSR2')
  for (;;) {
    await delay(restMs)
    // It writes the file in one go, and answers nobody meanwhile.
    await connection.client.servers.list()
    const [name] = readdirSync(folder).filter((one) => one.endsWith('.heapsnapshot'))
    if (name === undefined) continue
    const file = join(folder, name)
    const bytes = liveBytes(JSON.parse(readFileSync(file, 'utf8')))
    rmSync(file)
    return bytes / 1_000_000
  }
}

/** V8's own format: the fields of all nodes in one list of numbers. */
const snapshotSchema = z.object({
  snapshot: z.object({ meta: z.object({ node_fields: z.array(z.string()) }) }),
  nodes: z.array(z.number()),
})

function liveBytes(json: unknown): number {
  const { snapshot, nodes } = snapshotSchema.parse(json)
  const fields = snapshot.meta.node_fields
  const at = fields.indexOf('self_size')
  let bytes = 0
  for (let node = at; node < nodes.length; node += fields.length) bytes += nodes[node] ?? 0
  return bytes
}

async function runCycles(
  { connection: { client } }: BenchHost,
  watch: ServerWatch,
  ids: readonly ServerId[],
  count: number,
): Promise<void> {
  const each = Math.ceil(count / ids.length)
  const loops = ids.map(async (id) => {
    for (let cycle = 0; cycle < each; cycle += 1) {
      await client.servers.start({ id })
      await watch.allRun([id])
      await client.servers.stop({ id })
      await watch.stateWhere(id, ({ phase }) => phase === 'stopped')
    }
  })
  await Promise.all(loops)
}

function lookAt(pid: number): Omit<Look, 'cycles'> {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  // proc(5): in kB.
  const megabytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
  return { files: readdirSync(`/proc/${pid}/fd`).length, megabytes }
}

/** Megabytes per cycle. */
function slope(looks: readonly LiveHeap[]): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const x = mean(looks.map((look) => look.cycles))
  const y = mean(looks.map((look) => look.megabytes))
  const over = looks.reduce((sum, look) => sum + (look.cycles - x) * (look.megabytes - y), 0)
  const under = looks.reduce((sum, look) => sum + (look.cycles - x) ** 2, 0)
  return over / under
}
