import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SecretView } from '../../../src/shared/contract/secrets.ts'
import { secretNameSchema } from '../../../src/shared/domain/ids.ts'
import {
  codeOf,
  errorOf,
  fixtureServer,
  inPhase,
  openTempCore,
  phaseOf,
  type TempCore,
  textOf,
} from '../temp-core.ts'

const token = secretNameSchema.parse('github.token')
const work = secretNameSchema.parse('github.work')

/** The environment that a fixture server sees. */
async function environmentOf(temp: TempCore, id: Parameters<TempCore['call']>[0]) {
  // What the fixture's tool answers.
  const { env } = JSON.parse(textOf(await temp.call(id, 'where'))) as {
    env: Record<string, string>
  }
  return env
}

function server(env: Record<string, string>) {
  return {
    type: 'stdio' as const,
    command: process.execPath,
    args: [fixtureServer, 'ok'],
    env,
    cwd: null,
    envFile: null,
  }
}

async function viewOf({ core }: TempCore, name: string): Promise<SecretView | undefined> {
  return (await core.secrets.state()).secrets.find((secret) => secret.name === name)
}

describe('secrets by a person’s hand', () => {
  test('are changed one after the other: nothing that was stored is lost', async () => {
    const { core } = await openTempCore()
    const { secrets } = core
    const adding = [secrets.add(token, 'ghp_first'), secrets.add(token, 'ghp_second')]
    expect((await Promise.allSettled(adding)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
    ])
    expect(await secrets.reveal(token)).toBe('ghp_first')
    const changes = [secrets.rename(token, work), secrets.replace(token, 'ghp_third')]
    const [renamed, replaced] = await Promise.allSettled(changes)
    expect(renamed?.status).toBe('fulfilled')
    // Said to be stored, or refused: never stored under a name that is then deleted.
    expect(replaced).toMatchObject({ status: 'rejected', reason: { code: 'secret_not_found' } })
  })

  test('are listed with who uses them and when, and never with a value', async () => {
    const temp = await openTempCore()
    const { core } = temp
    await core.secrets.add(token, 'ghp_value_one')
    expect(await codeOf(core.secrets.add(token, 'again'))).toBe('invalid_input')
    const { id } = await temp.add('github', server({ TOKEN: 'secret://github.token' }))
    expect(await viewOf(temp, token)).toMatchObject({
      status: 'stored',
      createdAt: expect.any(Number),
      changedAt: expect.any(Number),
      lastUsedAt: null,
      users: [{ id, name: 'github', isRemoved: false }],
      inputId: null,
      files: [],
    })
    await temp.start(id)
    const used = await viewOf(temp, token)
    expect(used?.lastUsedAt).toBeGreaterThan(0)
    await core.removed.remove(id)
    expect(await viewOf(temp, token)).toMatchObject({ users: [{ id, isRemoved: true }] })
    await core.removed.restore(id)
    await core.secrets.delete(token)
    expect(await viewOf(temp, token)).toMatchObject({ status: 'missing', users: [{ id }] })
    expect(await errorOf(core.secrets.reveal(token))).toMatchObject({ code: 'secret_not_found' })
    await core.secrets.replace(token, 'ghp_value_two')
    expect(await core.secrets.reveal(token)).toBe('ghp_value_two')
    const stored = readFileSync(join(temp.at.data, 'secrets.json'), 'utf8')
    expect(stored).toContain('github.token')
    expect(stored).not.toContain('ghp_value')
  })

  test('are the person’s own: tokens of accounts are not shown, and their names are not given', async () => {
    const temp = await openTempCore()
    const { core } = temp
    const tokens = secretNameSchema.parse('oauth.an-account')
    await core.vault.set(tokens, 'a refresh token')
    expect(await viewOf(temp, tokens)).toBe(undefined)
    expect(await codeOf(core.secrets.reveal(tokens))).toBe('secret_not_found')
    expect(await codeOf(core.secrets.replace(tokens, 'x'))).toBe('secret_not_found')
    expect(await codeOf(core.secrets.delete(tokens))).toBe('secret_not_found')
    expect(await codeOf(core.secrets.rename(tokens, token))).toBe('secret_not_found')
    await core.secrets.add(token, 'value')
    for (const name of ['oauth.mine', 'input.mine']) {
      const reserved = secretNameSchema.parse(name)
      expect(await codeOf(core.secrets.add(reserved, 'x'))).toBe('invalid_input')
      expect(await codeOf(core.secrets.rename(token, reserved))).toBe('invalid_input')
    }
    expect(await core.vault.get(tokens)).toBe('a refresh token')
  })

  test('keep their records over a restart', async () => {
    const first = await openTempCore()
    await first.core.secrets.add(token, 'ghp_value_one')
    const { id } = await first.add('github', server({ TOKEN: 'secret://github.token' }))
    await first.start(id)
    const before = await viewOf(first, token)
    await first.close()
    const second = await openTempCore({}, first.at)
    expect(await viewOf(second, token)).toEqual(before)
  })

  test('are renamed in every definition at once, and no server is restarted by that', async () => {
    const temp = await openTempCore()
    const { core } = temp
    await core.secrets.add(token, 'ghp_value_one')
    const a = await temp.add('a', server({ TOKEN: 'Bearer secret://github.token' }))
    const b = await temp.add('b', server({ TOKEN: 'secret://github.token', X: 'secret://other' }))
    const gone = await temp.add('gone', server({ TOKEN: 'secret://github.token' }))
    await core.removed.remove(gone.id)
    const before = inPhase(await temp.start(a.id), 'running').pid
    await core.secrets.rename(token, work)
    expect(core.registry.get(a.id).transport).toMatchObject({
      env: { TOKEN: 'Bearer secret://github.work' },
    })
    expect(core.registry.get(b.id).transport).toMatchObject({
      env: { TOKEN: 'secret://github.work' },
    })
    await core.removed.restore(gone.id)
    expect(core.registry.get(gone.id).transport).toMatchObject({
      env: { TOKEN: 'secret://github.work' },
    })
    expect(inPhase(core.supervisor.view(a.id), 'running').pid).toBe(before)
    expect(await viewOf(temp, token)).toBe(undefined)
    expect(await core.secrets.reveal(work)).toBe('ghp_value_one')
    await temp.start(gone.id)
    expect(await environmentOf(temp, gone.id)).toMatchObject({ TOKEN: 'ghp_value_one' })
    expect(await codeOf(core.secrets.rename(token, work))).toBe('secret_not_found')
    await core.secrets.add(token, 'another')
    expect(await codeOf(core.secrets.rename(token, work))).toBe('invalid_input')
  })
})

