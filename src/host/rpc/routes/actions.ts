import type { ActionEvent } from '../../../shared/contract/actions.ts'
import { rememberedActions } from '../../../shared/domain/automatic-action.ts'
import type { Implementer, Routes } from '../implementer.ts'
import type { RouterOptions } from '../router-options.ts'
import { DroppingQueue } from '../stream-queue.ts'

/** What the program did by itself. */
export function actionsRoutes(os: Implementer, options: RouterOptions): Routes<'actions'> {
  const { core, streams } = options
  return {
    watch: os.actions.watch.handler(({ signal }) =>
      streams.open<ActionEvent>(
        (sink) => {
          for (const action of core.actions.list()) sink.push({ type: 'action', action })
          sink.push({ type: 'ready' })
          return core.actions.onDidChange(sink.push)
        },
        // What a slow reader loses is no longer remembered either.
        new DroppingQueue(rememberedActions + 1),
        signal,
      ),
    ),
    clear: os.actions.clear.handler(() => core.actions.clear()),
  }
}
