import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { type LiteralScan } from '../../../src/shared/contract/literals.ts'
import { secretNameSchema } from '../../../src/shared/domain/ids.ts'
import type { LiteralFile } from '../../../src/shared/domain/literals.ts'
import { codeOf, errorOf, openTempCore, type TempCore } from '../temp-core.ts'

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
const password = 'pw-9f8e7d6c5b4a39281706'

function write(file: string, text: string, mode = 0o600): string {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text, { mode })
  chmodSync(file, mode)
  return file
}

function claudeText(): string {
  const github = { command: 'npx', args: ['-y', 'github'], env: { GITHUB_TOKEN: token } }
  const db = { command: 'db', args: [`postgres://me:${password}@host/x`] }
  return `${JSON.stringify({ numStartups: 3, mcpServers: { github, db } }, null, 2)}\n`
}

/** Moves all that can be moved, as it was shown. */
async function moveAll({ core }: TempCore, file: string, scan: LiteralScan) {
  const choice = choiceOf(fileIn(scan, file))
  const { digest } = await core.literals.preview(choice)
  return await core.literals.move({ ...choice, digest })
}

function fileIn({ files }: LiteralScan, file: string): LiteralFile {
  const found = files.find((one) => one.file === file)
  if (found === undefined) throw new Error(`${file} is not in the scan`)
  return found
}

function choiceOf({ file, literals }: LiteralFile) {
  const picks = literals
    .filter(({ resolver }) => resolver !== null)
    .map(({ id, name }) => ({ id, name }))
  return { file, picks }
}

