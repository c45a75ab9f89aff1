import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import {
  formatOwnerMark,
  ownerVariable,
  parseOwnerMark,
} from '../../../src/core/processes/marks.ts'
import { OrphanReaper } from '../../../src/core/processes/orphan-reaper.ts'
import { readStartMark } from '../../../src/core/processes/process-table.ts'
import { makeTempHome } from '../temp-core.ts'

async function sleepWith(mark: string): Promise<ChildProcess> {
  const child = spawn('/bin/sleep', ['600'], { env: { [ownerVariable]: mark }, stdio: 'ignore' })
  await once(child, 'spawn')
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** The fields of a process behind its name (proc(5)), also of one that has ended. */
function afterName(pid: number): string {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  return text.slice(text.lastIndexOf(')') + 2)
}

async function startMarkOf(pid: number): Promise<string> {
  const mark = await readStartMark(pid)
  if (mark === null) throw new Error(`${pid} does not run`)
  return mark
}

/** A reaper for a directory, and the marks of other owners there. */
async function openReaper(report: (pids: readonly number[]) => void = () => {}) {
  const { data } = makeTempHome()
  const own = await startMarkOf(process.pid)
  const reaper = new OrphanReaper(data, own, (_text, pids) => report(pids))
  const mark = parseOwnerMark(reaper.mark)
  if (mark === undefined) throw new Error(`no mark: ${reaper.mark}`)
  const markOf = (pid: number, startMark: string, directory = mark.directory) =>
    formatOwnerMark({ directory, pid, startMark, id: 'another' })
  return { reaper, own, markOf }
}

test('what a dead program left on this directory is ended, and nothing else', async () => {
  const reports: (readonly number[])[] = []
  const { reaper, own, markOf } = await openReaper((pids) => reports.push(pids))
  // A number that lives, of a program that was started at another time: the owner is gone.
  const orphan = await sleepWith(markOf(process.ppid, '1'))
  const closedCore = await sleepWith(markOf(process.pid, own))
  const spared = [
    await sleepWith(reaper.mark),
    // A command that still runs.
    await sleepWith(markOf(process.ppid, await startMarkOf(process.ppid))),
    await sleepWith(markOf(process.ppid, '1', 'another-directory')),
    await sleepWith('nonsense'),
  ]
  const ended = [orphan, closedCore].map((child) => once(child, 'exit'))
  reaper.reap()
  await reaper.gone
  expect(await Promise.all(ended)).toEqual([
    [null, 'SIGKILL'],
    [null, 'SIGKILL'],
  ])
  expect(new Set(reports.flat())).toEqual(new Set([orphan.pid, closedCore.pid]))
  for (const child of spared) expect(child.signalCode ?? child.exitCode).toBeNull()
})

test('a program that is dead but was never collected is gone all the same', async () => {
  const { reaper, markOf } = await openReaper()
  // The shell becomes a program that collects nobody, so its first child stays in the table as a zombie.
  const parent = spawn('/bin/sh', ['-c', 'true & echo $!; exec sleep 600'])
  onTestFinished(() => void parent.kill('SIGKILL'))
  const [printed] = await once(parent.stdout, 'data')
  const zombie = Number(String(printed))
  await expect.poll(() => readFileSync(`/proc/${zombie}/stat`, 'latin1')).toContain(') Z ')
  const [, start] = /(?:\S+ ){19}(\d+) /.exec(afterName(zombie)) ?? []
  const orphan = await sleepWith(markOf(zombie, start ?? ''))
  const exited = once(orphan, 'exit')
  reaper.reap()
  await reaper.gone
  expect(await exited).toEqual([null, 'SIGKILL'])
})
