import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inputSecretName } from '../../../src/core/secrets/input-secrets.ts'
import type { ServerDefinition } from '../../../src/shared/domain/server-definition.ts'
import { fixtureServer, openTempCore, phaseOf, type TempCore, textOf } from '../temp-core.ts'
import { clientOf } from './core-client.ts'

const reference = (id: string) => `\${input:${id}}`
const runs = { command: process.execPath, args: [fixtureServer, 'ok'] }

/** Imports what a file of VS Code declares; a text without a path is a pasted one. Answers with its servers by name. */
async function importVscode(
  { core, at }: TempCore,
  servers: object,
  inputs: object[],
  name: string,
) {
  const text = JSON.stringify({ inputs, servers })
  const file = join(at.home, name)
  writeFileSync(file, text)
  await core.importer.run({
    files: [{ file, format: 'vscode', text: null }],
    dryRun: false,
    start: false,
    only: null,
    leaveOut: [],
  })
  return new Map(core.registry.list().map((server) => [server.name, server]))
}

function secretOf(server: ServerDefinition | undefined, id: string) {
  const name = server === undefined ? null : inputSecretName(server, id)
  if (server === undefined || name === null) throw new Error(`no input ${id}`)
  return { server, name }
}

test('a value is given once for all servers of a file: those that wait start with it, and after a restart of the host nothing is asked', async () => {
  const temp = await openTempCore()
  const { core } = temp
  const client = clientOf(temp)
  const inputs = [{ id: 'token', type: 'promptString', password: true }]
  const entry = { ...runs, env: { TOKEN: reference('token') } }
  const servers = await importVscode(temp, { one: entry, two: entry, off: entry }, inputs, 'a.json')
  const one = secretOf(servers.get('one'), 'token')
  const two = secretOf(servers.get('two'), 'token')
  const off = secretOf(servers.get('off'), 'token')
  expect([two.name, off.name]).toEqual([one.name, one.name])
  for (const { server } of [one, two])
    await client.servers.setEnabled({ id: server.id, enabled: true })
  await Promise.all([one, two].map(({ server }) => phaseOf(core, server.id, 'failed')))

  await client.servers.edit({
    id: one.server.id,
    patch: { inputValues: { token: 'the value of the token' } },
  })
  await Promise.all([one, two].map(({ server }) => phaseOf(core, server.id, 'running')))
  expect(temp.state(off.server.id).phase).toBe('stopped')
  const environment = async (held: TempCore, { server }: typeof one) =>
    JSON.parse(textOf(await held.call(server.id, 'where'))).env.TOKEN
  expect(await environment(temp, two)).toBe('the value of the token')
  await temp.close()

  const again = await openTempCore({}, temp.at)
  await again.start(off.server.id)
  expect(await environment(again, off)).toBe('the value of the token')

  // Who goes takes with it only what nobody else needs.
  await again.core.removed.remove(one.server.id)
  await again.core.removed.remove(off.server.id)
  await again.core.removed.close()
  expect(await again.core.vault.has(two.name)).toBe(true)
})

test('another file has its own value for the same id, and what no file declares can be given too', async () => {
  const temp = await openTempCore()
  const { core } = temp
  const client = clientOf(temp)
  const declared = [{ id: 'token', type: 'promptString' }]
  const entry = { ...runs, env: { TOKEN: reference('token') } }
  await importVscode(temp, { a: entry }, declared, 'a.json')
  const servers = await importVscode(temp, { b: entry }, [], 'b.json')
  const [a, b] = ['a', 'b'].map((name) => secretOf(servers.get(name), 'token'))
  if (a === undefined || b === undefined) throw new Error('nothing was imported')
  expect(a.name).not.toBe(b.name)
  await client.servers.edit({ id: b.server.id, patch: { inputValues: { token: 'for b only' } } })
  expect([await core.vault.has(a.name), await core.vault.get(b.name)]).toEqual([
    false,
    'for b only',
  ])
  const { secrets } = await client.secrets.list()
  expect(secrets.map(({ name, status, inputId }) => ({ name, status, inputId }))).toEqual(
    [
      { name: a.name, status: 'missing', inputId: 'token' },
      { name: b.name, status: 'stored', inputId: 'token' },
    ].toSorted((x, y) => (x.name < y.name ? -1 : 1)),
  )
})

test('what is chosen and no password stays readable in what the server says', async () => {
  const temp = await openTempCore()
  const inputs = [
    {
      id: 'region',
      type: 'pickString',
      options: ['europe-west', { value: 'us-east', label: 'US' }],
    },
  ]
  const entry = { ...runs, env: { REGION: reference('region') } }
  const servers = await importVscode(temp, { a: entry }, inputs, 'a.json')
  const { server } = secretOf(servers.get('a'), 'region')
  expect(server.inputs[0]?.options).toEqual([
    { value: 'europe-west', label: 'europe-west' },
    { value: 'us-east', label: 'US' },
  ])
  await temp.core.editor.edit(server.id, { inputValues: { region: 'europe-west' } })
  await temp.start(server.id)
  expect(temp.core.redact('It runs in europe-west.')).toBe('It runs in europe-west.')
})
