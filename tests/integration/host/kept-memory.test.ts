import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { CliHome } from '../cli/cli-home.ts'
import { fixtureServer, makeTempHome, repository } from '../temp-core.ts'

const key = 'a key that nobody else may see'
const noDump = /^Max core file size +1 +1 +bytes/m

function proc(pid: unknown, file: string): string {
  return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8')
}

// /proc is Linux'; elsewhere there is nothing that could be read.
if (process.platform === 'linux') {
  test('a host and its servers write no core dumps, and a host shows no key and opens no debugger', async () => {
    const home = new CliHome()
    onTestFinished(() => home.dispose())
    const ok = { command: process.execPath, args: [fixtureServer, 'ok'] }
    home.write('.claude.json', { mcpServers: { ok } })
    await home.run(['import'])
    const host = home.spawn(['serve', '--json'], { env: { MCP_MANAGER_VAULT_KEY: key } })
    await once(createInterface({ input: host.stdout }), 'line')
    expect((await home.run(['enable', 'ok'])).code).toBe(0)
    const { value } = await home.json(['status'])
    expect(value).toMatchObject({ pid: host.pid, servers: [{ state: { phase: 'running' } }] })
    const [server] = value['servers'] as [{ state: { pid: number } }]

    expect(proc(host.pid, 'limits')).toMatch(noDump)
    expect(proc(server.state.pid, 'limits')).toMatch(noDump)
    expect(proc(host.pid, 'environ')).toContain(`MCP_MANAGER_VAULT_KEY=${'*'.repeat(key.length)}\0`)
    expect(proc(host.pid, 'environ') + proc(server.state.pid, 'environ')).not.toContain(key)

    const said = createInterface({ input: host.stderr })
    host.kill('SIGUSR1')
    expect(await once(said, 'line')).toEqual(['SIGUSR1 opens no debugger here.'])
    expect(
      (await home.run(['secrets', 'set', 'a.token'], { input: 'opens with the key' })).code,
    ).toBe(0)
  })

  test('a process that crashes leaves no file, and no other one may look into it', () => {
    const { root } = makeTempHome()
    const module = (path: string) => JSON.stringify(join(repository, path))
    const script = `
      const { forbidDumps } = await import(${module('src/core/processes/native/forbid-dumps.ts')})
      await forbidDumps()
      const koffi = await import(${module('node_modules/koffi/index.js')})
      const prctl = koffi.default.load(null).func('int prctl(int, unsigned long)')
      console.log('dumpable', prctl(3, 0))
      process.abort()`
    const { stdout, signal } = spawnSync(
      '/bin/sh',
      [
        '-c',
        'ulimit -S -c "$(ulimit -H -c)"; exec "$0" "$@"',
        process.execPath,
        '--input-type=module',
        '-e',
        script,
      ],
      { cwd: root, encoding: 'utf8' },
    )
    expect({ stdout, signal }).toEqual({ stdout: 'dumpable 0\n', signal: 'SIGABRT' })
    expect(readdirSync(root)).toEqual(['home'])
  })
}
