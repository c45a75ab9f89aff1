import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parseStat } from '../../../src/core/processes/linux-table.ts'
import { openTempCore, processesOf, stdio, type TempCore } from '../temp-core.ts'

/** Leaves the tree by every door: a session of its own, no environment, and a parent that ends at once. */
const escapes = '(env -i /usr/bin/setsid /bin/sh -c \'(exec tail -f "$0/hold" &)\' "$0" &)'
const hold = 'exec tail -f "$0/hold"'

/** Live processes of servers that run these scripts. */
function held({ at }: TempCore): string[] {
  return processesOf(join(at.root, 'hold'))
}

/** Starts a server that runs a script and never shakes hands. */
async function startScript({ core, at, add }: TempCore, name: string, script: string) {
  writeFileSync(join(at.root, 'hold'), '')
  const { id } = await add(name, stdio('/bin/sh', '-c', script, at.root))
  core.supervisor.command(id, 'start')
  return id
}

/** Zombies of this process. */
function zombies(): number[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      const read = parseStat(readFileSync(`/proc/${name}/stat`, 'latin1'))
      const { entry, isZombie } = read ?? {}
      return entry?.parentPid === process.pid && isZombie === true ? [entry.pid] : []
    } catch {
      // No process, or it ended while we looked.
      return []
    }
  })
}

if (process.platform === 'linux') {
  test('who left the tree by every door is ended with its server', async () => {
    const temp = await openTempCore()
    const id = await startScript(temp, 'escapee', `${escapes}; ${hold}`)
    await expect.poll(() => held(temp)).toHaveLength(2)
    await temp.core.supervisor.stopAndWait(id)
    expect(held(temp)).toEqual([])
    await expect.poll(zombies).toEqual([])
  })

  test('where it may be either of two servers, it is ended with the later one at the latest, and no other', async () => {
    const temp = await openTempCore()
    const first = await startScript(temp, 'first', hold)
    const second = await startScript(temp, 'second', `${escapes}; ${hold}`)
    await expect.poll(() => held(temp)).toHaveLength(3)
    await temp.core.supervisor.stopAndWait(second)
    // The escapee is kept, unless a look came in time to see whose it is.
    expect([1, 2]).toContain(held(temp).length)
    await temp.core.supervisor.stopAndWait(first)
    expect(held(temp)).toEqual([])
  })

  test('what this program starts beside its servers is left alone when it is orphaned', async () => {
    const temp = await openTempCore()
    const id = await startScript(temp, 'server', hold)
    await expect.poll(() => held(temp)).toHaveLength(1)
    // As a browser that is opened by a command which ends at once.
    const { stdout } = await promisify(execFile)('/bin/sh', [
      '-c',
      'setsid sleep 600 >/dev/null 2>&1 & echo $!',
    ])
    await temp.core.supervisor.stopAndWait(id)
    // Throws where there is no such process.
    process.kill(Number(stdout), 'SIGKILL')
    await expect.poll(zombies).toEqual([])
  })

  test('five hundred children of Node are told their own ends while orphans are collected', async () => {
    const temp = await openTempCore()
    const orphans = 'i=0; while [ $i -lt 300 ]; do (true &); i=$((i+1)); done'
    await startScript(temp, 'orphans', `${orphans}; ${hold}`)
    const codes = Array.from({ length: 500 }, (_, at) => at % 256)
    const ends: unknown[] = []
    for (let at = 0; at < codes.length; at += 20) {
      const some = codes.slice(at, at + 20).map(async (code) => {
        const end = promisify(execFile)('/bin/sh', ['-c', `exit ${code}`])
        return await end.then(
          () => 0,
          (error: { code: number }) => error.code,
        )
      })
      ends.push(...(await Promise.all(some)))
    }
    expect(ends).toEqual(codes)
    await expect.poll(zombies).toEqual([])
  })
}
