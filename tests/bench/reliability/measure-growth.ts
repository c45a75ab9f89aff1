import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ServerId } from '../../../src/shared/domain/ids.ts'
import { type BenchHost, serve, withHome } from '../bench-host.ts'
import type { Figure, LongRun } from '../figure.ts'
import { addServers, smallServer } from './fault-host.ts'
import { ServerWatch } from './server-watch.ts'

/** How many servers are started and stopped at once. */
const width = 4
/** How long the host rests before it is looked at, in milliseconds: timers of what was stopped run out. */
const restMs = 1_000
/** Over how many looks the growth is taken: those of the last third. */
const lastLooks = 4

interface Look {
  readonly cycles: number
  readonly files: number
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
  await withHome(async (home) => {
    const file = join(home, 'mark')
    writeFileSync(file, '')
    const host = await serve(home)
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
  // Each server's newest 20,000 log lines are kept in memory by design, and its first thousand starts fill that.
  if (isShort) return
  yield {
    what: 'memory of the host (resident), first and last; growth per 10,000 over the last third, by least squares',
    value: `${looks[0]?.megabytes.toFixed(1)} MB, ${looks.at(-1)?.megabytes.toFixed(1)} MB; ${(slope(looks.slice(-lastLooks)) * 10_000).toFixed(1)} MB`,
    bound: '1 MB',
  }
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
function slope(looks: readonly Look[]): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const x = mean(looks.map((look) => look.cycles))
  const y = mean(looks.map((look) => look.megabytes))
  const over = looks.reduce((sum, look) => sum + (look.cycles - x) * (look.megabytes - y), 0)
  const under = looks.reduce((sum, look) => sum + (look.cycles - x) ** 2, 0)
  return over / under
}
