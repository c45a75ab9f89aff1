import { cpus, release, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import type { Figure } from './figure.ts'
import { measureHost } from './measure-host.ts'
import { measureLogs } from './measure-logs.ts'
import { measurePackage } from './measure-package.ts'
import { measureRenderer } from './measure-renderer.ts'
import { measureResources } from './measure-resources.ts'

// Figures of the built product, run as a person runs it: `npm run bench`, `npm run bench -- renderer` for one part of it,
// or `npm run bench -- --short` for CI. Each is the median of several rounds where it can be taken more than once.

const parts: Readonly<
  Record<string, (isShort: boolean, rounds: number) => Promise<readonly Figure[]>>
> = {
  host: measureHost,
  resources: measureResources,
  logs: measureLogs,
  renderer: measureRenderer,
  package: measurePackage,
}

const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const unknown = positionals.filter((name) => !Object.hasOwn(parts, name))
if (unknown.length > 0) {
  throw new Error(`There is no part ${unknown.join(', ')}: use ${Object.keys(parts).join(', ')}.`)
}

printMachine()
for (const [name, measure] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  for (const { what, value, bound } of await measure(values.short, values.short ? 2 : 5)) {
    process.stdout.write(`| ${what} | ${value} | ${bound} |\n`)
  }
}

function printMachine(): void {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  const machine = `${cpus().length} x ${cpu?.model.trim() ?? 'CPU'}, ${memory} GiB, Linux ${release()}`
  process.stdout.write(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${machine}\n\n`,
  )
  process.stdout.write('| what | product | bound |\n|---|---|---|\n')
}
