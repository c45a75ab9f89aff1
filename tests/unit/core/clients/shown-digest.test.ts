import { expect, test } from 'vitest'
import { extractFound } from '../../../../src/core/clients/extract-found.ts'
import { mergeFound } from '../../../../src/core/clients/merge-found.ts'
import { parseClientFile } from '../../../../src/core/clients/parse-client-file.ts'
import { createShownDigest } from '../../../../src/core/clients/shown-digest.ts'

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
const other = token.replace('0123', '9876')

function extract(entry: object) {
  const { servers } = parseClientFile({
    format: 'cursor',
    file: '/home/ann/.cursor/mcp.json',
    text: JSON.stringify({ mcpServers: { git: entry } }),
    homeDir: '/home/ann',
    platform: 'linux',
  })
  const [server] = mergeFound(servers)
  if (server === undefined) throw new Error('nothing was found')
  return extractFound(server, () => false)
}

const entry = {
  command: 'x',
  args: ['--token', token],
  env: { API_TOKEN: other, MODE: 'fast' },
}

test('two reads of one file agree, whichever secrets are left out', () => {
  const digestOf = createShownDigest()
  const found = extract(entry)
  expect(digestOf(extract(entry))).toBe(digestOf(found))
  const [first, ...rest] = found.secrets
  if (first === undefined) throw new Error('no secret was found')
  expect(digestOf({ ...found, secrets: rest, leftOut: [first] })).toBe(digestOf(found))
})

test.each([
  ['the command', { ...entry, command: 'y' }],
  ['an argument', { ...entry, args: ['--verbose', '--token', token] }],
  ['a variable', { ...entry, env: { ...entry.env, MODE: 'slow' } }],
  ['the directory', { ...entry, cwd: '/tmp' }],
  ['a secret', { ...entry, args: ['--token', `${token}6`] }],
  [
    'secrets that change places',
    { ...entry, args: ['--token', other], env: { ...entry.env, API_TOKEN: token } },
  ],
  ['the switch in the client', { ...entry, disabled: true }],
  ['the kind', { url: 'https://example.com/mcp' }],
])('it tells %s', (_what, changed) => {
  const digestOf = createShownDigest()
  expect(digestOf(extract(changed))).not.toBe(digestOf(extract(entry)))
})

test('each host has a key of its own, so that no digest tells a secret', () => {
  expect(createShownDigest()(extract(entry))).not.toBe(createShownDigest()(extract(entry)))
})
