import { expect, test } from 'vitest'
import { withHome } from '../../bench/bench-host.ts'
import { prepareKillCycles, runKillCycle } from '../../bench/reliability/kill-cycle.ts'

test('nothing survives a kill -9 of the host: with 15 processes up, and just after a spawn', async () => {
  await withHome(async (home) => {
    await prepareKillCycles(home)
    const up = await runKillCycle(home, 'up')
    expect(up).toMatchObject({ killed: 15, survivors: [] })
    for (const earlyMs of [0, 20]) {
      const early = await runKillCycle(home, { earlyMs })
      expect(early.killed).toBeGreaterThan(0)
      expect(early.survivors).toEqual([])
    }
  })
})
