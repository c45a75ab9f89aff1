import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const realBootstrap = path.resolve(import.meta.dirname, '../../../scripts/bootstrap.cjs')

/** A checkout whose one dependency is a folder of its own, so that npm needs no registry, and whose build writes a program that shows what it was given. */
let checkout = ''
beforeEach(async () => {
  checkout = mkdtempSync(path.join(os.tmpdir(), 'mcp-manager-checkout-'))
  mkdirSync(path.join(checkout, 'scripts'))
  mkdirSync(path.join(checkout, 'src'))
  await copyFile(realBootstrap, path.join(checkout, 'scripts/bootstrap.cjs'))
  mkdirSync(path.join(checkout, 'local'))
  write('local/package.json', '{"name":"local","version":"1.0.0"}')
  const own = { name: 'checkout', version: '1.0.0', dependencies: { local: 'file:local' } }
  write('package.json', JSON.stringify({ ...own, private: true }))
  write('package-lock.json', JSON.stringify({ ...own, lockfileVersion: 3, packages: locked(own) }))
  write('src/program.js', program)
  write(
    'scripts/build.mjs',
    `import fs from 'node:fs'
     fs.mkdirSync('out/node', { recursive: true })
     fs.copyFileSync('src/program.js', 'out/node/cli.js')
     console.error('built')`,
  )
})
afterEach(() => rmSync(checkout, { recursive: true, force: true, maxRetries: 5 }))

const program = `
  const [verb, ...rest] = process.argv.slice(2)
  if (verb === 'exit') process.exitCode = Number(rest[0])
  if (verb === 'wait') {
    process.on('SIGTERM', () => process.exit(7))
    setInterval(() => {}, 1000)
  }
  console.log(JSON.stringify({ rest, cwd: process.cwd() }))
`

function locked(own: object): object {
  return {
    '': own,
    local: { version: '1.0.0' },
    'node_modules/local': { resolved: 'local', link: true },
  }
}

function write(file: string, content: string): void {
  writeFileSync(path.join(checkout, file), content)
}

type Run = { code: number | null; stdout: string; stderr: string }

function start(...args: string[]): ChildProcess {
  // As a person starts it, and not as a script of npm, under which this very test may run.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^(npm_|INIT_CWD$)/.test(key)),
  )
  const bootstrap = path.join(checkout, 'scripts/bootstrap.cjs')
  return spawn(process.execPath, [bootstrap, ...args], {
    cwd: path.join(checkout, 'src'),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function finish(child: ChildProcess): Promise<Run> {
  if (child.stdout === null || child.stderr === null) throw new Error('no pipes')
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { code, stdout, stderr }
}

const run = (...args: string[]): Promise<Run> => finish(start(...args))

describe('the bootstrap', () => {
  test('installs, builds and runs; its words go to stderr only', async () => {
    const { code, stdout, stderr } = await run('cli', 'show', 'a b', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ rest: ['a b', '--json'] })
    expect(stderr).toMatch(/Installing[\s\S]*installed[\s\S]*built/)
    expect(code).toBe(0)
  })

  test('says and does nothing when nothing is stale, and ends as the program ended', async () => {
    await run('cli', 'show')
    const { code, stderr, stdout } = await run('cli', 'exit', '42')
    expect(stderr).toBe('')
    expect(code).toBe(42)
    expect(path.basename(JSON.parse(stdout).cwd)).toBe('src')
  })

  test('builds again after a change of a source', async () => {
    await run('cli', 'show')
    write('src/program.js', "console.log('changed')")
    const { stdout, stderr } = await run('cli')
    expect(stdout).toBe('changed\n')
    expect(stderr).not.toContain('Installing')
  })

  test('does not run on a failed installation, nor take it for a finished one', async () => {
    write('package-lock.json', '{}')
    for (const attempt of [1, 2]) {
      const { code, stdout, stderr } = await run('cli', 'show')
      expect(code, `attempt ${attempt}`).not.toBe(0)
      expect(stdout).toBe('')
      expect(stderr).toContain('did not succeed')
    }
  })

  test('installs once more where npm left the Node out, and says so where it does again', async () => {
    // This Node becomes one that is too old. npm leaves out what it cannot download, if it is optional, and succeeds.
    const { platform, arch } = process
    const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`
    const bootstrap = readFileSync(realBootstrap, 'utf8')
    write(
      'scripts/bootstrap.cjs',
      bootstrap.replace('const oldestProject = 24', 'const oldestProject = 99'),
    )
    const own = { name: 'checkout', version: '1.0.0', optionalDependencies: { [name]: '99.0.0' } }
    const away = { version: '99.0.0', resolved: 'http://127.0.0.1:9/away.tgz', optional: true }
    write('package.json', JSON.stringify({ ...own, private: true }))
    write(
      'package-lock.json',
      JSON.stringify({
        ...own,
        lockfileVersion: 3,
        packages: { '': own, [`node_modules/${name}`]: away },
      }),
    )
    write('.npmrc', 'fetch-retries=0')
    const { code, stdout, stderr } = await run('cli', 'show')
    expect(stderr).toMatch(/was left out\. Installing once more[\s\S]*npm did not install node-/)
    expect(code).toBe(1)
    expect(stdout).toBe('')
  })

  test('does not run on a failed build', async () => {
    write('scripts/build.mjs', "throw new Error('no')")
    const { code, stdout } = await run('cli', 'show')
    expect(code).toBe(1)
    expect(stdout).toBe('')
  })

  test('works once where it is started three times', async () => {
    const runs = await Promise.all([run('cli', 'show'), run('cli', 'show'), run('cli', 'show')])
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0])
    const words = runs.map(({ stderr }) => stderr).join('')
    expect(words.match(/Installing/g)).toHaveLength(1)
    expect(words.match(/^built$/gm)).toHaveLength(1)
    expect(existsSync(path.join(checkout, '.cache/bootstrap.lock'))).toBe(false)
  })

  test('takes over the lock of a process that is gone', async () => {
    const gone = spawn(process.execPath, ['-e', '0'])
    await once(gone, 'exit')
    mkdirSync(path.join(checkout, '.cache'))
    write('.cache/bootstrap.lock', JSON.stringify([{ pid: gone.pid, start: '1' }]))
    const { code, stderr } = await run('cli', 'show')
    expect(stderr).toContain('Took over the lock')
    expect(code).toBe(0)
  })

  test('explains itself when it does not know the command', async () => {
    const { code, stderr } = await run('toString')
    expect(stderr).toContain('start|cli|test')
    expect(code).toBe(1)
  })
})

// Windows has no signals that a program could handle.
if (process.platform !== 'win32') {
  test('the bootstrap passes SIGTERM on and ends with the code of the program', async () => {
    await run('cli', 'show')
    const child = start('cli', 'wait')
    child.stdout?.once('data', () => child.kill('SIGTERM'))
    const [code] = await once(child, 'exit')
    expect(code).toBe(7)
  })
}