/** Every file below a folder, with its content. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => readFileSync(file, 'latin1').includes(text))
}

test('credentials leave a file for the vault, and come back byte for byte', async () => {
  const temp = await openTempCore()
  const { core, at } = temp
  const text = claudeText()
  const file = write(join(at.home, '.claude.json'), text, 0o640)
  const scan = await core.literals.scan([])
  expect(fileIn(scan, file)).toMatchObject({
    client: 'claude-json',
    literals: [
      {
        server: 'github',
        place: 'GITHUB_TOKEN',
        masked: 'ghp_••••••••2345',
        reason: 'secret_name',
        name: 'github.github-token',
        isHeld: false,
        resolver: 'variable',
      },
      { server: 'db', place: 'argument 1', reason: 'url_password', resolver: 'variable' },
    ],
  })
  expect(JSON.stringify(scan)).not.toContain(token)
  expect(readFileSync(file, 'utf8')).toBe(text)

  const move = await moveAll(temp, file, scan)
  expect(move.needs).toEqual([
    { name: 'github.github-token', resolver: 'variable', key: 'GITHUB_TOKEN' },
    { name: 'db.password', resolver: 'variable', key: 'DB_PASSWORD' },
  ])
  expect(readFileSync(file, 'utf8')).toBe(
    text.replace(token, '${GITHUB_TOKEN}').replace(password, '${DB_PASSWORD}'),
  )
  expect(statSync(file).mode & 0o777).toBe(0o640)
  expect(await core.secrets.reveal(secretNameSchema.parse('github.github-token'))).toBe(token)
  for (const value of [token, password]) expect(filesWith(at.root, value)).toEqual([])
  const { secrets } = await core.secrets.state()
  expect(secrets.map(({ name, files }) => [name, files])).toEqual([
    ['db.password', [file]],
    ['github.github-token', [file]],
  ])

  expect(await core.literals.scan([])).toMatchObject({ files: [], readCount: 1 })
  expect(core.literals.moves()).toMatchObject([{ id: move.id, canUndo: true }])
  await core.literals.undo(move.id)
  expect(readFileSync(file, 'utf8')).toBe(text)
  expect(statSync(file).mode & 0o777).toBe(0o640)
  expect(core.literals.moves()).toEqual([])
  expect(filesWith(at.data, token)).toEqual([])
})

test('a file that its client wrote meanwhile keeps what was written', async () => {
  const temp = await openTempCore()
  const { core, at } = temp
  const file = write(join(at.home, '.claude.json'), claudeText())
  const scan = await core.literals.scan([])
  const choice = choiceOf(fileIn(scan, file))
  const { digest } = await core.literals.preview(choice)
  // Elsewhere in the file: the change that was shown still is the same.
  write(file, claudeText().replace('"numStartups": 3', '"numStartups": 4'))
  const move = await core.literals.move({ ...choice, digest })
  write(file, readFileSync(file, 'utf8').replace('"numStartups": 4', '"numStartups": 5'))
  await core.literals.undo(move.id)
  expect(readFileSync(file, 'utf8')).toBe(claudeText().replace('Startups": 3', 'Startups": 5'))

  // As it was written: YAML has no quotes there.
  const entry = `mcpServers:\n  - name: a\n    command: x\n    env:\n      TOKEN: ${token} # mine\n`
  const yaml = write(join(at.home, '.continue/config.yaml'), entry)
  const inYaml = await moveAll(temp, yaml, await core.literals.scan([yaml]))
  write(yaml, `${readFileSync(yaml, 'utf8')}name: theirs\n`)
  await core.literals.undo(inYaml.id)
  expect(readFileSync(yaml, 'utf8')).toBe(`${entry}name: theirs\n`)

  // In what was shown.
  write(file, claudeText().replace(token, `${token}6`))
  expect(await codeOf(core.literals.move({ ...choice, digest }))).toBe('file_changed')
  const second = await moveAll(temp, file, await core.literals.scan([]))
  write(file, readFileSync(file, 'utf8').replace('${DB_PASSWORD}', 'other'))
  const text = readFileSync(file, 'utf8')
  const failure = await errorOf(core.literals.undo(second.id))
  expect(failure).toMatchObject({ code: 'file_changed', data: { places: ['argument 1'] } })
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('an import after a move takes nothing for changed, and what the file relies on outlasts the server', async () => {
  const temp = await openTempCore()
  const { core, at } = temp
  const file = write(join(at.home, '.claude.json'), claudeText())
  await core.importer.run(request)
  const before = core.registry.list().map(({ transport }) => transport)
  const scan = await core.literals.scan([])
  expect(fileIn(scan, file).literals.map(({ isHeld }) => isHeld)).toEqual([true, true])
  await moveAll(temp, file, scan)
  const { report } = await core.importer.run(request)
  expect(report.servers.map(({ change }) => change)).toEqual(['unchanged', 'unchanged'])
  expect(core.registry.list().map(({ transport }) => transport)).toEqual(before)
  for (const { id } of core.registry.list()) await core.removed.remove(id)
  await temp.close()
  expect(await core.vault.get(secretNameSchema.parse('github.github-token'))).toBe(token)

  // As a kill leaves it while credentials are put back.
  const { pid: dead } = spawnSync(process.execPath, ['--version'])
  const left = write(`${file}.${dead}-0123456789ab.tmp`, claudeText())
  await openTempCore({}, at)
  expect(existsSync(left)).toBe(false)
})

const request = { files: [], dryRun: false, start: false, only: null, leaveOut: [] }

test('a server that is imported after its credential was moved runs with it, and no other server of the file does', async () => {
  const temp = await openTempCore()
  const { core, at } = temp
  const file = write(join(at.home, '.claude.json'), claudeText())
  const code = write(
    join(at.home, '.config/Code/User/mcp.json'),
    JSON.stringify({ servers: { asks: { command: 'x', env: { API_KEY: password } } } }, null, 2),
  )
  for (const one of [file, code]) await moveAll(temp, one, await core.literals.scan([]))
  write(
    file,
    readFileSync(file, 'utf8').replace(
      '"db": {',
      '"thief": { "command": "evil", "env": { "X": "${GITHUB_TOKEN}" } },\n    "db": {',
    ),
  )
  await core.importer.run(request)
  const transports = new Map(core.registry.list().map((one) => [one.name, one]))
  expect(transports.get('github')?.transport).toMatchObject({
    env: { GITHUB_TOKEN: 'secret://github.github-token' },
  })
  expect(transports.get('db')?.transport).toMatchObject({
    args: ['postgres://me:secret://db.password@host/x'],
  })
  expect(transports.get('asks')).toMatchObject({
    transport: { env: { API_KEY: 'secret://asks.api-key' } },
    inputs: [],
  })
  expect(transports.get('thief')?.transport).toMatchObject({ env: { X: '${GITHUB_TOKEN}' } })

  // What its client changes later is taken over with the secret.
  write(file, readFileSync(file, 'utf8').replace('"-y"', '"--yes"'))
  const { report } = await core.importer.run(request)
  expect(report.servers.find(({ name }) => name === 'github')?.change).toBe('changed')
  expect(core.registry.list().find(({ name }) => name === 'github')?.transport).toMatchObject({
    args: ['--yes', 'github'],
    env: { GITHUB_TOKEN: 'secret://github.github-token' },
  })
})

test('a server of several files stays one, in whichever of them its credential was moved', async () => {
  const temp = await openTempCore()
  const { core, at } = temp
  const server = (more: object) =>
    JSON.stringify({ mcpServers: { git: { command: 'x', env: { TOKEN: token }, ...more } } })
  const files = [
    write(join(at.home, '.claude.json'), server({})),
    write(join(at.home, '.cursor/mcp.json'), server({})),
    write(join(at.home, '.gemini/settings.json'), server({ timeout: 5_000 })),
    write(
      join(at.home, '.codex/config.toml'),
      `[mcp_servers.git]\ncommand = "x"\nenv = { TOKEN = "${token}" }\n`,
    ),
  ]
  await core.importer.run(request)
  const [before] = core.registry.list()
  for (const file of files.toReversed()) {
    await moveAll(temp, file, await core.literals.scan([]))
    const { report } = await core.importer.run(request)
    expect(report.servers.map(({ name, change }) => [name, change])).toEqual([['git', 'unchanged']])
  }
  const [after] = core.registry.list()
  expect(after?.transport).toEqual(before?.transport)
  expect(after?.sources).toHaveLength(4)
})

test('a file of which nobody knows who reads it, and what is no file, stay as they are', async () => {
  const temp = await openTempCore()
  const { core, at } = temp
  const file = write(
    join(at.home, '.lmstudio/mcp.json'),
    claudeText().replace('"numStartups": 3,', ''),
  )
  const broken = write(join(at.home, '.cursor/mcp.json'), `{ "mcpServers": { a: "${token}"`)
  const twice = write(
    join(at.home, '.mcp.json'),
    `{ "mcpServers": { "a": { "command": "x", "env": { "T_TOKEN": "${token}", "T_TOKEN": "${token}2" } } } }`,
  )
  const scan = await core.literals.scan([file, at.home, '/dev/zero', broken, twice])
  expect(fileIn(scan, file).literals.map(({ kept }) => kept)).toEqual([
    'unknown_client',
    'unknown_client',
  ])
  expect(scan.problems.map(({ code, data }) => [code, data['file'], data['reason']])).toEqual([
    ['file_unreadable', at.home, 'It is not a file.'],
    ['file_unreadable', '/dev/zero', 'It is not a file.'],
    ['file_unreadable', broken, 'damaged'],
    ['file_unreadable', twice, 'repeated'],
  ])
})

test('nothing changes where the vault is closed, the file is read-only, or the name has another value', async () => {
  const temp = await openTempCore({ vaultKey: undefined })
  const { core, at } = temp
  const file = write(join(at.home, '.claude.json'), claudeText())
  const scan = await core.literals.scan([file])
  expect(await codeOf(moveAll(temp, file, scan))).toBe('vault_unavailable')
  await core.vault.unlock('a long passphrase for tests')
  chmodSync(file, 0o400)
  const names = fileIn(scan, file).literals.map(({ name }) => name)
  expect(await codeOf(moveAll(temp, file, scan))).toBe('state_read_only')
  for (const name of names) expect(await core.vault.has(name)).toBe(false)
  expect(core.literals.moves()).toEqual([])
  chmodSync(file, 0o600)
  await core.vault.set(secretNameSchema.parse('github.github-token'), 'another value')
  expect(await codeOf(moveAll(temp, file, scan))).toBe('invalid_input')
  expect(readFileSync(file, 'utf8')).toBe(claudeText())
  // The next scan knows better.
  const next = fileIn(await core.literals.scan([]), file)
  expect(next.literals[0]?.name).toBe('github.github-token-2')
})

test('a literal in a definition of our own becomes a reference, and comes back', async () => {
  const temp = await openTempCore()
  const { core, add, at } = temp
  const { id } = await add('mine', {
    type: 'http',
    url: 'https://h/',
    headers: {},
    headersHelper: null,
  })
  const headers = { Authorization: `Bearer ${token}`, 'X-Key': 'secret://other.key' }
  await core.registry.change(id, (server) => ({
    ...server,
    transport: { type: 'http', url: 'https://h/', headers, headersHelper: null },
  }))
  const scan = await core.literals.scan([])
  const own = join(at.data, 'servers.json')
  expect(fileIn(scan, own)).toMatchObject({ client: null, literals: [{ resolver: 'vault' }] })
  const choice = choiceOf(fileIn(scan, own))
  expect(JSON.stringify(await core.literals.preview(choice))).not.toContain('0123456789')
  const move = await moveAll(temp, own, scan)
  const [name = ''] = move.needs.map((need) => need.name)
  expect(core.registry.get(id).transport).toMatchObject({
    headers: { Authorization: `Bearer secret://${name}`, 'X-Key': 'secret://other.key' },
  })
  expect(filesWith(at.data, token)).toEqual([])
  // It is the server's own, and goes with it.
  expect([...core.registry.secretNamesWithout(id)]).toEqual([])
  await core.literals.undo(move.id)
  expect(core.registry.get(id).transport).toMatchObject({ headers })
})
