import { redactValue } from '../../../core/secrets/redact-value.ts'
import { rememberedCalls } from '../../../core/tools/call-history.ts'
import type { CallEvent, CallRecord, InventoryEvent } from '../../../shared/contract/tools.ts'
import { type Implementer, type Routes, withErrors } from '../implementer.ts'
import type { RouterOptions } from '../router-options.ts'
import { LatestQueue } from '../stream-queue.ts'

/** What servers offer, and calls of it. */
export function toolsRoutes(os: Implementer, options: RouterOptions): Routes<'tools'> {
  const { core, streams } = options
  const clean = <T>(value: T): T => redactValue(value, core.redact)
  return {
    watch: os.tools.watch.handler(({ signal }) =>
      streams.open<InventoryEvent>(
        (sink) => {
          for (const inventory of core.tools.listed())
            sink.push(clean({ type: 'listed', inventory }))
          sink.push({ type: 'ready' })
          return core.tools.onDidChangeInventory((change) => sink.push(clean(change)))
        },
        new LatestQueue(keyOfInventoryEvent),
        signal,
      ),
    ),
    watchCalls: os.tools.watchCalls.handler(({ signal }) =>
      streams.open<CallRecord>(
        (sink) => {
          for (const record of core.tools.history.list()) sink.push(clean(record))
          return core.tools.history.onDidChange((record) => sink.push(clean(record)))
        },
        // What a slow reader loses is no longer remembered either.
        new LatestQueue((record) => record.callId, rememberedCalls),
        signal,
      ),
    ),
    inventory: os.tools.inventory.handler(async ({ input, signal = never }) => {
      if (input.serverId !== null) {
        return clean([await core.tools.inventory(input.serverId, signal)])
      }
      return clean(await core.tools.inventories(signal))
    }),
    call: os.tools.call.handler(({ input, signal, context, errors }) =>
      withErrors(
        streams.open<CallEvent>(
          (sink) => {
            const cancel = new AbortController()
            core.tools
              .call(context.caller, input, {
                signal: cancel.signal,
                onEvent: (event) => sink.push(clean(event)),
              })
              .then((outcome) => {
                sink.push(clean({ type: 'result', ...outcome }))
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
    check: os.tools.check.handler(async ({ input }) => await core.tools.check(input)),
    getPrompt: os.tools.getPrompt.handler(
      async ({ input: { serverId, name, args }, signal = never }) =>
        clean(await core.tools.getPrompt(serverId, name, args, signal)),
    ),
    readResource: os.tools.readResource.handler(
      async ({ input: { serverId, uri }, signal = never }) =>
        clean(await core.tools.readResource(serverId, uri, signal)),
    ),
  }
}

/** A transport that has no way to say that the caller is gone gives no signal. */
const never = new AbortController().signal

function keyOfInventoryEvent(event: InventoryEvent): string {
  switch (event.type) {
    case 'listed':
      return event.inventory.serverId
    case 'gone':
      return event.serverId
    case 'ready':
      return 'ready'
  }
}
