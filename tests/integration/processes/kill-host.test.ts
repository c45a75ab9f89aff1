import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { isAlive } from '../../../src/core/processes/process-table.ts'
import { makeTempHome, processesOf } from '../temp-core.ts'
import { watchdogsOf } from './watchdogs-of.ts'

/**
 * Three processes that take no signal which asks them to end, and show in their command lines whose they are: the server,
 * one in a session of its own, and one whose parent is gone.
 */
const threeProcesses = `trap "" TERM HUP INT
setsid tail -f "$0/hold" &
(tail -f "$0/hold" &)
exec tail -f "$0/hold"`

if (process.platform === 'linux') {
  test('kill -9 of a host in fifteen handshakes leaves nothing', async () => {
    const { host, root, spawned } = startHost(Array(5).fill(threeProcesses))
    await spawned(5)
    // The last of them may be a moment old.
    await expect.poll(() => serversOf(root, host)).toHaveLength(15)
    await killed(host)
    await expect.poll(() => processesOf(root)).toEqual([])
  })

  test('so it does where a server was spawned that very moment', async () => {
    const { host, root, spawned } = startHost(Array(8).fill(threeProcesses))
    await spawned(1)
    await killed(host)
    await expect.poll(() => processesOf(root)).toEqual([])
  })

  test('kill -9 of a host leaves nothing that was seen once, with no session, mark or parent to tell of it', async () => {
    const { host, root } = startHost([`${escapes}; exec tail -f "$0/hold"`])
    const escapee = async () => {
      const found = processesOf(join(root, 'hold')).find((line) =>
        isCleared(Number.parseInt(line, 10)),
      )
      return found === undefined ? undefined : Number.parseInt(found, 10)
    }
    await expect.poll(escapee).toBeDefined()
    // The host hands on what it sees as it writes it down.
    await expect.poll(() => ledgerOf(root)).toContain(`[${await escapee()},`)
    await killed(host)
    await expect.poll(() => processesOf(root)).toEqual([])
  })

  test('a watchdog that is killed is replaced, and the new one knows all', async () => {
    const { host, root, spawned } = startHost([threeProcesses])
    await spawned(1)
    await expect.poll(() => serversOf(root, host)).toHaveLength(3)
    const [first] = watchdogsOf(host.pid)
    process.kill(first ?? 0, 'SIGKILL')
    await expect.poll(() => watchdogsOf(host.pid).filter((pid) => pid !== first)).toHaveLength(1)
    await killed(host)
    await expect.poll(() => processesOf(root)).toEqual([])
  })

  test('a watchdog takes no signal that ends a terminal or a session, and goes with its host in order', async () => {
    const { host, said, spawned } = startHost(['cat'])
    await spawned(1)
    const [watchdog = 0] = watchdogsOf(host.pid)
    await expect.poll(() => ignoresSignals(watchdog)).toBe(true)
    for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.kill(watchdog, signal)
    host.stdin.end()
    expect(await once(host, 'exit')).toEqual([0, null])
    expect(said()).toBe('')
    expect(isAlive(watchdog)).toBe(false)
  })
}

/** Leaves the tree by every door: a session of its own, no environment, and a parent that ends at once. */
const escapes = '(env -i /usr/bin/setsid /bin/sh -c \'(exec tail -f "$0/hold" &)\' "$0" &)'

function isCleared(pid: number): boolean {
  return !readFileSync(`/proc/${pid}/environ`, 'latin1').includes('MCP_MANAGER')
}

function ledgerOf(root: string): string {
  const folder = join(root, 'data/runs')
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('')
}

/** Whether it has come so far as to handle SIGQUIT, the last of them (proc(5), SigCgt). */
function ignoresSignals(pid: number): boolean {
  const [, caught = '0'] =
    /^SigCgt:\t(\w+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
  return (BigInt(`0x${caught}`) & (1n << 2n)) !== 0n
}

/** Runs a host whose servers are these scripts. */
function startHost(scripts: readonly string[]) {
  const { root } = makeTempHome()
  writeFileSync(join(root, 'hold'), '')
  const program = join(import.meta.dirname, 'killed-host.ts')
  const host = spawn(process.execPath, [program, root, ...scripts], {
    // A group of its own, which is killed whole below: nothing of it may be needed.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  host.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  onTestFinished(() => void host.kill('SIGKILL'))
  const lines: string[] = []
  createInterface(host.stdout).on('line', (line) => lines.push(line))
  const spawned = async (count: number) => {
    await expect.poll(() => lines.length, { interval: 2 }).toBeGreaterThanOrEqual(count)
  }
  return { host, root, said: () => said, spawned }
}

function serversOf(root: string, host: ChildProcess): string[] {
  return processesOf(root).filter((line) => !line.startsWith(`${host.pid} `))
}

/** Kills the host with its whole group. */
async function killed(host: ChildProcess): Promise<void> {
  const exited = once(host, 'exit')
  process.kill(-(host.pid ?? 0), 'SIGKILL')
  expect(await exited).toEqual([null, 'SIGKILL'])
}
