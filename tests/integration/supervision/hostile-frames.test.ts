import { expect, test } from 'vitest'
import { serve, withHome } from '../../bench/bench-host.ts'
import { hostileKinds, runHostile, startHostileHost } from '../../bench/reliability/hostile-run.ts'

/** How many frames of a class are sent, where one is large. */
const fewer: Readonly<Record<string, number>> = {
  'huge-frame': 1,
  'stderr-flood': 1,
  'deep-nesting': 4,
}

test('twelve classes of hostile frames harm neither the host, nor a neighbour, nor their own server’s answers', async () => {
  expect(hostileKinds).toHaveLength(12)
  await withHome(async (home) => {
    const bench = await serve(home)
    const host = await startHostileHost(bench.connection)
    for (const kind of hostileKinds) {
      const { faults, neighbourMs } = await runHostile(host, kind, fewer[kind] ?? 64)
      expect({ kind, faults }).toEqual({ kind, faults: [] })
      expect(neighbourMs.length).toBeGreaterThan(0)
    }
    const noise = await bench.connection.client.logs.query({
      serverIds: [host.hostile],
      sources: ['stdout'],
      levels: null,
      sinceAt: null,
      untilAt: null,
      text: { pattern: 'Listening on port 3000', regex: false, matchCase: true },
      before: null,
      limit: 1,
    })
    expect(noise).toMatchObject([{ level: 'warn' }])
    await bench.stop()
  })
})
