import { createRouterClient } from '@orpc/server'
import { createCore } from '../core/create-core.ts'
import { startOf } from '../core/processes/process-table.ts'
import { appVersion } from '../shared/app-version.ts'
import type { HostConnection } from './connect-live-host.ts'
import { acquireHostLock } from './host-lock.ts'
import type { HostOptions } from './host-options.ts'
import { createRouter } from './rpc/router.ts'
import { StreamSender } from './rpc/stream-sender.ts'

/**
 * Runs the core in this process for one command: the same contract, without a door. Holds the data directory's lock, so
 * a host or another command waits or is told. Throws `host_running` or `state_read_only`.
 */
export async function openOwnCore(
  options: HostOptions,
  onWait: (pid: number) => void,
): Promise<HostConnection> {
  const startedAt = Date.now()
  const lock = await acquireHostLock(
    options.paths.lock,
    {
      kind: 'command',
      pid: process.pid,
      processStart: startOf(process.pid),
      startedAt,
      endpoint: null,
      token: null,
      version: appVersion,
    },
    onWait,
  )
  try {
    const core = await createCore({ ...options, version: appVersion })
    const router = createRouter({
      core,
      streams: new StreamSender(),
      followsSwitch: false,
      endpoint: null,
      startedAt,
      hostNotices: lock.problem === null ? [] : [lock.problem],
      shutdown: () => {},
      onBug: (error, id) => options.logger.error({ err: error, id }, 'unexpected failure'),
    })
    return {
      client: createRouterClient(router, { context: { caller: { kind: 'cli' } } }),
      host: null,
      notices: core.notices,
      closed: new Promise(() => {}),
      close: async () => {
        await core.close()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}
