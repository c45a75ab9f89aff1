import { createRouterClient } from '@orpc/server'
import { createRouter } from '../../../src/host/rpc/router.ts'
import { StreamSender } from '../../../src/host/rpc/stream-sender.ts'
import type { TempCore } from '../temp-core.ts'

/** A client of a core, without a wire between them. */
export function clientOf({ core }: TempCore) {
  const router = createRouter({
    core,
    streams: new StreamSender(),
    followsSwitch: true,
    endpoint: null,
    shutdown: () => {},
    startedAt: 0,
    onBug: (error) => {
      throw error
    },
    hostNotices: [],
  })
  return createRouterClient(router, { context: { caller: { kind: 'ui' } } })
}
