import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { discoverClientFiles } from '../../../../src/core/clients/discover-client-files.ts'

let root = ''
let homeDir = ''

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'discover-')))
  homeDir = join(root, 'home')
  await mkdir(homeDir)
})
afterEach(() => rm(root, { recursive: true }))

async function put(path: string, text = '{}'): Promise<string> {
  const file = join(root, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
  return file
}

function discover(projects: string[] = []): ReturnType<typeof discoverClientFiles> {
  // opencode follows XDG_CONFIG_HOME on every platform; the other places used here are the same on all of them.
  const env = { XDG_CONFIG_HOME: join(homeDir, '.config') }
  return discoverClientFiles({ platform: process.platform, homeDir, env, projects })
}

test('an empty home has no files', async () => {
  expect(await discover()).toEqual([])
})

test('finds user files, and project files of given folders and of those that Claude Code lists', async () => {
  const listed = join(root, 'listed')
  const records = { [listed]: {}, [join(root, 'gone')]: {}, relative: {} }
  const claude = await put('home/.claude.json', JSON.stringify({ projects: records }))
  const cursor = await put('home/.cursor/mcp.json')
  const mcpJson = await put('listed/.mcp.json')
  const kiro = await put('given/.kiro/settings/mcp.json')
  await mkdir(join(root, 'given/.mcp.json'))
  const user = { scope: 'user', project: null }
  expect(await discover([join(root, 'given')])).toEqual([
    { client: 'claude-json', file: claude, ...user },
    { client: 'cursor', file: cursor, ...user },
    { client: 'kiro', file: kiro, scope: 'project', project: join(root, 'given') },
    { client: 'mcp-json', file: mcpJson, scope: 'project', project: listed },
  ])
})

test("takes every file of Continue's folder, and opencode.jsonc instead of opencode.json", async () => {
  await put('home/.continue/mcpServers/b.yaml')
  await put('home/.continue/mcpServers/a.json')
  await put('home/.continue/mcpServers/notes.txt')
  await put('home/.config/opencode/opencode.json')
  await put('home/.config/opencode/opencode.jsonc')
  expect((await discover()).map(({ file }) => file)).toEqual([
    join(homeDir, '.continue/mcpServers/a.json'),
    join(homeDir, '.continue/mcpServers/b.yaml'),
    join(homeDir, '.config/opencode/opencode.jsonc'),
  ])
})

test('lists a file once, as its first place says: the home directory as a project, and a linked folder', async () => {
  const cursor = await put('home/.cursor/mcp.json')
  const given = join(root, 'given')
  const mcpJson = await put('given/.mcp.json')
  // On Windows a junction is the one link that needs no privilege; elsewhere the kind is ignored.
  await symlink(given, join(root, 'linked'), 'junction')
  expect(await discover([homeDir, given, join(root, 'linked')])).toEqual([
    { client: 'cursor', file: cursor, scope: 'user', project: null },
    { client: 'mcp-json', file: mcpJson, scope: 'project', project: given },
  ])
})
