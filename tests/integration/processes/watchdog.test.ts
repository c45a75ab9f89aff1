import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isAlive } from '../../../src/core/processes/process-table.ts'
import type { RunRecord } from '../../../src/core/processes/run-records.ts'
import { Watchdog } from '../../../src/core/processes/watchdog/watchdog.ts'
import { repository } from '../temp-core.ts'
import { watchdogsOf } from './watchdogs-of.ts'

/** An hour: nobody is asked during the test. */
const never = 3_600_000

function startWatchdog(askMs: number) {
  const faults: string[] = []
  let snapshots = 0
  const fault = Promise.withResolvers<string>()
  const watchdog = new Watchdog({
    nodePath: process.execPath,
    programsDir: join(repository, 'out/node'),
    snapshot: () => {
      snapshots += 1
      return []
    },
    onFault: (text) => {
      faults.push(text)
      fault.resolve(text)
    },
    askMs,
  })
  onTestFinished(() => watchdog.close())
  watchdog.start()
  return { watchdog, faults, fault: fault.promise, snapshots: () => snapshots }
}

if (process.platform === 'linux') {
  test('one that is stopped by a signal is noticed, killed and replaced by one that is told all', async () => {
    const { watchdog, fault, snapshots } = startWatchdog(100)
    const [first = 0] = watchdogsOf(process.pid)
    process.kill(first, 'SIGSTOP')
    expect(await fault).toBe('The watchdog does not answer. Another one is started.')
    await expect.poll(() => watchdogsOf(process.pid).filter((pid) => pid !== first)).toHaveLength(1)
    await expect.poll(() => isAlive(first)).toBe(false)
    expect(snapshots()).toBeGreaterThan(1)
    await watchdog.close()
    expect(watchdogsOf(process.pid)).toEqual([])
  })

  test('what it does not read does not pile up here', async () => {
    const { watchdog, faults } = startWatchdog(never)
    const [first = 0] = watchdogsOf(process.pid)
    process.kill(first, 'SIGSTOP')
    const seen: RunRecord = { kind: 'ended', runId: 'x'.repeat(2 ** 20) }
    for (let told = 0; told < 8; told += 1) watchdog.tell(seen)
    expect(faults).toEqual(['The watchdog does not read what it is told. Another one is started.'])
    await expect.poll(() => watchdogsOf(process.pid).filter((pid) => pid !== first)).toHaveLength(1)
  })
}
