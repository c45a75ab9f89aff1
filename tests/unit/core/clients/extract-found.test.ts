import { describe, expect, test } from 'vitest'
import { extractFound, fingerprintOf } from '../../../../src/core/clients/extract-found.ts'
import { mergeFound } from '../../../../src/core/clients/merge-found.ts'
import { parseClientFile } from '../../../../src/core/clients/parse-client-file.ts'
import { secretNamesIn } from '../../../../src/core/secrets/secret-references.ts'

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
const key = 'AKIAIOSFODNN7EXAMPLX'

function extract(entry: object, taken: readonly string[] = []) {
  const { servers } = parseClientFile({
    format: 'cursor',
    file: '/home/ann/.cursor/mcp.json',
    text: JSON.stringify({ mcpServers: { git: entry } }),
    homeDir: '/home/ann',
    platform: 'linux',
  })
  const [server] = mergeFound(servers)
  if (server === undefined) throw new Error('nothing was found')
  return extractFound(server, (name) => taken.includes(name))
}

describe('extractFound', () => {
  test('credentials in env, args and keys that are only kept are taken out', () => {
    const extracted = extract({
      command: 'x',
      args: ['--token', token],
      env: { GITHUB_TOKEN: token, PLAIN: 'visible' },
      custom: { nested: [{ awsAccessKeyId: key }], note: 'visible too' },
    })
    const kept = JSON.stringify(extracted.server)
    expect(kept).not.toContain(token)
    expect(kept).not.toContain(key)
    expect(kept).toContain('visible too')
    // The same value is one secret.
    expect(extracted.secrets.map((secret) => secret.value)).toEqual([token, key])
    expect(secretNamesIn(extracted.server)).toEqual(
      expect.arrayContaining(extracted.secrets.map((secret) => secret.name)),
    )
  })

  test('a name that is in use elsewhere is not used again', () => {
    const entry = { command: 'x', env: { GITHUB_TOKEN: token } }
    expect(extract(entry).secrets[0]?.name).toBe('git.github-token')
    expect(extract(entry, ['git.github-token']).secrets[0]?.name).toBe('git.github-token-2')
  })

  test('a secret that is a number is taken out of the keys that are only kept; a setting is not', () => {
    const { server, secrets } = extract({
      command: 'x',
      custom: { password: 48151623, retries: 5000 },
    })
    expect(secrets.map((secret) => secret.value)).toEqual(['48151623'])
    expect(server.sources[0]?.extra).toEqual({
      custom: { password: 'secret://git.password', retries: 5000 },
    })
  })

  test('a time that no timer can wait becomes the longest that one can', () => {
    const { servers } = parseClientFile({
      format: 'codex',
      file: '/home/ann/.codex/config.toml',
      text: '[mcp_servers.a]\ncommand = "x"\ntool_timeout_sec = 2592000\n',
      homeDir: '/home/ann',
      platform: 'linux',
    })
    expect(servers[0]?.timeouts.callMs).toBe(2_147_483_647)
  })

  test('a server without credentials is left as it is', () => {
    const { secrets, withoutValue, server } = extract({ command: 'x', args: ['a'] })
    expect({ secrets, withoutValue }).toEqual({ secrets: [], withoutValue: [] })
    expect(server.transport).toMatchObject({ command: 'x', args: ['a'] })
  })
})

describe('fingerprintOf', () => {
  const of = (entry: object, taken: readonly string[] = []) =>
    fingerprintOf(extract(entry, taken).server)
  const entry = { command: 'x', env: { GITHUB_TOKEN: token } }

  test('does not depend on the names or values of secrets', () => {
    expect(of(entry, ['git.github-token'])).toBe(of(entry))
    const other = token.replace('0123', '9876')
    expect(of({ command: 'x', env: { GITHUB_TOKEN: other } })).toBe(of(entry))
  })

  test('depends on the defaults of inputs', () => {
    const { server } = extract(entry)
    const input = { id: 'a', type: 'promptString', description: null, password: false, options: [] }
    const withDefault = (text: string) =>
      fingerprintOf({ ...server, inputs: [{ ...input, default: text }] })
    expect(withDefault('x')).not.toBe(withDefault('y'))
  })

  test('depends on what there is to choose from', () => {
    const { server } = extract(entry)
    const input = { id: 'a', type: 'pickString', description: null, default: null, password: false }
    const withOptions = (...values: string[]) => {
      const options = values.map((value) => ({ value, label: value }))
      return fingerprintOf({ ...server, inputs: [{ ...input, options }] })
    }
    expect(new Set([withOptions(), withOptions('x'), withOptions('x', 'y')]).size).toBe(3)
  })

  test('depends on all that is run', () => {
    const changes = [
      { ...entry, command: 'y' },
      { ...entry, args: ['a'] },
      { ...entry, env: { GITHUB_TOKEN: token, MORE: '1' } },
    ]
    expect(new Set([entry, ...changes].map((one) => of(one))).size).toBe(4)
  })
})
