import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { formatOwnerMark, ownerVariable } from '../../../src/core/processes/marks.ts'
import { OrphanReaper, type ReapedProcess } from '../../../src/core/processes/orphan-reaper.ts'
import { directoryMark } from '../../../src/core/processes/process-owner.ts'
import { readBootId, readStartMark } from '../../../src/core/processes/process-table.ts'
import { formatRunRecord, type RunRecord } from '../../../src/core/processes/run-records.ts'
import { makeTempHome, openTempCore } from '../temp-core.ts'

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
async function openReaper() {
  const { data } = makeTempHome()
  const own = {
    directory: 'ours',
    pid: process.pid,
    startMark: await startMarkOf(process.pid),
    id: 'this',
  }
  const found: ReapedProcess[] = []
  const reaper = new OrphanReaper({
    own,
    bootId: readBootId(),
    ledger: join(data, 'runs', 'this.jsonl'),
    onDidFind: (processes) => found.push(...processes),
    onFault: (text) => expect.fail(text),
  })
  const markOf = (pid: number, startMark: string, directory = own.directory) =>
    formatOwnerMark({ directory, pid, startMark, id: 'another' })
  const writeLedger = (name: string, records: readonly RunRecord[]) => {
    mkdirSync(join(data, 'runs'), { recursive: true })
    writeFileSync(join(data, 'runs', name), records.map(formatRunRecord).join(''))
  }
  const ledgers = () => readdirSync(join(data, 'runs'))
  return { reaper, own, found, markOf, writeLedger, ledgers }
}

test('what a dead program left on this directory is ended, and nothing else', async () => {
  const { reaper, own, found, markOf } = await openReaper()
  // A number that lives, of a program that was started at another time: the owner is gone.
  const orphan = await sleepWith(markOf(process.ppid, '1'))
  const closedCore = await sleepWith(markOf(process.pid, own.startMark))
  const spared = [
    await sleepWith(formatOwnerMark(own)),
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
  expect(new Set(found.map(({ pid }) => pid))).toEqual(new Set([orphan.pid, closedCore.pid]))
  expect(found[0]).toMatchObject({ serverName: null })
  for (const child of spared) expect(child.signalCode ?? child.exitCode).toBeNull()
})

test('what may not be ended is told of as held back, once it may it is ended', async () => {
  const at = makeTempHome()
  const temp = await openTempCore({}, at)
  const { core } = temp
  const directory = directoryMark(at.data)
  const orphan = await sleepWith(
    formatOwnerMark({ directory, pid: process.ppid, startMark: '1', id: 'another' }),
  )
  const told = (isHeldBack: boolean) =>
    new Promise<void>((resolve) => {
      core.actions.onDidChange((event) => {
        if (event.type !== 'action' || event.action.kind !== 'reap') return
        expect(event.action.pids).toEqual([orphan.pid])
        if (event.action.heldBack === isHeldBack) resolve()
      })
    })
  const { automation } = core.settings.get()
  await core.settings.change({ automation: { ...automation, reap: false } })
  const heldBack = told(true)
  core.supervisor.open(false)
  await heldBack
  expect(orphan.signalCode).toBeNull()
  await core.settings.change({ automation })
  const exited = once(orphan, 'exit')
  const ended = told(false)
  core.supervisor.open(false)
  await ended
  expect(await exited).toEqual([null, 'SIGKILL'])
})

test('a program that is dead but was never collected is gone all the same', async () => {
  const { reaper, markOf } = await openReaper()
  // The shell becomes a program that collects nobody, so its child, which ends after that, stays in the table as a zombie.
  const script = '(until grep -q sleep /proc/$$/comm; do :; done) & echo $!; exec sleep 600'
  const parent = spawn('/bin/sh', ['-c', script])
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

test('what stands in the ledger of a dead program is ended by number and start, without any mark', async () => {
  const { reaper, found, markOf, writeLedger, ledgers } = await openReaper()
  const unmarked = async () => await sleepWith('')
  const [orphan, stranger, ofAnotherBoot, ofALivingOwner] = [
    await unmarked(),
    await unmarked(),
    await unmarked(),
    await unmarked(),
  ]
  const owner = (mark: string, bootId = readBootId()): RunRecord => ({
    kind: 'owner',
    mark,
    bootId,
  })
  const run = async (
    child: ChildProcess,
    start = startMarkOf(child.pid ?? 0),
  ): Promise<RunRecord> => ({
    kind: 'run',
    runId: String(child.pid),
    serverName: 'files',
    leaderPid: child.pid ?? 0,
    leaderStart: await start,
  })
  const dead = markOf(process.ppid, '1')
  writeLedger('dead.jsonl', [
    owner(dead),
    await run(orphan),
    await run(stranger, Promise.resolve('1')),
  ])
  writeLedger('boot.jsonl', [owner(dead, 'another boot'), await run(ofAnotherBoot)])
  writeLedger('cut.jsonl', [])
  const living = markOf(process.ppid, await startMarkOf(process.ppid))
  writeLedger('living.jsonl', [owner(living), await run(ofALivingOwner)])

  const exited = once(orphan, 'exit')
  reaper.reap()
  await reaper.gone
  expect(await exited).toEqual([null, 'SIGKILL'])
  expect(found).toEqual([{ pid: orphan.pid, serverName: 'files' }])
  for (const child of [stranger, ofAnotherBoot, ofALivingOwner]) {
    expect(child.signalCode ?? child.exitCode).toBeNull()
  }
  expect(ledgers()).toEqual(['living.jsonl'])
})
