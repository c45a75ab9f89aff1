import { describe, expect, test } from 'vitest'
import { programsOf } from '../../../../src/core/machine/programs-of.ts'

/** Keys with arguments, as one text each. */
function told(args: readonly string[], more: { script?: string; cwd?: string } = {}): string[] {
  return programsOf({ args, ...more }).map((one) => [one.key, ...one.args].join(' '))
}

describe('what runs, by what starts it', () => {
  test.each([
    [
      ['npx', '-y', '@upstash/context7-mcp@4.1.1', '--key', 'a'],
      'npm:@upstash/context7-mcp --key a',
    ],
    [['npx', '--yes', '--package=@a/b', 'run-it', 'x'], 'npm:@a/b x'],
    [['npm', 'exec', '--', '@a/b', 'x'], 'npm:@a/b x'],
    [['pnpm', 'dlx', 'some-mcp'], 'npm:some-mcp'],
    [['bunx', 'some-mcp@latest'], 'npm:some-mcp'],
    [['cmd', '/c', 'npx', '-y', 'some-mcp', 'x'], 'npm:some-mcp x'],
    [['C:\\Windows\\System32\\cmd.exe', '/d', '/s', '/c', 'npx -y some-mcp x'], 'npm:some-mcp x'],
    [['/usr/bin/env', 'A=b', 'npx', 'some-mcp'], 'npm:some-mcp'],
    [['sh', '-c', "exec 'npx' some-mcp 'a b'"], 'npm:some-mcp a b'],
    [['node', '/usr/lib/node_modules/npm/bin/npx-cli.js', '-y', 'some-mcp', 'x'], 'npm:some-mcp x'],
    [['node', '--no-warnings', '/x/node_modules/@a/b/dist/index.js', 'x'], 'npm:@a/b x'],
    [
      ['C:\\Program Files\\nodejs\\node.exe', 'C:\\x\\node_modules\\@a\\b\\dist\\index.js', 'x'],
      'npm:@a/b x',
    ],
    [['uvx', 'mcp_server_time', '--zone', 'x'], 'py:mcp-server-time --zone x'],
    [['uvx', '--from', 'git+https://x/y', 'run-it', 'x'], 'bin:run-it x'],
    [['uv', 'tool', 'uvx', 'mcp-server-time'], 'py:mcp-server-time'],
    [['uv', '--directory', '/srv', 'run', 'main.py', 'x'], 'path:/srv/main.py x'],
    [['/c/bin/python', '/c/bin/mcp-server-time', '--zone', 'x'], 'bin:mcp-server-time --zone x'],
    [['python3.12', '-u', '-m', 'mcp_server_git', 'x'], 'module:mcp_server_git x'],
    [
      [
        'docker',
        'run',
        '-i',
        '--rm',
        '-e',
        'TOKEN',
        '--name=a',
        'ghcr.io/github/github-mcp-server:1.2',
        'x',
      ],
      'image:ghcr.io/github/github-mcp-server x',
    ],
    [['docker', 'run', 'localhost:5000/a'], 'image:localhost:5000/a'],
    [['deno', 'run', '-A', 'npm:some-mcp@1', 'x'], 'npm:some-mcp x'],
    [['/opt/bin/github-mcp-server', 'stdio'], 'bin:github-mcp-server stdio'],
    [['node', 'server.js'], 'path:/srv/server.js'],
    [['node', './node_modules/.bin/../a-mcp/index.js', 'mcp'], 'npm:a-mcp mcp'],
  ])('%j', (args, key) => {
    expect(told(args, { cwd: '/srv' })).toContain(key)
  })
})

test('a path that is not whole says nothing without its folder', () => {
  expect(told(['node', 'server.js', 'x'])).toEqual(['bin:server x'])
})

test('the file behind a link in .bin tells the package', () => {
  expect(
    told(['node', '/x/node_modules/.bin/run-it', 'a'], {
      script: '/x/node_modules/@a/b/dist/i.js',
    }),
  ).toContain('npm:@a/b a')
})

test.each([
  [[]],
  [['']],
  [['sh', '-c', 'a; b']],
  [['bash']],
  [['node', '-e', 'code']],
  [['python', '-c', 'code']],
  [['npm', 'run', 'dev']],
  [['docker', 'ps']],
  [['uv', 'pip', 'install', 'x']],
  [['npx', '-y']],
])('nothing is told of %j', (args) => {
  expect(told(args)).toEqual([])
})

test('shells within shells do not go on for ever', () => {
  let line = 'npx some-mcp'
  for (let depth = 0; depth < 40; depth += 1) line = `sh -c "${line.replaceAll('"', '')}"`
  expect(told(['sh', '-c', line])).toEqual([])
})
