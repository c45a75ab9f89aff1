import type { CallEvent } from '../../../shared/contract/tools.ts'
import { type Implementer, type Routes, withErrors } from '../implementer.ts'
import type { RouterOptions } from '../router.ts'
import { LatestQueue } from '../stream-queue.ts'

/** What servers offer, and calls of it. */
export function toolsRoutes(os: Implementer, options: RouterOptions): Routes<'tools'> {
  const { core, streams } = options
  return {
    inventory: os.tools.inventory.handler(async ({ input }) => {
      if (input.serverId !== null) return [await core.tools.inventory(input.serverId)]
      return await core.tools.inventories()
    }),
    call: os.tools.call.handler(({ input, signal, context, errors }) =>
      withErrors(
        streams.open<CallEvent>(
          (sink) => {
            const cancel = new AbortController()
            core.tools
              .call(context.caller, input, { signal: cancel.signal, onEvent: sink.push })
              .then(({ result, durationMs }) => {
                sink.push({ type: 'result', result, durationMs })
                sink.end()
              }, sink.end)
            return () => cancel.abort()
          },
          // Only the newest progress counts; the first and the last event have keys of their own.
          new LatestQueue((event) => event.type),
          signal,
        ),
        options.onBug,
        (data) => errors.APP_ERROR({ data }),
      ),
    ),
  }
}
