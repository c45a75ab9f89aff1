import type { AnyRouter } from '@orpc/server'
import { createImplementer, type OnBug } from '../host/rpc/implementer.ts'
import type { StreamSender } from '../host/rpc/stream-sender.ts'
import type { HostClient } from '../shared/contract/contract.ts'
import { desktopRoutes } from './desktop-routes.ts'
import type { DesktopService } from './desktop-service.ts'
import { forwardingRouter } from './forwarding-router.ts'

/** All that the window's page can call. */
export type WindowRouter = AnyRouter

/** The host's contract, forwarded, with the desktop service of this process in it. */
export function createWindowRouter(
  client: HostClient,
  desktop: DesktopService,
  streams: StreamSender,
  onBug: OnBug,
): WindowRouter {
  const os = createImplementer(onBug)
  return {
    ...forwardingRouter(client),
    desktop: desktopRoutes(os, desktop, streams),
    streams: {
      // A stream is the host's or the desktop service's; an acknowledgement for one that is not known is ignored.
      ack: os.streams.ack.handler(async ({ input }) => {
        streams.acknowledge(input.streamId, input.seq)
        await client.streams.ack(input)
      }),
    },
  }
}
