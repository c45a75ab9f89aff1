import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { secretNamesIn } from '../../src/core/secrets/secret-references.ts'
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
  const runWith = async (start: boolean, ...clients: (keyof typeof files)[]) =>
    (
      await temp.core.importer.run({
        files: clients.map((client) => ({ file: files[client], format: client })),
        dryRun: false,
        start,
      })
    ).report
  const run = (...clients: (keyof typeof files)[]) => runWith(false, ...clients)
  const only = () => {
    const [server] = temp.core.registry.list()
    if (server === undefined) throw new Error('nothing is registered')
    return server
  }
  const shown = () =>
    temp.core.registry
      .list()
      .map(({ name, sources }) => `${name}: ${sources.map((one) => one.client).join(' ')}`)
  return { ...temp, write, run, runWith, only, shown }
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
  if (before === undefined || after === undefined) throw new Error('nothing is registered')
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

test('a command that changes beside or within a secret is shown, and switched off before it runs', async () => {
  const { core, write, run, only } = await openWithFiles()
  const entry = (args: string[]) => ({ docs: { command: 'true', args } })
  write('cursor', entry(['-c', `exec node srv #${token}.x`]))
  expect((await run('cursor')).servers[0]?.args).toEqual([
    '-c',
    expect.stringMatching(/^exec node srv #secret:\/\/docs\.[a-z-]+$/),
  ])
  const enable = () => core.registry.change(only().id, (one) => ({ ...one, enabled: true }))
  await enable()
  write('cursor', entry(['-c', `touch POISONED; exec node srv #${token}.x`]))
  expect((await run('cursor')).servers[0]?.change).toBe('changed')
  expect(only().enabled).toBe(false)
  // Nothing but the secret's value changed.
  await enable()
  write('cursor', entry(['-c', `touch POISONED; exec node srv #${token}.y`]))
  expect((await run('cursor')).servers[0]?.change).toBe('changed')
  expect(only().enabled).toBe(false)
})

test('a secret that a person rotated here is not overwritten by its file', async () => {
  const { core, write, run, only } = await openWithFiles()
  write('cursor', { git: { command: 'x', env: { GITHUB_TOKEN: token } } })
  await run('cursor')
  for (const value of ['first-new-token-1', 'second-new-token-2']) {
    const { id, transport } = only()
    if (transport.type !== 'stdio') throw new Error('it is not a command')
    await core.editor.edit(id, {
      transport: { ...transport, env: { GITHUB_TOKEN: value } },
    })
    await run('cursor')
    const [name, ...more] = secretNamesIn(only()).filter((one) => one.startsWith('git.'))
    expect(more).toEqual([])
    expect(name === undefined ? null : await core.vault.get(name)).toBe(value)
  }
})

test('a rename alone leaves a server with its file', async () => {
  const { core, write, run, only } = await openWithFiles()
  write('cursor', { git: { command: 'x' } })
  await run('cursor')
  await core.editor.edit(only().id, { name: 'mine' })
  write('cursor', { git: { command: 'y' } })
  await run('cursor')
  expect(only()).toMatchObject({ name: 'mine', transport: { command: 'y' } })
})

test('names that look like references hurt no later import, and use no secret', async () => {
  const { core, write, run } = await openWithFiles()
  write('cursor', { evil: { command: 'x', env: { [`secret://${'a'.repeat(200)}`]: '1' } } })
  await run('cursor')
  expect((await run('cursor')).servers[0]?.change).toBe('unchanged')
  const added = await core.editor.add({
    name: 'more',
    transport: { type: 'stdio', command: 'x', args: [], env: {}, cwd: null, envFile: null },
  })
  await core.removed.remove(added.id)
  expect(core.registry.list().flatMap((server) => secretNamesIn(server))).toEqual([])
})

test('a start switches on what is new, and nothing that a person refused', async () => {
  const { core, write, runWith, only } = await openWithFiles()
  write('cursor', { off: { command: 'true', disabled: true } })
  const first = await runWith(true, 'cursor')
  expect(only().enabled).toBe(false)
  expect(first.problems.map(({ message }) => message).join()).toContain(
    'switched off in its client',
  )
  write('cursor', { off: { command: 'true' } })
  const second = await runWith(true, 'cursor')
  expect(only().enabled).toBe(false)
  expect(second.problems.map(({ message }) => message).join()).toContain('stays so')
  write('windsurf', { fresh: { command: 'true' } })
  await runWith(true, 'windsurf')
  expect(core.registry.list().find(({ name }) => name === 'fresh')?.enabled).toBe(true)
})

test('what a person changes while an import runs stays', async () => {
  const { core, write, run, only } = await openWithFiles()
  write('cursor', { git: { command: 'x', env: { GITHUB_TOKEN: token } } })
  await run('cursor')
  write('windsurf', { git: { command: 'x', env: { GITHUB_TOKEN: token } } })
  const running = run('windsurf', 'cursor')
  await core.registry.change(only().id, (one) => ({ ...one, name: 'mine', enabled: false }))
  await running
  expect(only()).toMatchObject({ name: 'mine', sources: [{}, {}] })
})

test('a secret that nobody uses is neither overwritten nor taken over', async () => {
  const { core, write, run, only } = await openWithFiles()
  const stray = secretNameSchema.parse('git.github-token')
  await core.vault.set(stray, 'left by an interrupted import')
  write('cursor', { git: { command: 'x', env: { GITHUB_TOKEN: token } } })
  await run('cursor')
  expect(secretNamesIn(only())).toEqual(['git.github-token-2'])
  expect(await core.vault.get(stray)).toBe('left by an interrupted import')
})

test('the report shows all that says what is run', async () => {
  const { write, run } = await openWithFiles()
  write('cursor', {
    local: { command: 'x', env: { NODE_OPTIONS: '--require ./a.js', API_TOKEN: token } },
    far: { url: 'https://example.com/mcp', headers: { 'X-Team': 'a' } },
  })
  const { servers } = await run('cursor')
  expect(servers.find(({ name }) => name === 'local')?.env).toEqual({
    NODE_OPTIONS: '--require ./a.js',
    API_TOKEN: 'secret://local.api-token',
  })
  expect(servers.find(({ name }) => name === 'far')?.headers).toEqual({ 'X-Team': 'a' })
})
