import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { makeTempHome, processesOf } from '../temp-core.ts'

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
}

/** Runs a host whose servers are these scripts. */
function startHost(scripts: readonly string[]) {
  const { root } = makeTempHome()
  writeFileSync(join(root, 'hold'), '')
  const program = join(import.meta.dirname, 'killed-host.ts')
  const host = spawn(process.execPath, [program, root, ...scripts], {
    // A group of its own, which is killed whole below: nothing of it may be needed.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void host.kill('SIGKILL'))
  const lines: string[] = []
  createInterface(host.stdout).on('line', (line) => lines.push(line))
  const spawned = async (count: number) => {
    await expect.poll(() => lines, { interval: 2 }).toHaveLength(count)
  }
  return { host, root, lines, spawned }
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
