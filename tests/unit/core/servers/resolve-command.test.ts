import { describe, expect, test } from 'vitest'
import {
  type CommandFinder,
  parseNpmShim,
  resolveCommand,
} from '../../../../src/core/servers/resolve-command.ts'
import { AppError } from '../../../../src/shared/domain/errors.ts'

/** A disk of files by path; on POSIX those that end in `*` can be executed. */
function disk(platform: NodeJS.Platform, files: Readonly<Record<string, string>>): CommandFinder {
  const at = (path: string) =>
    Object.entries(files).find(([name]) =>
      platform === 'win32' ? name.toLowerCase() === path.toLowerCase() : name === path,
    )?.[1]
  return {
    platform,
    isFile: (path) => at(path) !== undefined,
    isExecutable: (path) => at(path) === 'x',
    readText: at,
  }
}

function failureOf(run: () => unknown): AppError {
  try {
    run()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('it did not fail')
}

// As npm 11 writes them (npm/bin/npx.cmd, and cmd-shim 7 for a package's bin).
const npxCmd = [
  ":: Created by npm, please don't edit manually.",
  '@ECHO OFF',
  'SETLOCAL',
  'SET "NODE_EXE=%~dp0\\node.exe"',
  'IF NOT EXIST "%NODE_EXE%" (',
  '  SET "NODE_EXE=node"',
  ')',
  'SET "NPM_PREFIX_JS=%~dp0\\node_modules\\npm\\bin\\npm-prefix.js"',
  'SET "NPX_CLI_JS=%~dp0\\node_modules\\npm\\bin\\npx-cli.js"',
  'FOR /F "delims=" %%F IN (\'CALL "%NODE_EXE%" "%NPM_PREFIX_JS%"\') DO (',
  '  SET "NPM_PREFIX_NPX_CLI_JS=%%F\\node_modules\\npm\\bin\\npx-cli.js"',
  ')',
  '"%NODE_EXE%" "%NPX_CLI_JS%" %*',
].join('\r\n')
const shimOf = (target: string, options = '') =>
  [
    '@ECHO off',
    'GOTO start',
    ':find_dp0',
    'SET dp0=%~dp0',
    'EXIT /b',
    ':start',
    'SETLOCAL',
    'CALL :find_dp0',
    'IF EXIST "%dp0%\\node.exe" (',
    '  SET "_prog=%dp0%\\node.exe"',
    ') ELSE (',
    '  SET "_prog=node"',
    '  SET PATHEXT=%PATHEXT:;.JS;=;%',
    ')',
    `endLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & "%_prog%" ${options} "%dp0%\\${target}" %*`,
  ].join('\r\n')
const pnpmShim =
  '@IF EXIST "%~dp0\\node.exe" (\r\n  "%~dp0\\node.exe"  "%~dp0\\..\\tool\\bin.mjs" %*\r\n)'

describe('on POSIX', () => {
  const finder = disk('linux', {
    '/usr/bin/node': 'x',
    '/opt/bin/node': 'x',
    '/opt/bin/plain': '-',
    '/srv/run.sh': 'x',
  })
  const resolve = (command: string, path = '/usr/bin:/opt/bin', cwd = '/srv') =>
    resolveCommand(command, ['a b'], { PATH: path }, cwd, finder)

  test('PATH is searched in its order', () => {
    expect(resolve('node')).toEqual({
      command: '/usr/bin/node',
      args: ['a b'],
      verbatimArguments: false,
    })
    expect(resolve('node', '/opt/bin:/usr/bin').command).toBe('/opt/bin/node')
  })

  test('a path is taken from the directory, and PATH is not searched', () => {
    expect(resolve('./run.sh').command).toBe('/srv/run.sh')
    expect(resolve('/srv/run.sh', '').command).toBe('/srv/run.sh')
    expect(failureOf(() => resolve('./node')).code).toBe('command_not_found')
  })

  test('what is not there names the PATH that was searched', () => {
    const error = failureOf(() => resolve('missing'))
    expect(error.code).toBe('command_not_found')
    expect(error.data).toEqual({ command: 'missing', path: '/usr/bin:/opt/bin', cwd: '/srv' })
  })

  test('what is there but may not be run says where it is', () => {
    const error = failureOf(() => resolve('plain'))
    expect(error.code).toBe('permission_denied')
    expect(error.data['command']).toBe('/opt/bin/plain')
  })

  test('an empty entry of PATH is not the current directory', () => {
    expect(failureOf(() => resolve('run.sh', ':/usr/bin:')).code).toBe('command_not_found')
  })
})

describe('on Windows', () => {
  const env = { Path: 'C:\\node;D:\\tools', PATHEXT: '.COM;.EXE;.BAT;.CMD', ComSpec: 'C:\\cmd.exe' }
  const files = {
    'C:\\node\\node.exe': '',
    'C:\\node\\npx': '#!/bin/sh',
    'C:\\node\\npx.cmd': npxCmd,
    'D:\\tools\\server.cmd': shimOf('node_modules\\server\\dist\\index.js'),
    'D:\\tools\\odd.cmd': shimOf('node_modules\\odd\\index.js', '--no-warnings'),
    'D:\\tools\\old.bat': '@echo off\r\nrun %1\r\n',
    'D:\\tools\\both.exe': '',
    'D:\\tools\\both.cmd': '',
    'D:\\tools\\py.v3.exe': '',
  }
  const resolve = (command: string, args: string[] = [], more = {}) =>
    resolveCommand(command, args, { ...env, ...more }, 'C:\\work', disk('win32', files))

  test('npx is npm’s own script, run by the node beside it', () => {
    expect(resolve('npx', ['-y', 'pkg'])).toEqual({
      command: 'C:\\node\\node.exe',
      args: ['C:\\node\\node_modules\\npm\\bin\\npx-cli.js', '-y', 'pkg'],
      verbatimArguments: false,
    })
  })

  test('a package’s shim is the script that it wraps, run by the node of PATH', () => {
    expect(resolve('server', ['--x'])).toEqual({
      command: 'C:\\node\\node.exe',
      args: ['D:\\tools\\node_modules\\server\\dist\\index.js', '--x'],
      verbatimArguments: false,
    })
  })

  test('the endings of PATHEXT are tried in their order, and only they', () => {
    expect(resolve('both').command).toBe('D:\\tools\\both.exe')
    expect(resolve('both', [], { PATHEXT: '.CMD;.EXE' }).args).toContain('/c')
    expect(failureOf(() => resolve('both', [], { PATHEXT: '.COM' })).code).toBe('command_not_found')
  })

  test('a name with its ending, or with a dot, is found', () => {
    expect(resolve('node.exe').command).toBe('C:\\node\\node.exe')
    expect(resolve('py.v3').command).toBe('D:\\tools\\py.v3.exe')
  })

  test('another batch file goes through cmd.exe, escaped', () => {
    expect(resolve('old', ['a b', 'x&calc', '50%'])).toEqual({
      command: 'C:\\cmd.exe',
      args: ['/d', '/s', '/c', '"D:\\tools\\old.bat ^"a^ b^" ^"x^&calc^" ^"50^%^""'],
      verbatimArguments: true,
    })
  })

  test('a batch file that hands its arguments on has them escaped twice', () => {
    const { args } = resolve('odd', ['"&calc'])
    expect(args[3]).toBe('"D:\\tools\\odd.cmd ^^^"\\^^^"^^^&calc^^^""')
  })

  test('a path is taken from the directory', () => {
    expect(resolve('..\\node\\node').command).toBe('C:\\node\\node.exe')
  })
})

describe('npm’s shims', () => {
  test.for([
    [npxCmd, 'node_modules\\npm\\bin\\npx-cli.js'],
    [shimOf('node_modules\\a\\b.mjs'), 'node_modules\\a\\b.mjs'],
    [pnpmShim, '..\\tool\\bin.mjs'],
    [shimOf('node_modules\\a\\run.sh'), undefined],
    [shimOf('node_modules\\a\\b.js', '--inspect'), undefined],
    ['@echo off\r\necho "%~dp0\\x.js" %*', undefined],
    ['', undefined],
  ] as const)('case %#', ([text, script]) => {
    expect(parseNpmShim(text)).toBe(script)
  })
})
