import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { serversFormat } from '../../../../src/core/servers/servers-format.ts'
import { openStateFile } from '../../../../src/core/storage/state-file.ts'
import { defaultSupervision } from '../../../../src/shared/domain/supervision.ts'

const former = {
  id: 'srv_0000000000000001',
  name: 'git',
  scope: 'user',
  project: null,
  enabled: true,
  transport: { type: 'stdio', command: 'git-mcp', args: [], env: {}, cwd: null, envFile: null },
  dialect: 'native',
  inputs: [],
  timeouts: { startMs: null, callMs: 5 },
  tools: { allow: null, deny: ['push'] },
  sources: [],
  editedHere: true,
}

async function opened(version: number, data: unknown) {
  const directory = await mkdtemp(join(tmpdir(), 'mcp-manager-format-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const file = join(directory, 'servers.json')
  const text = JSON.stringify({ version, data })
  await writeFile(file, text)
  const state = await openStateFile({
    ...serversFormat,
    file,
    defaults: () => ({ servers: [], removed: [] }),
    now: () => 0,
    onNotice: (notice) => expect.unreachable(JSON.stringify(notice)),
  })
  const backup = (await readdir(directory)).find((name) => name.includes(`.v${version}-`))
  expect(await readFile(join(directory, backup ?? 'no backup'), 'utf8')).toBe(text)
  return state.get()
}

test('servers of format 1 keep all they had, and nothing was removed', async () => {
  expect(await opened(1, { servers: [former] })).toEqual({
    servers: [{ ...former, supervision: defaultSupervision }],
    removed: [],
  })
})

test('servers of format 2, and those that were removed, are kept up as all were', async () => {
  const removed = { ...former, id: 'srv_0000000000000002', name: 'gone' }
  const data = { servers: [former], removed: [{ server: removed, removedAt: 3 }] }
  expect(await opened(2, data)).toEqual({
    servers: [{ ...former, supervision: defaultSupervision }],
    removed: [{ server: { ...removed, supervision: defaultSupervision }, removedAt: 3 }],
  })
})

test('servers of format 3 keep the values of their inputs, each its own', async () => {
  const input = { id: 'k', type: 'pickString', description: null, default: null, password: true }
  const server = { ...former, supervision: defaultSupervision, inputs: [input] }
  const removed = { ...server, id: 'srv_0000000000000002', name: 'gone' }
  const { servers, ...rest } = await opened(3, {
    servers: [server],
    removed: [{ server: removed, removedAt: 3 }],
  })
  // Under which name format 3 kept it: sha256 of `k`.
  const digest = '8254c329a92850f6'
  const withSecret = (id: string) => [{ ...input, options: [], secret: `input.${id}.${digest}` }]
  expect(servers).toEqual([{ ...server, inputs: withSecret(server.id) }])
  expect(rest.removed).toEqual([
    { server: { ...removed, inputs: withSecret(removed.id) }, removedAt: 3 },
  ])
})
