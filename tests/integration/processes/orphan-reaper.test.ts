import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { OrphanReaper, ownerVariable } from '../../../src/core/processes/orphan-reaper.ts'
import { makeTempHome } from '../temp-core.ts'

async function sleepWith(mark: string): Promise<ChildProcess> {
  const child = spawn('/bin/sleep', ['600'], { env: { [ownerVariable]: mark }, stdio: 'ignore' })
  await once(child, 'spawn')
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn('/bin/true')
  await once(child, 'exit')
  return child.pid ?? 0
}

test('what a dead program left on this directory is ended, and nothing else', async () => {
  const { data } = makeTempHome()
  const reports: (readonly number[])[] = []
  const reaper = new OrphanReaper(data, (_text, pids) => reports.push(pids))
  const [directory] = reaper.mark.split(':')
  const dead = await deadPid()
  const orphan = await sleepWith(`${directory}:${dead}:earlier`)
  const samePid = await sleepWith(`${directory}:${process.pid}:earlier`)
  const spared = [
    await sleepWith(reaper.mark),
    // A command that still runs.
    await sleepWith(`${directory}:${process.ppid}:command`),
    await sleepWith(`another:${dead}:earlier`),
  ]
  const ended = [orphan, samePid].map((child) => once(child, 'exit'))
  reaper.reap()
  await reaper.gone
  expect(await Promise.all(ended)).toEqual([
    [null, 'SIGKILL'],
    [null, 'SIGKILL'],
  ])
  expect(new Set(reports.flat())).toEqual(new Set([orphan.pid, samePid.pid]))
  for (const child of spared) expect(child.signalCode ?? child.exitCode).toBeNull()
})

test('a program that is dead but was never collected is gone all the same', async () => {
  const { data } = makeTempHome()
  const reaper = new OrphanReaper(data, () => {})
  const [directory] = reaper.mark.split(':')
  // The shell becomes a program that collects nobody, so its first child stays in the table as a zombie.
  const parent = spawn('/bin/sh', ['-c', 'true & echo $!; exec sleep 600'])
  onTestFinished(() => void parent.kill('SIGKILL'))
  const [printed] = await once(parent.stdout, 'data')
  const zombie = Number(String(printed))
  await expect.poll(() => readFileSync(`/proc/${zombie}/stat`, 'latin1')).toContain(') Z ')
  const orphan = await sleepWith(`${directory}:${zombie}:earlier`)
  const exited = once(orphan, 'exit')
  reaper.reap()
  await reaper.gone
  expect(await exited).toEqual([null, 'SIGKILL'])
})
