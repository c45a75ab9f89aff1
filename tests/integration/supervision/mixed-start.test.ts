import { expect, test } from 'vitest'
import { serve, withHome } from '../../bench/bench-host.ts'
import { callTool } from '../../bench/reliability/fault-host.ts'
import { allListed, prepareMixedServers } from '../../bench/reliability/mixed-start.ts'
import { ServerWatch } from '../../bench/reliability/server-watch.ts'

test('20 healthy servers are listed and serve while one hangs in its handshake and one has no program', async () => {
  await withHome(async (home) => {
    const { healthy, hung, missing } = await prepareMixedServers(home)
    const host = await serve(home)
    const watch = new ServerWatch(host.connection)
    await allListed(host.connection, healthy)
    expect(await watch.stateWhere(missing, ({ phase }) => phase === 'failed')).toMatchObject({
      error: { code: 'command_not_found' },
    })
    expect(watch.view(hung).state).toMatchObject({ phase: 'starting', step: 'handshake' })
    const answers = await Promise.all(
      healthy.map((id, index) => callTool(host.connection, id, 'echo', { message: `to ${index}` })),
    )
    expect(answers).toEqual(healthy.map((_id, index) => `to ${index}`))
    await host.stop()
  })
})
