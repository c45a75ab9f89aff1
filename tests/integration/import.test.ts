import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ImportRequest } from '../../src/core/clients/importer.ts'
import { stateOauthOptions } from '../../src/core/oauth/state-options.ts'
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
        files: clients.map((client) => ({ file: files[client], format: client, text: null })),
        dryRun: false,
        start,
        only: null,
        leaveOut: [],
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
  return { ...temp, files, write, run, runWith, only, shown }
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

test('all secrets of an import are one write of the vault', async () => {
  const { core, write, run } = await openWithFiles()
  const tokenOf = (number: number) =>
    `ghp_abcdefghij0123456789ABCD${String(number).padStart(8, '0')}`
  const numbers = Array.from({ length: 40 }, (_, number) => number)
  write(
    'cursor',
    Object.fromEntries(numbers.map((n) => [`s${n}`, { command: 'x', env: { TOKEN: tokenOf(n) } }])),
  )
  const steps: number[] = []
  core.vault.onDidStore(async (names) => {
    steps.push(names.length)
  })
  await run('cursor')
  expect(steps).toEqual([40])
  for (const n of numbers) {
    expect(await core.vault.get(secretNameSchema.parse(`s${n}.token`))).toBe(tokenOf(n))
  }
  const { secrets } = await core.secrets.state()
  expect(secrets.filter(({ createdAt }) => createdAt !== null)).toHaveLength(40)
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

test('what was stated about signing in stays with its address, and goes with it', async () => {
  const { core, write, run, only } = await openWithFiles()
  const url = 'https://mcp.example/mcp'
  write('cursor', { hub: { url } })
  await run('cursor')
  const { id } = only()
  await stateOauthOptions(core, id, { clientId: 'by-hand', clientSecretValue: 'its secret' })
  const secret = secretNameSchema.parse(`oauth.secret.${id}`)
  write('cursor', { hub: { url, headers: { 'X-Team': 'blue' } } })
  await run('cursor')
  expect(only().transport).toMatchObject({ headers: { 'X-Team': 'blue' } })
  expect([only().oauth?.clientId, await core.vault.has(secret)]).toEqual(['by-hand', true])
  write('cursor', { hub: { url: 'https://elsewhere.example/mcp' } })
  await run('cursor')
  expect([only().oauth, await core.vault.has(secret)]).toEqual([undefined, false])
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

describe('pasted text', () => {
  const textOf = (mcpServers: object) => JSON.stringify({ mcpServers })

  async function openForText() {
    const temp = await openTempCore()
    const paste = async (text: string, file = 'Pasted text', more: Partial<ImportRequest> = {}) =>
      (
        await temp.core.importer.run({
          files: [{ file, format: null, text }],
          dryRun: false,
          start: false,
          only: null,
          leaveOut: [],
          ...more,
        })
      ).report
    return { ...temp, paste }
  }

  test('its format is told from its content, and its servers are the person’s', async () => {
    const { core, paste } = await openForText()
    await paste(textOf({ a: { command: 'x' } }))
    await paste('[mcp_servers.b]\ncommand = "x"\n')
    await paste('extensions:\n  c:\n    type: stdio\n    cmd: x\n')
    const shown = core.registry.list().map(({ name, scope, project, sources }) => ({
      name,
      scope,
      project,
      from: sources.map(({ client, file }) => [client, file]),
    }))
    const of = (name: string, client: string) => ({
      name,
      scope: 'user',
      project: null,
      from: [[client, 'Pasted text']],
    })
    expect(shown).toEqual([of('a', 'mcp-json'), of('b', 'codex'), of('c', 'goose')])
  })

  test('a later text of the same name is another one: nothing is gone or overwritten', async () => {
    const { core, paste } = await openForText()
    await paste(textOf({ a: { command: 'x' }, b: { command: 'y' } }), 'mcp.json')
    const report = await paste(textOf({ a: { command: 'other' } }), 'mcp.json')
    expect(report.gone).toEqual([])
    expect(report.servers).toMatchObject([{ name: 'a-mcp-json', change: 'new' }])
    expect(core.registry.list().map(({ name, transport }) => [name, transport])).toMatchObject([
      ['a', { command: 'x' }],
      ['a-mcp-json', { command: 'other' }],
      ['b', { command: 'y' }],
    ])
  })

  test('the same text again changes nothing; a new value of its secret is taken over', async () => {
    const { core, paste } = await openForText()
    const entry = (value: string) => textOf({ git: { command: 'x', env: { GITHUB_TOKEN: value } } })
    await paste(entry(token))
    const before = core.registry.list()
    expect((await paste(entry(token))).servers).toMatchObject([{ change: 'unchanged' }])
    expect(core.registry.list()).toEqual(before)
    const other = token.replace('0123', '9876')
    expect((await paste(entry(other))).servers).toMatchObject([{ change: 'changed' }])
    expect(await core.vault.get(secretNameSchema.parse('git.github-token'))).toBe(other)
  })

  test('another server of a later text does not get at the secret of the first', async () => {
    const { core, paste } = await openForText()
    const entry = (command: string, value: string) =>
      textOf({ git: { command, env: { GITHUB_TOKEN: value } } })
    await paste(entry('x', token))
    await paste(entry('y', token.replace('0123', '9876')))
    expect(core.registry.list().map(({ name }) => name)).toEqual(['git', 'git-mcp-json'])
    expect(await core.vault.get(secretNameSchema.parse('git.github-token'))).toBe(token)
  })

  test('what is too damaged to tell points to its first error', async () => {
    const { paste } = await openForText()
    const { problems } = await paste('{\n "a" 5\n}')
    expect(problems).toMatchObject([{ line: 2, severity: 'error', excerpt: { firstLine: 1 } }])
  })

  test('a dry run and the real run agree, and only what was chosen is taken', async () => {
    const { core, paste } = await openForText()
    await paste(textOf({ git: { command: 'w' } }))
    const text = textOf({
      git: { command: 'x', env: { GITHUB_TOKEN: token } },
      'git-mcp-json': { command: 'y', env: { GITHUB_TOKEN: `${token}6` } },
      more: { command: 'z', env: { API_TOKEN: `${token}7` } },
    })
    const dry = await paste(text, 'second.json', { dryRun: true })
    const last = dry.servers[0]
    if (last === undefined) throw new Error('nothing was found')
    const { name } = last
    const real = await paste(text, 'second.json', { only: [last] })
    expect(real.servers).toEqual([last])
    expect(core.registry.list().map((server) => server.name)).toEqual(['git', name])
    expect(await core.vault.has(secretNameSchema.parse('more.api-token'))).toBe(false)
  })

  test.each([
    ['its command', { command: '/bin/true', env: { GITHUB_TOKEN: token } }],
    ['a variable', { command: '/bin/false', env: { GITHUB_TOKEN: token, LD_PRELOAD: 'a.so' } }],
    ['the value of a secret', { command: '/bin/false', env: { GITHUB_TOKEN: `${token}6` } }],
  ])('what was chosen is not imported once %s has changed', async (_what, now) => {
    const { core, write, files } = await openWithFiles()
    const shown = { command: '/bin/false', env: { GITHUB_TOKEN: token } }
    write('cursor', { git: shown, other: { command: '/bin/false' } })
    const request = {
      files: [{ file: files.cursor, format: null, text: null }],
      start: true,
      leaveOut: [],
    }
    const dry = await core.importer.run({ ...request, dryRun: true, only: null })
    const only = dry.report.servers
    write('cursor', { git: now, other: { command: '/bin/false' } })
    const real = await core.importer.run({ ...request, dryRun: false, only })
    expect(real.report.servers.map(({ name }) => name)).toEqual(['other'])
    expect(real.report.notAsShown).toEqual([{ name: 'git', scope: 'user', project: null }])
    expect(core.registry.list().map(({ name }) => name)).toEqual(['other'])
    expect(await core.vault.has(secretNameSchema.parse('git.github-token'))).toBe(false)

    // Neither is what the file no longer has; what is as it was shown is, whatever is left out.
    write('cursor', { git: shown })
    const again = await core.importer.run({
      ...request,
      dryRun: false,
      only,
      leaveOut: ['git.github-token'],
    })
    expect(again.report.servers.map(({ name }) => name)).toEqual(['git'])
    expect(again.report.notAsShown.map(({ name }) => name)).toEqual(['other'])
  })

  test('a secret that is left out is not stored, and the server says that it lacks it', async () => {
    const { core, paste } = await openForText()
    const text = textOf({
      git: { command: process.execPath, env: { GITHUB_TOKEN: token, API_TOKEN: `${token}6` } },
    })
    const report = await paste(text, 'Pasted text', { leaveOut: ['git.github-token'] })
    expect(report.secretsLeftOut).toBe(false)
    expect(report.servers).toMatchObject([
      {
        secrets: [{ name: 'git.api-token' }],
        warning: { code: 'secret_missing', data: { names: ['secret://git.github-token'] } },
      },
    ])
    const [server] = core.registry.list()
    expect(server?.transport).toMatchObject({
      env: { GITHUB_TOKEN: 'secret://git.github-token', API_TOKEN: 'secret://git.api-token' },
    })
    expect(await core.vault.has(secretNameSchema.parse('git.github-token'))).toBe(false)
    expect(await core.vault.get(secretNameSchema.parse('git.api-token'))).toBe(`${token}6`)
  })
})

test('the report shows where each secret stands, and a hint of it', async () => {
  const { write, run, files } = await openWithFiles()
  const entry = { command: 'x', args: ['--token', `${token}6`], env: { GITHUB_TOKEN: token } }
  write('cursor', { git: entry })
  write('windsurf', { git: entry })
  const { servers } = await run('cursor', 'windsurf')
  const sources = [
    { client: 'cursor', file: files.cursor },
    { client: 'windsurf', file: files.windsurf },
  ]
  const dots = '\u2022'.repeat(8)
  expect(servers[0]?.secrets).toEqual([
    { name: 'git.token', place: 'argument 2', masked: `ghp_${dots}3456`, sources },
    { name: 'git.github-token', place: 'GITHUB_TOKEN', masked: `ghp_${dots}2345`, sources },
  ])
})

test('what would keep a server from running is told', async () => {
  const { write, run } = await openWithFiles()
  write('cursor', {
    fine: { command: process.execPath },
    lost: { command: 'no-such-command-anywhere' },
    nowhere: { command: process.execPath, cwd: '/no/such/folder' },
    unset: { command: process.execPath, args: ['$'.concat('{env:NOT_SET_ANYWHERE}')] },
    socket: { url: 'wss://example.com/mcp', type: 'ws' },
    far: { url: 'https://example.com/mcp' },
  })
  const { servers } = await run('cursor')
  const codes = servers.map(({ name, warning }) => [name, warning?.code ?? null])
  expect(Object.fromEntries(codes)).toEqual({
    fine: null,
    lost: 'command_not_found',
    nowhere: 'directory_not_found',
    unset: 'variable_unset',
    socket: 'not_runnable',
    far: null,
  })
})
