import type { Implementer, Routes } from '../host/rpc/implementer.ts'
import { DroppingQueue, LatestQueue } from '../host/rpc/stream-queue.ts'
import type { StreamSender } from '../host/rpc/stream-sender.ts'
import type { DesktopRequest, DesktopState } from '../shared/contract/desktop.ts'
import type { SecretName } from '../shared/domain/ids.ts'
import { type DesktopService, maxRequests } from './desktop-service.ts'

/** The desktop service as calls of the contract. */
export function desktopRoutes(
  os: Implementer,
  desktop: DesktopService,
  streams: StreamSender,
  reveal: (name: SecretName) => Promise<string>,
): Routes<'desktop'> {
  return {
    watch: os.desktop.watch.handler(({ signal }) =>
      streams.open<DesktopState>(
        ({ push }) => {
          push(desktop.state)
          return desktop.onDidChange(push)
        },
        // There is one item only: the newest.
        new LatestQueue(() => 'desktop'),
        signal,
      ),
    ),
    requests: os.desktop.requests.handler(({ signal }) =>
      streams.open<DesktopRequest>(
        ({ push }) => desktop.takeRequests(push),
        new DroppingQueue(maxRequests),
        signal,
      ),
    ),
    change: os.desktop.change.handler(async ({ input }) => await desktop.actions.change(input)),
    copySecret: os.desktop.copySecret.handler(
      async ({ input }) => await desktop.actions.copySecret(await reveal(input.name)),
    ),
    noteUnsaved: os.desktop.noteUnsaved.handler(async ({ input }) =>
      desktop.actions.noteUnsaved(input.isUnsaved),
    ),
    quitNow: os.desktop.quitNow.handler(async () => desktop.actions.quitNow()),
    restartToUpdate: os.desktop.restartToUpdate.handler(async () =>
      desktop.actions.restartToUpdate(),
    ),
  }
}
