import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'

// GitHub runs the workflows, and nobody else can. What can be known beforehand is looked at here.

const root = join(import.meta.dirname, '../..')
const folder = join(root, '.github/workflows')
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

const stepSchema = z.union([
  z.strictObject({
    name: z.string().optional(),
    if: z.string().optional(),
    uses: z.string(),
    with: z.record(z.string(), z.unknown()).optional(),
  }),
  z.strictObject({
    name: z.string().optional(),
    if: z.string().optional(),
    shell: z.string().optional(),
    env: z.record(z.string(), z.string()).optional(),
    run: z.string(),
  }),
])
const needs = z.string().optional()
const jobSchema = z.union([
  z.object({ needs, 'runs-on': z.string(), steps: z.array(stepSchema).min(1) }),
  z.object({ needs, uses: z.string() }),
])
const workflowSchema = z.object({
  name: z.string(),
  // YAML 1.2: `on` is a key like any other.
  on: z.record(z.string(), z.unknown()),
  permissions: z.object({ contents: z.literal('read') }),
  jobs: z.record(z.string(), jobSchema),
})

const workflows = readdirSync(folder).map((file) => ({
  file,
  ...workflowSchema.parse(parse(readFileSync(join(folder, file), 'utf8'))),
}))

describe.each(workflows)('the workflow $file', ({ jobs, ...workflow }) => {
  const steps = Object.values(jobs).flatMap((job) => ('steps' in job ? job.steps : []))
  const commands = steps.flatMap((step) => ('run' in step ? step.run : []))

  it('is started by something', () => {
    expect(Object.keys(workflow.on)).not.toEqual([])
  })

  it('pins every action to a major version at least', () => {
    const used = steps.flatMap((step) => ('uses' in step ? step.uses : []))
    const reused = Object.values(jobs).flatMap((job) => ('uses' in job ? job.uses : []))
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@(v\d|[0-9a-f]{40}$)/.test(action))).toEqual([])
    expect(reused.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  it('runs scripts that exist', () => {
    const text = commands.join('\n').replaceAll(/^ *#.*$/gm, '')
    const named = [...text.matchAll(/npm (?:run (?:--silent )?)?(?!ci\b)([\w:-]+)/g)]
    const files = [...text.matchAll(/\bscripts\/[\w.-]+/g)]
    expect(named.map(([, name = '']) => name).filter((name) => !(name in scripts))).toEqual([])
    expect(files.map(([file]) => file).filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  it('leaves no key of the repository where packages could read it', () => {
    const checkouts = steps.filter(
      (step) => 'uses' in step && step.uses.startsWith('actions/checkout@'),
    )
    for (const step of checkouts)
      expect(step).toMatchObject({ with: { 'persist-credentials': false } })
  })

  it('gives secrets to a release only, and to no step that installs packages', () => {
    for (const [index, step] of steps.entries()) {
      const secret = 'run' in step ? Object.values(step.env ?? {}).join('\n') : ''
      const uses = secret.split('\n').filter((value) => value.includes('secrets.'))
      if (uses.length === 0) continue
      for (const value of uses) expect(value).toContain("github.ref_type == 'tag' && ")
      // Each of npm's scripts installs what is stale first, so one has run before.
      expect(steps.slice(0, index)).toContainEqual(
        expect.objectContaining({ run: expect.stringMatching(/^npm run build$/) }),
      )
    }
  })

  it('needs jobs that exist', () => {
    const needed = Object.values(jobs).flatMap((job) => job.needs ?? [])
    expect(needed.filter((name) => !(name in jobs))).toEqual([])
  })
})
