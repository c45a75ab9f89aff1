import { appendFileSync, mkdirSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { endHomes, repository } from './bench-host.ts'
import type { Figure, LongRun } from './figure.ts'
import { measureHost } from './measure-host.ts'
import { measureLogs } from './measure-logs.ts'
import { measurePackage } from './measure-package.ts'
import { measureReliability } from './measure-reliability.ts'
import { measureRenderer } from './measure-renderer.ts'
import { measureResources } from './measure-resources.ts'

// Figures of the built product, run as a person runs it: `npm run bench`, `npm run bench -- renderer` for one part of it,
// or `npm run bench -- --short` for CI. Each is the median of several rounds where it can be taken more than once. The long
// runs take `--cycles N` and `--only r1,r2`. The table is also in .cache/bench, line by line as it comes.

type Measure = (
  isShort: boolean,
  rounds: number,
  longRun: LongRun,
) => Promise<readonly Figure[]> | AsyncIterable<Figure>

const parts: Readonly<Record<string, Measure>> = {
  host: measureHost,
  resources: measureResources,
  logs: measureLogs,
  renderer: measureRenderer,
  package: measurePackage,
  reliability: (_isShort, _rounds, longRun) => measureReliability(longRun),
}

const { values, positionals } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    cycles: { type: 'string' },
    only: { type: 'string' },
  },
  allowPositionals: true,
})
const unknown = positionals.filter((name) => !Object.hasOwn(parts, name))
if (unknown.length > 0) {
  throw new Error(`There is no part ${unknown.join(', ')}: use ${Object.keys(parts).join(', ')}.`)
}
const cycles = values.cycles === undefined ? null : Number(values.cycles)
if (cycles !== null && !(Number.isInteger(cycles) && cycles > 0)) {
  throw new Error('--cycles takes a whole number of 1 or more.')
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    endHomes()
    process.exit(1)
  })
}

const folder = join(repository, '.cache', 'bench')
mkdirSync(folder, { recursive: true })
const table = join(folder, `${new Date().toISOString().replaceAll(':', '-')}.md`)

printMachine()
const longRun: LongRun = {
  isShort: values.short,
  cycles,
  only: values.only?.split(',') ?? null,
  progress: (text) => process.stderr.write(`${text}\n`),
}
for (const [name, measure] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  for await (const figure of await measure(values.short, values.short ? 2 : 5, longRun)) {
    const { what, value, peers = '', bound, missed = [] } = figure
    print(`| ${what} | ${value} | ${peers} | ${bound} |`)
    if (missed.length === 0) continue
    process.exitCode = 1
    process.stderr.write(`MISSED by ${what}:\n  ${missed.join('\n  ')}\n`)
  }
}

function printMachine(): void {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  const machine = `${cpus().length} x ${cpu?.model.trim() ?? 'CPU'}, ${memory} GiB, Linux ${release()}`
  print(`${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${machine}\n`)
  print('| what | product | peers | bound |\n|---|---|---|---|')
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
  appendFileSync(table, `${line}\n`)
}
