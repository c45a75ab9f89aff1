import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import PQueue from 'p-queue'
import { parse } from 'yaml'
import * as z from 'zod'

// Runs each of the suite's client scenarios by itself, at the wire of its revision, a few at a time: all at once, as the suite
// does it, they wait for each other until the first run into their limits. One that fails is tried once more, alone, and is
// named at the end. What a revision requires stands in the suite's `requirements`.

const revisions = ['2025-11-25', '2026-07-28']
const elicitation = 'a server that asks the person something (elicitation) gets no answer yet'
const extension = 'an extension that is not built (docs/adr/0019)'
/** What is expected to fail, with the reason. One that passes all the same fails the run, and has to leave this list. */
const notBuilt: Readonly<Record<string, string>> = {
  'elicitation-sep1034-client-defaults': elicitation,
  'sep-2322-client-request-state': elicitation,
  'auth/enterprise-managed-authorization': extension,
  'auth/dpop': extension,
  'auth/dpop-nonce': extension,
  'auth/wif-jwt-bearer': extension,
}

const atOnce = 2
const timeoutMs = 120_000
const root = join(import.meta.dirname, '../..')
const results = join(root, '.cache/conformance')

const requirementsSchema = z.object({
  client: z.array(z.string()),
  not_scored: z.array(z.object({ scenario: z.string(), leg: z.string() })),
})

/** The suite's folder: `npm exec` puts the folder of its program first on the PATH. */
function suiteFolder(): string {
  for (const bin of (process.env['PATH'] ?? '').split(delimiter)) {
    const folder = join(dirname(bin), '@modelcontextprotocol/conformance')
    if (existsSync(join(folder, 'requirements'))) return folder
  }
  throw new Error('The suite is not here: use `npm run conformance`.')
}

interface Scenario {
  readonly revision: string
  readonly name: string
  readonly isRequired: boolean
}

function scenariosOf(suite: string, revision: string): Scenario[] {
  const text = readFileSync(join(suite, 'requirements', `${revision}.yaml`), 'utf8')
  const { client, not_scored: others } = requirementsSchema.parse(parse(text))
  const more = others.filter(({ leg }) => leg === 'client').map(({ scenario }) => scenario)
  return [
    ...client.map((name) => ({ revision, name, isRequired: true })),
    ...more.map((name) => ({ revision, name, isRequired: false })),
  ]
}

/** Runs one scenario; answers with all that was printed where it failed, else with null. */
async function failureOf(suite: string, { revision, name }: Scenario): Promise<string | null> {
  const child = spawn(
    process.execPath,
    [
      join(suite, 'dist/index.js'),
      'client',
      '--command=node tests/conformance/client.ts',
      `--scenario=${name}`,
      `--spec-version=${revision}`,
      // As the suite does it for what a revision requires.
      '--force',
      `--timeout=${timeoutMs}`,
      `--output-dir=${join(results, revision)}`,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let printed = ''
  const take = (chunk: Buffer) => (printed += chunk.toString())
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return code === 0 ? null : printed
}

function say(text: string): void {
  process.stdout.write(`[conformance] ${text}\n`)
}

const startedAt = performance.now()
rmSync(results, { recursive: true, force: true })
const suite = suiteFolder()
const all = revisions.flatMap((revision) => scenariosOf(suite, revision))
const outcomes = new Map<Scenario, 'passed' | 'passed at its second attempt' | 'failed'>()
const queue = new PQueue({ concurrency: atOnce })
await queue.addAll(
  all.map((scenario) => async () => {
    const printed = await failureOf(suite, scenario)
    outcomes.set(scenario, printed === null ? 'passed' : 'failed')
    say(`${scenario.revision} ${scenario.name}: ${outcomes.get(scenario)}`)
  }),
)
for (const scenario of all) {
  if (outcomes.get(scenario) === 'passed' || scenario.name in notBuilt) continue
  say(`${scenario.revision} ${scenario.name} is tried once more, alone`)
  const printed = await failureOf(suite, scenario)
  outcomes.set(scenario, printed === null ? 'passed at its second attempt' : 'failed')
  if (printed !== null) process.stdout.write(`${printed}\n`)
}

let isAsExpected = true
for (const revision of revisions) {
  const own = all.filter((scenario) => scenario.revision === revision)
  const hasPassed = (scenario: Scenario) => outcomes.get(scenario) !== 'failed'
  const count = (some: readonly Scenario[]) => `${some.filter(hasPassed).length} of ${some.length}`
  const required = own.filter(({ isRequired }) => isRequired)
  const built = own.filter(({ name }) => !(name in notBuilt))
  const auth = built.filter(({ name }) => name.startsWith('auth/'))
  say('')
  say(`${revision}: ${count(required)} required scenarios; of sign-in ${count(auth)}`)
  for (const scenario of own) {
    const { name, isRequired } = scenario
    const reason = notBuilt[name]
    const kind = isRequired ? 'required' : 'not required'
    const outcome = outcomes.get(scenario) ?? 'failed'
    if (reason === undefined && outcome !== 'passed') say(`  ${name} (${kind}): ${outcome}`)
    if (reason !== undefined) {
      say(
        hasPassed(scenario)
          ? `  ${name} (${kind}): passed against expectation; take it off the list`
          : `  ${name} (${kind}): missing, ${reason}`,
      )
    }
    isAsExpected &&= hasPassed(scenario) === (reason === undefined)
  }
}
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1)
say('')
say(`${isAsExpected ? 'as expected' : 'NOT as expected'} after ${minutes} min`)
process.exitCode = isAsExpected ? 0 : 1
