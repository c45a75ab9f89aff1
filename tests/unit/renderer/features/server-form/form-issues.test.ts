import { describe, expect, test } from 'vitest'
import {
  emptyValues,
  isTypedSecret,
  toDraft,
  toPatch,
  toPreviewDraft,
  valuesOf,
} from '../../../../../src/renderer/features/server-form/draft-of.ts'
import { findIssues } from '../../../../../src/renderer/features/server-form/form-issues.ts'
import type { FormValues } from '../../../../../src/renderer/features/server-form/form-values.ts'
import { serverDefinitionSchema } from '../../../../../src/shared/domain/server-definition.ts'
import { defaultSupervision } from '../../../../../src/shared/domain/supervision.ts'

const good: FormValues = { ...emptyValues, name: 'a', command: 'npx' }
const remote: FormValues = { ...emptyValues, name: 'a', transport: 'http', url: 'https://x.dev' }
const row = (name: string, value: string, kept: string | null = null) => ({
  name,
  value,
  kept,
  toVault: false,
})
const issuesOf = (values: FormValues, taken: string[] = []) =>
  findIssues(values, (name) => taken.includes(name)).map(
    ({ path, issue }) => `${path.join('.')} ${issue}`,
  )

const definition = serverDefinitionSchema.parse({
  id: 'srv_0123456789abcdef',
  name: 'github',
  scope: 'user',
  project: null,
  enabled: true,
  transport: {
    type: 'stdio',
    command: 'npx',
    args: ['-y', ''],
    env: { GITHUB_TOKEN: 'secret://github.token', LOG: 'debug' },
    cwd: null,
    envFile: '/e',
  },
  dialect: 'native',
  inputs: [
    {
      id: 'key',
      type: 'promptString',
      description: null,
      default: null,
      password: true,
      options: [],
      secret: 'input.key',
    },
  ],
  timeouts: { startMs: 1500, callMs: null },
  supervision: defaultSupervision,
  tools: { allow: ['a', 'b'], deny: [] },
  sources: [],
  editedHere: false,
})

describe('what stands against saving', () => {
  test('nothing in a whole form', () => {
    expect(issuesOf(good)).toEqual([])
    expect(issuesOf(remote)).toEqual([])
  })

  test.each<[string, Partial<FormValues>]>([
    ['name nameMissing', { name: ' ' }],
    ['name nameInvalid', { name: 'x'.repeat(101) }],
    ['name nameTaken', { name: 'b ' }],
    ['command commandMissing', { command: '  ' }],
    ['startSeconds timeout', { startSeconds: 0 }],
    ['callSeconds timeout', { callSeconds: 3_000_000 }],
    ['idleMinutes idle', { idleMinutes: 0.01 }],
    ['idleMinutes idle', { idleMinutes: 10_081 }],
    ['stdinSeconds grace', { stdinSeconds: -1 }],
    ['termSeconds grace', { termSeconds: 601 }],
    ['memoryMegabytes above0', { memoryMegabytes: 0 }],
    ['cpuPercent percent', { cpuPercent: 0 }],
    ['cpuPercent percent', { cpuPercent: 100_001 }],
    ['allow onlyNone', { toolFilter: 'only', allow: '\n ' }],
    ['env.0 pairNameMissing', { env: [row('', 'x')] }],
    ['env.1 pairTwice', { env: [row('A', '1'), row('A', '2')] }],
    ['env.0 envNameInvalid', { env: [row('A B', '1')] }],
    ['env.0 keptEmptied', { env: [row('TOKEN', '', 'secret://t')] }],
  ])('%s', (expected, change) => {
    expect(issuesOf({ ...good, ...change }, ['b'])).toEqual([expected])
  })

  test.each<[string, Partial<FormValues>]>([
    ['url urlMissing', { url: '' }],
    ['url urlInvalid', { url: 'x.dev/mcp' }],
    ['url urlScheme', { url: 'ftp://x.dev' }],
    ['headers.0 headerNameInvalid', { headers: [row('A B', '1')] }],
    ['headers.1 pairTwice', { headers: [row('a', '1'), row('A', '2')] }],
    ['headers.0 headerValueInvalid', { headers: [row('A', '1\r\nB: 2')] }],
  ])('of a remote server: %s', (expected, change) => {
    expect(issuesOf({ ...remote, ...change })).toEqual([expected])
  })

  test('an address with a variable is left to the launch', () => {
    expect(issuesOf({ ...remote, url: '${BASE}/mcp' })).toEqual([])
  })
})

