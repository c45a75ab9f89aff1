import type { HostClient } from '../../shared/contract/contract.ts'
import type { DesktopRequest } from '../../shared/contract/desktop.ts'
import { readStream } from '../../shared/contract/read-stream.ts'
import type { Batch } from '../../shared/contract/streams.ts'
import { createAccountFeed } from './accounts.ts'
import { createActionFeed } from './actions.ts'
import { createCallFeed } from './calls.ts'
import { applyDesktop } from './desktop.ts'
import { followResources } from './follow-resources.ts'
import { applyHostInfo } from './host-info.ts'
import { createInventoryFeed } from './inventories.ts'
import { applySecrets } from './secrets.ts'
import { createServerFeed } from './servers.ts'
import { applySettings } from './settings.ts'

/**
 * Feeds every store from one subscription each, and hands on what the window around the page asks it to show. Runs until one of
 * the streams ends; then the others are of no use either.
 */
export async function followHost(
  client: HostClient,
  showRequests: (requests: readonly DesktopRequest[]) => void,
): Promise<void> {
  await Promise.race([
    feed(client, client.servers.watch(), createServerFeed()),
    feed(client, client.tools.watch(), createInventoryFeed()),
    feed(client, client.tools.watchCalls(), createCallFeed()),
    followResources(client),
    feed(client, client.actions.watch(), createActionFeed()),
    feed(client, client.accounts.watch(), createAccountFeed()),
    feed(client, client.secrets.watch(), applySecrets),
    feed(client, client.settings.watch(), applySettings),
    feed(client, client.host.watch(), applyHostInfo),
    feed(client, client.desktop.watch(), applyDesktop),
    feed(client, client.desktop.requests(), showRequests),
  ])
}

async function feed<T>(
  client: HostClient,
  stream: Promise<AsyncIterable<Batch<T>>>,
  apply: (items: readonly T[]) => void,
): Promise<void> {
  for await (const { items } of readStream(stream, client.streams.ack)) apply(items)
}
