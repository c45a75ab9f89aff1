import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { secretNamesIn } from '../../src/core/clients/extract-found.ts'
import { secretNameSchema } from '../../src/shared/domain/ids.ts'
import { openTempCore } from './temp-core.ts'

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'

/** A core, and a person's Cursor and Windsurf files in its home. */
async function openWithFiles() {
  const temp = await openTempCore()
  const files = {
    cursor: join(temp.at.home, '.cursor', 'mcp.json'),
    windsurf: join(temp.at.home, '.codeium', 'windsurf', 'mcp_config.json'),
  }
  const write = (client: keyof typeof files, mcpServers: object) => {
    mkdirSync(dirname(files[client]), { recursive: true })
    writeFileSync(files[client], JSON.stringify({ mcpServers }))
  }
  const run = async (...clients: (keyof typeof files)[]) =>
    (
      await temp.core.importer.run({
        files: clients.map((client) => ({ file: files[client], format: client })),
        dryRun: false,
        start: false,
      })
    ).report
  const shown = () =>
    temp.core.registry
      .list()
      .map(({ name, sources }) => `${name}: ${sources.map((one) => one.client).join(' ')}`)
  return { ...temp, write, run, shown }
}

test('one server of two clients is one, whether imported together or one after the other', async () => {
  const { core, write, run, shown } = await openWithFiles()
  const entry = { command: 'x', env: { GITHUB_TOKEN: token } }
  write('cursor', { git: entry })
  write('windsurf', { git: entry })
  await run('cursor')
  const [before] = core.registry.list()
  expect((await run('windsurf')).servers).toMatchObject([{ name: 'git', change: 'unchanged' }])
  expect(shown()).toEqual(['git: windsurf cursor'])
  const [after] = core.registry.list()
  // The same secret, and no second one that would belong to nobody.
  expect(secretNamesIn(after)).toEqual(secretNamesIn(before))
  expect(await core.vault.has(secretNameSchema.parse('git.github-token-2'))).toBe(false)
  const together = await run('cursor', 'windsurf')
  expect(together.servers.map((server) => server.change)).toEqual(['unchanged'])
})

test('one server whose clients part becomes two, and each stays with its own file', async () => {
  const { write, run, shown } = await openWithFiles()
  write('cursor', { git: { command: 'x' } })
  write('windsurf', { git: { command: 'x' } })
  await run('cursor', 'windsurf')
  expect(shown()).toEqual(['git: cursor windsurf'])
  write('windsurf', { git: { command: 'y' } })
  const changes = (await run('cursor', 'windsurf')).servers.map(({ name, change }) => [
    name,
    change,
  ])
  expect(changes).toEqual([
    ['git', 'unchanged'],
    ['git-windsurf', 'new'],
  ])
  expect(shown()).toEqual(['git: cursor', 'git-windsurf: windsurf'])
  const alone = await run('windsurf')
  expect(alone.servers).toMatchObject([{ name: 'git-windsurf', change: 'unchanged' }])
})

test('a new value of a secret is taken over; a secret that is used no more is forgotten', async () => {
  const { core, write, run } = await openWithFiles()
  const name = secretNameSchema.parse('git.github-token')
  const entry = (value: string) => ({ git: { command: 'x', env: { GITHUB_TOKEN: value } } })
  write('cursor', entry(token))
  await run('cursor')
  expect(await core.vault.get(name)).toBe(token)
  const other = token.replace('0123', '9876')
  write('cursor', entry(other))
  expect((await run('cursor')).servers[0]?.change).toBe('changed')
  expect(await core.vault.get(name)).toBe(other)
  write('cursor', { git: { command: 'x' } })
  await run('cursor')
  expect(await core.vault.has(name)).toBe(false)
})
