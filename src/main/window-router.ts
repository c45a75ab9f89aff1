import type { AnyRouter } from '@orpc/server'
import { createImplementer, type OnBug } from '../host/rpc/implementer.ts'
import type { StreamSender } from '../host/rpc/stream-sender.ts'
import type { HostClient } from '../shared/contract/contract.ts'
import type { SecretName } from '../shared/domain/ids.ts'
import { desktopRoutes } from './desktop-routes.ts'
import type { DesktopService } from './desktop-service.ts'
import { sayDesktop } from './desktop-texts.ts'
import { forwardingRouter } from './forwarding-router.ts'

/** All that the window's page can call. */
export type WindowRouter = AnyRouter

/** The host's contract, forwarded, with the desktop service of this process in it; a secret is shown to its person only. */
export function createWindowRouter(
  client: HostClient,
  desktop: DesktopService,
  streams: StreamSender,
  onBug: OnBug,
): WindowRouter {
  const os = createImplementer(onBug)
  const forwarded = forwardingRouter(client)
  // Here and not in the page: what a page asks for past its own question goes through this one too.
  const reveal = async (name: SecretName): Promise<string> => {
    await desktop.actions.confirmPerson(sayDesktop('reveal', { name }))
    return (await client.secrets.reveal({ name })).value
  }
  return {
    ...forwarded,
    secrets: {
      ...forwarded.secrets,
      reveal: os.secrets.reveal.handler(async ({ input }) => ({ value: await reveal(input.name) })),
    },
    desktop: desktopRoutes(os, desktop, streams, reveal),
    streams: {
      // A stream is the host's or the desktop service's; an acknowledgement for one that is not known is ignored.
      ack: os.streams.ack.handler(async ({ input }) => {
        streams.acknowledge(input.streamId, input.seq)
        await client.streams.ack(input)
      }),
    },
  }
}
