import type { HostConnection } from '../../../src/host/connect-live-host.ts'
import { readStream } from '../../../src/shared/contract/read-stream.ts'
import type { ServerId } from '../../../src/shared/domain/ids.ts'
import { runCli, serve } from '../bench-host.ts'
import { addServers, type FaultServer, nodeServer } from './fault-host.ts'

/** How many servers of the mix are healthy. */
export const healthyCount = 20

/** The servers of the mix. */
export interface MixedServers {
  readonly healthy: readonly ServerId[]
  readonly hung: ServerId
  readonly missing: ServerId
}

/** The mix by name; the two bad ones stand first, so that those behind them would wait if anything waited. */
export const mixedServers: Readonly<Record<string, FaultServer>> = {
  hung: nodeServer('fixture-server.mjs', 'hang-in-handshake'),
  missing: { command: 'no-such-program-anywhere', args: [] },
  ...Object.fromEntries(
    Array.from({ length: healthyCount }, (_, index) => [
      `server${index}`,
      nodeServer('fixture-server.mjs', 'ok'),
    ]),
  ),
}

/** Registers the mix, switched on, and starts it once: as on any day but the first, what was compiled then is there. */
export async function prepareMixedServers(home: string): Promise<MixedServers> {
  const host = await serve(home)
  const ids = await addServers(host.connection, mixedServers)
  await host.stop()
  runCli(home, ['enable', '--all'])
  const [hung, missing, ...healthy] = ids
  if (hung === undefined || missing === undefined) throw new Error('A server is missing.')
  const before = await serve(home)
  await allListed(before.connection, healthy)
  await before.stop()
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