describe('to the contract and back', () => {
  test('a server that is opened and saved unchanged changes nothing', () => {
    expect(toPatch(valuesOf(definition), definition)).toEqual({})
  })

  test('only what changed is sent', () => {
    const values = valuesOf(definition)
    expect(toPatch({ ...values, name: ' gh ' }, definition)).toEqual({ name: 'gh' })
    expect(toPatch({ ...values, inputs: [{ id: 'key', value: 'v' }] }, definition)).toEqual({
      inputValues: { key: 'v' },
    })
    expect(toPatch({ ...values, toolFilter: 'all' }, definition)).toEqual({
      tools: { allow: null, deny: [] },
    })
  })

  test('how it is kept up goes there and back in the units of both', () => {
    const supervision = {
      restart: 'never',
      start: 'on-demand',
      idleStopMs: 90_000,
      stopGrace: { stdinMs: 500, termMs: null },
      limits: { memoryBytes: 1_500_000_000, cpuPercent: 150, onExceeded: 'restart' },
    } as const
    const values = valuesOf({ ...definition, supervision })
    expect(values).toMatchObject({ idleMinutes: 1.5, stdinSeconds: 0.5, memoryMegabytes: 1_500 })
    expect(toDraft(values).supervision).toEqual(supervision)
    expect(toPatch({ ...values, restart: 'always' }, { ...definition, supervision })).toEqual({
      supervision: { ...supervision, restart: 'always' },
    })
  })

  test('blank rows are left out, an empty argument stays', () => {
    const { transport } = toDraft({ ...good, args: ['', 'x'], env: [row(' A ', '1'), row('', '')] })
    expect(transport).toMatchObject({ args: ['', 'x'], env: { A: '1' } })
  })
})

describe('secrets', () => {
  test('a value that a person wants in the vault is one, unless it is filled in at launch', () => {
    const env = [
      { ...row('PIN_CODE', 'one two'), toVault: true },
      { ...row('FROM', '${OTHER}'), toVault: true },
      { ...row('EMPTY', ''), toVault: true },
      row('LOG', 'debug'),
    ]
    expect(toDraft({ ...good, env }).keepInVault).toEqual(['PIN_CODE'])
    expect(toPreviewDraft({ ...good, env }).transport).toMatchObject({ env: { PIN_CODE: '•' } })
    // To choose it alone is a change of the server.
    const values = valuesOf(definition)
    const chosen = { ...values, env: [...values.env, ...env] }
    const stored = { ...definition, transport: toDraft(chosen).transport }
    expect(toPatch(valuesOf(stored), stored)).toEqual({})
    expect(toPatch({ ...valuesOf(stored), env: chosen.env }, stored)).toEqual({
      transport: stored.transport,
      keepInVault: ['PIN_CODE'],
    })
  })

  test('one that was typed does not leave the page for a preview; a reference does', () => {
    const values = {
      ...good,
      env: [
        row('API_KEY', 'sk-1'),
        row('TOKEN', 'secret://t', 'secret://t'),
        row('PASSWORD', '${PW}'),
        row('LOG', 'debug'),
        row('MY_TOKEN', 'exec:pass show mine'),
        row('MY_KEY', 'secret://typed.by-hand'),
        row('MY_SECRET', 'exec'),
      ],
    }
    expect(values.env.map(isTypedSecret)).toEqual([true, false, false, false, false, false, true])
    expect(toPreviewDraft(values).transport).toMatchObject({
      env: { API_KEY: '•', TOKEN: 'secret://t', PASSWORD: '${PW}', LOG: 'debug' },
    })
    expect(toPreviewDraft(values).transport).toMatchObject({
      env: { MY_TOKEN: 'exec:pass show mine', MY_KEY: 'secret://typed.by-hand', MY_SECRET: '•' },
    })
  })
})
