import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixtureServer } from '../temp-core.ts'
import { CliHome } from './cli-home.ts'

const key = 'a key for tests of 16 and more'

let home: CliHome
beforeEach(() => {
  home = new CliHome({ MCP_MANAGER_VAULT_KEY: key })
})
afterEach(async () => {
  await home.dispose()
})

test('secrets are set by stdin, shown, renamed and deleted, with what servers say of them', async () => {
  const set = await home.run(['secrets', 'set', 'github.token'], { input: 'ghp_first\n' })
  expect(set).toMatchObject({ code: 0, stdout: expect.stringContaining('secret://github.token') })
  await home.run(['add', 'one', '--env', 'TOKEN=secret://github.token', '--', 'true'])
  const again = await home.json(['secrets', 'set', 'github.token'], { input: 'ghp_second' })
  expect(again.value).toEqual({ name: 'github.token', restarted: [] })
  await home.run(['secrets', 'rename', 'github.token', 'github.work'])
  expect((await home.run(['secrets', 'show', 'secret://github.work'])).stdout).toBe('ghp_second\n')
  const { value } = await home.json(['secrets'])
  expect(value).toMatchObject({
    secrets: [{ name: 'github.work', status: 'stored', users: [{ name: 'one' }] }],
    commands: [],
  })
  expect(JSON.stringify(value)).not.toContain('ghp_second')
  const deleted = await home.run(['secrets', 'delete', 'github.work'])
  expect(deleted).toMatchObject({ code: 0, stderr: expect.stringContaining('will miss it: one') })
  const gone = await home.json(['secrets', 'show', 'github.work'])
  expect(gone).toMatchObject({ code: 2, value: { error: { code: 'secret_not_found' } } })
  const verb = await home.run(['secrets', 'frob'])
  expect(verb).toMatchObject({ code: 2, stderr: expect.stringContaining("unknown command 'frob'") })
})

test('the passphrase of the vault file is changed by two lines of stdin', async () => {
  await home.run(['secrets', 'set', 'a'], { input: 'value' })
  const next = 'another one, long enough'
  const changed = await home.run(['secrets', 'passphrase'], { input: `${key}\n${next}\n` })
  expect(changed.code).toBe(0)
  expect((await home.json(['secrets', 'show', 'a'])).value).toMatchObject({
    error: { code: 'vault_locked' },
  })
  const keyFile = home.write('key', next)
  const byFile = { MCP_MANAGER_VAULT_KEY: '', MCP_MANAGER_VAULT_KEY_FILE: keyFile }
  expect((await home.run(['secrets', 'show', 'a'], { env: byFile })).stdout).toBe('value\n')
})

test('a script allows a command by --yes only, and takes it back', async () => {
  const marker = join(home.home, 'ran')
  const command = `echo x >> '${marker}'; echo printed-value`
  const words = [process.execPath, fixtureServer, 'ok']
  await home.run(['add', 'one', '--env', `TOKEN=exec:${command}`, '--', ...words])
  expect(await home.run(['secrets', 'allow', 'one'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(command),
  })
  expect(() => readFileSync(marker)).toThrow('ENOENT')
  expect((await home.json(['secrets', 'allow', 'one', '--yes'])).value).toEqual({
    changed: [command],
  })
  const answer = await home.run(['call', 'one', 'where'])
  // What the server prints is redacted like all that it says.
  expect(answer.stdout).toContain('[secret exec:')
  expect(readFileSync(marker, 'utf8')).toBe('x\n')
  await home.run(['secrets', 'allow', 'one', '--revoke'])
  const list = await home.run(['secrets', 'list'])
  expect(list.stdout).toContain(`Waits for your consent, for one: ${command}`)
})
