import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HostConnection } from '../../../src/host/connect-live-host.ts'
import { readStream } from '../../../src/shared/contract/read-stream.ts'
import type { ServerId } from '../../../src/shared/domain/ids.ts'
import { serve } from '../bench-host.ts'
import { addServers, nodeServer, smallServer, switchOn } from './fault-host.ts'

/** How many servers of the mix are healthy. */
export const healthyCount = 20

/** The servers of the mix. */
export interface MixedServers {
  readonly healthy: readonly ServerId[]
  readonly hung: ServerId
  readonly missing: ServerId
}

/** Registers 20 healthy servers on Node, one that never answers the handshake and one whose program is missing; all switched on. */
export async function prepareMixedServers(home: string): Promise<MixedServers> {
  const file = join(home, 'mark')
  writeFileSync(file, '')
  // First in the order of start, so that those behind them would wait if anything waited.
  const bad = {
    'a-hung': smallServer('mute', file),
    'a-missing': { command: 'no-such-program-anywhere', args: [] },
  }
  const good = Array.from({ length: healthyCount }, (_, index) => [
    `healthy-${index}`,
    nodeServer('fixture-server.mjs', 'ok'),
  ])
  const host = await serve(home)
  const ids = await addServers(host.connection, { ...bad, ...Object.fromEntries(good) })
  await switchOn(host.connection, ids)
  await host.stop()
  const [hung, missing, ...healthy] = ids
  if (hung === undefined || missing === undefined) throw new Error('A server is missing.')
  return { healthy, hung, missing }
}

/** Resolves once the tools of all these servers are listed. */
export async function allListed(
  { client }: HostConnection,
  ids: readonly ServerId[],
): Promise<void> {
  const listed = new Set<ServerId>()
  for await (const { items } of readStream(client.tools.watch(), client.streams.ack)) {
    for (const event of items) if (event.type === 'listed') listed.add(event.inventory.serverId)
    if (ids.every((id) => listed.has(id))) return
  }
  throw new Error('The host ended.')
}