describe('references to elsewhere', () => {
  test('are filled in at launch, each server has its own only, and nothing is stored or logged', async () => {
    const temp = await openTempCore({
      env: {
        PATH: process.env['PATH'],
        SHELL: '/bin/sh',
        HOME_TOKEN: 'value-of-the-shell',
      },
    })
    const file = join(temp.at.home, 'token')
    writeFileSync(file, 'value-of-the-file\n', { mode: 0o600 })
    const a = await temp.add('a', server({ A: 'env:HOME_TOKEN', B: `file:${file}` }))
    const b = await temp.add('b', server({ B: 'plain' }))
    expect(a.transport).toMatchObject({ env: { A: 'env:HOME_TOKEN', B: `file:${file}` } })
    await temp.start(a.id)
    await temp.start(b.id)
    expect(await environmentOf(temp, a.id)).toMatchObject({
      A: 'value-of-the-shell',
      B: 'value-of-the-file',
    })
    expect((await environmentOf(temp, b.id))['B']).toBe('plain')
    const log = temp.lines(a.id).join('\n')
    expect(log).toContain(`[secret file:${file}]`)
    expect(log).not.toContain('value-of-the-file')
    chmodSync(file, 0o644)
    await temp.start(a.id)
    await temp.core.supervisor.stopAndWait(a.id)
    await temp.start(a.id)
    expect(temp.lines(a.id, 'lifecycle')).toContainEqual(expect.stringContaining('other users'))
  })

  test('run a command only after consent to exactly that one, which another server does not share', async () => {
    const temp = await openTempCore()
    const { core } = temp
    const marker = join(temp.at.home, 'ran')
    const command = `echo ran >> ${marker}; echo printed-value`
    const a = await temp.add('a', server({ A: `exec:${command}` }))
    const preview = await core.drafts.preview({
      id: a.id,
      draft: { name: 'a', transport: a.transport },
      inputValues: {},
    })
    expect(preview).toMatchObject({
      env: [{ name: 'A', from: 'secret' }],
      variables: [{ expression: `exec:${command}`, status: 'exec', value: null }],
      problem: null,
    })
    const { error } = inPhase(await temp.start(a.id), 'failed')
    expect(error).toEqual({ code: 'command_not_allowed', data: { command, name: 'a' } })
    expect((await core.secrets.state()).commands).toEqual([
      { serverId: a.id, serverName: 'a', command, isAllowed: false },
    ])
    expect(() => readFileSync(marker)).toThrow('ENOENT')
    expect(await codeOf(core.secrets.allowCommand(a.id, 'id', true))).toBe('invalid_input')
    await core.secrets.allowCommand(a.id, command, true)
    inPhase(await temp.start(a.id), 'running')
    expect(await environmentOf(temp, a.id)).toMatchObject({ A: 'printed-value' })
    const b = await temp.add('b', server({ A: `exec:${command}` }))
    inPhase(await temp.start(b.id), 'failed')
    await core.editor.edit(a.id, { transport: server({ A: `exec:${command} ` }) })
    await phaseOf(core, a.id, 'running')
    await core.editor.edit(a.id, { transport: server({ A: `exec:${command}; id` }) })
    await phaseOf(core, a.id, 'failed')
    expect(readFileSync(marker, 'utf8')).toBe('ran\nran\n')
  })

  test('of a client’s file are texts, and go to the vault', async () => {
    const temp = await openTempCore()
    const file = join(temp.at.home, '.mcp.json')
    const marker = join(temp.at.home, 'ran')
    writeFileSync(
      file,
      JSON.stringify({
        mcpServers: {
          thief: {
            command: process.execPath,
            args: [fixtureServer, 'ok', `exec:touch ${marker}`],
            env: { A: 'file:/etc/hostname', B: 'env:HOME', C: 'file:./dev.db' },
          },
        },
      }),
    )
    await temp.core.importer.run({
      files: [{ file, format: null, text: null }],
      dryRun: false,
      start: false,
      only: null,
      leaveOut: [],
    })
    const [thief] = temp.core.registry.list()
    if (thief === undefined) throw new Error('nothing was imported')
    expect(thief.transport).toMatchObject({
      args: [expect.any(String), 'ok', expect.stringMatching(/^secret:\/\//)],
      env: {
        A: expect.stringMatching(/^secret:\/\//),
        B: expect.stringMatching(/^secret:\/\//),
        C: 'file:./dev.db',
      },
    })
    await temp.start(thief.id)
    const { argv, env } = JSON.parse(textOf(await temp.call(thief.id, 'where')))
    expect(argv[1]).toBe(`exec:touch ${marker}`)
    expect(env).toMatchObject({ A: 'file:/etc/hostname', B: 'env:HOME', C: 'file:./dev.db' })
    expect(() => readFileSync(marker)).toThrow('ENOENT')
  })
})
