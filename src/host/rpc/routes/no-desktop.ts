import type { DesktopRequest, DesktopState } from '../../../shared/contract/desktop.ts'
import { AppError } from '../../../shared/domain/errors.ts'
import type { Implementer, Routes } from '../implementer.ts'
import type { RouterOptions } from '../router-options.ts'
import { LatestQueue } from '../stream-queue.ts'

/** The desktop service of a host without a window: it says that there is none. The desktop face puts its own in this place. */
export function noDesktopRoutes(
  os: Implementer,
  { streams }: Pick<RouterOptions, 'streams'>,
): Routes<'desktop'> {
  return {
    watch: os.desktop.watch.handler(({ signal }) =>
      streams.open<DesktopState>(
        ({ push }) => {
          push({ isDesktop: false })
          return () => {}
        },
        new LatestQueue(() => 'desktop'),
        signal,
      ),
    ),
    requests: os.desktop.requests.handler(({ signal }) =>
      streams.open<DesktopRequest>(() => () => {}, new LatestQueue(() => 'none'), signal),
    ),
    change: os.desktop.change.handler(refuse),
    copySecret: os.desktop.copySecret.handler(refuse),
    noteUnsaved: os.desktop.noteUnsaved.handler(refuse),
    quitNow: os.desktop.quitNow.handler(refuse),
    restartToUpdate: os.desktop.restartToUpdate.handler(refuse),
  }
}

async function refuse(): Promise<never> {
  throw new AppError('not_desktop')
}
