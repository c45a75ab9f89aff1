import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inputSecretName } from '../../../src/core/secrets/input-secrets.ts'
import { secretNamesIn } from '../../../src/core/secrets/secret-references.ts'
import type { SecretName } from '../../../src/shared/domain/ids.ts'
import type { ServerDefinition, Transport } from '../../../src/shared/domain/server-definition.ts'
import {
  codeOf,
  fixtureServer,
  makeTempHome,
  openTempCore,
  phaseOf,
  processesOf,
  stdio,
} from '../temp-core.ts'
import { clientOf } from './core-client.ts'

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
const withEnv = (env: Record<string, string>): Transport => ({
  type: 'stdio',
  command: process.execPath,
  args: [fixtureServer, 'ok'],
  env,
  cwd: null,
  envFile: null,
})
const withToken = withEnv({ GITHUB_TOKEN: token })

function secretOf(server: ServerDefinition): SecretName {
  const [name] = secretNamesIn(server)
  if (name === undefined) throw new Error('it has no secret')
  return name
}

test('a removed server comes back as it was, with its secret and its log, and runs again', async () => {
  const temp = await openTempCore()
  const { core, add, lines } = temp
  const client = clientOf(temp)
  const { id } = await add('git', withToken)
  await client.servers.setEnabled({ id, enabled: true })
  await phaseOf(core, id, 'running')
  const events: string[] = []
  core.supervisor.onDidChange((event) => events.push(event.type))

  const removed = await client.servers.remove({ id })
  expect(removed).toMatchObject({ id, name: 'git', enabled: true })
  expect(core.supervisor.views()).toEqual([])
  expect(processesOf(temp.at.root)).toEqual([])
  expect(await core.vault.get(secretOf(removed))).toBe(token)
  expect(events.at(-1)).toBe('removed')

  await client.servers.restore({ id })
  expect((await phaseOf(core, id, 'running')).definition).toEqual(removed)
  expect(lines(id, 'lifecycle').filter((line) => line.startsWith('Running:'))).toHaveLength(2)
  expect(events.at(-1)).toBe('changed')
})

test('a name that was given away meanwhile is not taken back', async () => {
  const { core, add } = await openTempCore()
  const { id } = await add('git', stdio('true'))
  await core.removed.remove(id)
  await add('git', stdio('true'))
  expect(await codeOf(core.removed.restore(id))).toBe('name_taken')
})

test('the end of the program forgets what was removed, and the secrets that only it used', async () => {
  const at = makeTempHome()
  const temp = await openTempCore({}, at)
  const gone = await temp.add('gone', withToken)
  const kept = await temp.add('kept', withEnv({ GITHUB_TOKEN: `secret://${secretOf(gone)}` }))
  const own = await temp.add('own', withEnv({ OTHER_TOKEN: `${token}6` }))
  for (const { id } of [gone, own]) await temp.core.removed.remove(id)
  await temp.close()
  const next = await openTempCore({}, at)
  expect(next.core.registry.removed()).toEqual([])
  expect(next.core.registry.get(kept.id)).toEqual(kept)
  expect(await next.core.vault.get(secretOf(kept))).toBe(token)
  expect(await next.core.vault.has(secretOf(own))).toBe(false)
  expect(await codeOf(next.core.removed.restore(own.id))).toBe('not_found')
})

test('what a killed program left aside is forgotten at the next start', async () => {
  const temp = await openTempCore()
  const server = await temp.add('git', withToken)
  await temp.core.removed.remove(server.id)
  // The data as it was at the moment of the kill.
  const at = makeTempHome()
  cpSync(temp.at.data, at.data, { recursive: true })
  const { core } = await openTempCore({}, at)
  await expect.poll(() => core.registry.removed()).toEqual([])
  expect(await core.vault.has(secretOf(server))).toBe(false)
})

test('servers of the first format of the file are read', async () => {
  const at = makeTempHome()
  const temp = await openTempCore({}, at)
  const server = await temp.add('git', stdio('true'))
  await temp.close()
  writeFileSync(
    join(at.data, 'servers.json'),
    JSON.stringify({ version: 1, data: { servers: [server] } }),
  )
  const next = await openTempCore({}, at)
  expect(next.core.registry.list()).toEqual([server])
})

test('a copy has its own secrets: a change of one leaves the other', async () => {
  const { core, add } = await openTempCore()
  const original = await add('git', withToken)
  const copy = await core.editor.duplicate(original.id)
  const second = await core.editor.duplicate(original.id)
  expect([copy.name, second.name]).toEqual(['git copy', 'git copy 2'])
  expect(copy).toMatchObject({ enabled: false, sources: [] })
  const names = [original, copy, second].map(secretOf)
  expect(new Set(names).size).toBe(3)
  for (const name of names) expect(await core.vault.get(name)).toBe(token)
  await core.removed.remove(copy.id)
  await core.removed.close()
  expect(await core.vault.has(secretOf(copy))).toBe(false)
  expect(await core.vault.get(secretOf(original))).toBe(token)
})

test('the values of inputs are copied too', async () => {
  const { core, at } = await openTempCore()
  const inputs = [{ id: 'key', type: 'promptString', description: 'Key', password: true }]
  const servers = { asks: { command: 'true', env: { KEY: '$'.concat('{input:key}') } } }
  const file = join(at.home, 'mcp.json')
  writeFileSync(file, JSON.stringify({ inputs, servers }))
  await core.importer.run({
    files: [{ file, format: 'vscode', text: null }],
    dryRun: false,
    start: false,
    only: null,
    leaveOut: [],
  })
  const [asks] = core.registry.list()
  if (asks === undefined) throw new Error('nothing was imported')
  await core.editor.edit(asks.id, { inputValues: { key: 'the value' } })
  const copy = await core.editor.duplicate(asks.id)
  await core.editor.edit(asks.id, { inputValues: { key: 'another' } })
  const kept = inputSecretName(copy, 'key')
  if (kept === null) throw new Error('the copy has no such input')
  expect(kept).not.toBe(inputSecretName(asks, 'key'))
  expect(copy.inputs).toEqual(asks.inputs.map((input) => ({ ...input, secret: kept })))
  expect(await core.vault.get(kept)).toBe('the value')
})
