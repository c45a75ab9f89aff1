import type { Settings } from '../../../shared/domain/settings.ts'
import type { Implementer, Routes } from '../implementer.ts'
import type { RouterOptions } from '../router-options.ts'
import { LatestQueue } from '../stream-queue.ts'

/** The settings of the whole program. */
export function settingsRoutes(os: Implementer, options: RouterOptions): Routes<'settings'> {
  const { core, streams } = options
  return {
    watch: os.settings.watch.handler(({ signal }) =>
      streams.open<Settings>(
        (sink) => {
          sink.push(core.settings.get())
          return core.settings.onDidChange(sink.push)
        },
        // There is one item only: the newest.
        new LatestQueue(() => 'settings'),
        signal,
      ),
    ),
    change: os.settings.change.handler(async ({ input }) => await core.settings.change(input)),
  }
}
