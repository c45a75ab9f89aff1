/** A link as a page would offer it. */
export function linkFor(name: string, config: unknown): string {
  const encoded = Buffer.from(JSON.stringify(config)).toString('base64')
  return `mcp-manager://install?${new URLSearchParams({ name, config: encoded }).toString()}`
}

const good = { command: 'node', args: ['server.js'] }
const withArg = (arg: string): string => linkFor('a', { command: 'node', args: [arg] })

/** Links that try to have something run, hidden or stolen, by what they try. */
export const hostileLinks: readonly (readonly [string, string])[] = [
  ['another action', linkFor('a', good).replace('install', 'run')],
  ['another scheme', linkFor('a', good).replace('mcp-manager:', 'https:')],
  ['no action', 'mcp-manager:'],
  ['a path after the action', linkFor('a', good).replace('install?', 'install/../run?')],
  ['a user before the action', linkFor('a', good).replace('install', 'user:pw@install')],
  ['a port after the action', linkFor('a', good).replace('install', 'install:80')],
  ['a fragment', `${linkFor('a', good)}#start`],
  ['a parameter that asks to start at once', `${linkFor('a', good)}&start=true`],
  ['a second configuration', `${linkFor('a', good)}&config=e30`],
  ['no name', linkFor('', good)],
  ['a name that is a prototype', linkFor('__proto__', good)],
  ['a name of two lines', linkFor('a\nb', good)],
  ['a configuration that is not base64', 'mcp-manager://install?name=a&config=%7B%7D'],
  ['a configuration that is not JSON', 'mcp-manager://install?name=a&config=bm9wZQ'],
  ['a configuration that is not UTF-8', 'mcp-manager://install?name=a&config=gICA'],
  ['a configuration that is a list', linkFor('a', [good])],
  ['both a command and an address', linkFor('a', { ...good, url: 'https://example.com' })],
  ['a key that switches it on', linkFor('a', { ...good, enabled: true })],
  ['a shell command for headers', linkFor('a', { url: 'https://e.com', headersHelper: 'id' })],
  ['a file of variables', linkFor('a', { ...good, envFile: '/etc/passwd' })],
  ['arguments that are no texts', linkFor('a', { command: 'node', args: [{ toString: 'x' }] })],
  ['an empty command', linkFor('a', { command: '   ' })],
  ['a command of two lines', linkFor('a', { command: 'node\nrm -rf /' })],
  ['text that turns what follows around', withArg('safe\u202Etxt.exe')],
  ['text that does not show', withArg('safe\u200B--evil')],
  ['letters that are drawn as nothing', withArg('safe\u3164\u3164evil')],
  ['space that pushes the rest out of sight', withArg(`safe${' '.repeat(400)}; evil`)],
  ['a control character', withArg('safe\u001B[2Jevil')],
  ['a null character', withArg('safe\u0000evil')],
  ['a secret of the vault', linkFor('a', { url: 'https://e.com', headers: { A: 'secret://gh' } })],
  ['a command whose output is a secret', withArg('exec:id')],
  [
    'a file of this machine',
    linkFor('a', { url: 'https://e.com', headers: { A: 'file:~/.ssh/id_ed25519' } }),
  ],
  [
    'a variable that leaves this machine',
    linkFor('a', { url: 'https://e.com', headers: { A: 'env:AWS_SECRET_ACCESS_KEY' } }),
  ],
  ['a variable of this machine', withArg('${env:AWS_SECRET_ACCESS_KEY}')],
  ['an address of a file', linkFor('a', { url: 'file:///etc/passwd' })],
  ['an address that is a script', linkFor('a', { url: 'javascript:alert(1)' })],
  [
    'a header that breaks the line',
    linkFor('a', { url: 'https://e.com', headers: { 'A\r\nB': 'c' } }),
  ],
  ['a variable with an odd name', linkFor('a', { ...good, env: { 'LD PRELOAD': 'x' } })],
  ['a thousand arguments', linkFor('a', { command: 'node', args: Array(1_000).fill('x') })],
  ['an argument of a megabyte', withArg('x'.repeat(1_000_000))],
]
