import type { HostInfo } from '../../../shared/contract/host.ts'
import { AppError } from '../../../shared/domain/errors.ts'
import { type Implementer, type Routes, withErrors } from '../implementer.ts'
import type { RouterOptions } from '../router-options.ts'
import { LatestQueue } from '../stream-queue.ts'
import type { StreamSource } from '../stream-sender.ts'

/** The host itself. */
export function hostRoutes(os: Implementer, options: RouterOptions): Routes<'host'> {
  const { core, streams } = options
  return {
    info: os.host.info.handler(async () => await hostInfo(options)),
    watch: os.host.watch.handler(({ signal, errors }) =>
      withErrors(
        // There is one item only: the newest.
        streams.open(watchHost(options), new LatestQueue(() => 'host'), signal),
        options.onBug,
        (data) => errors.APP_ERROR({ data }),
      ),
    ),
    unlockVault: os.host.unlockVault.handler(async ({ input }) => {
      const status = await core.vault.unlock(input.passphrase)
      if (status.problem !== null) throw new AppError(status.problem.code, status.problem.data)
      return status
    }),
    shutdown: os.host.shutdown.handler(async () => options.shutdown()),
  }
}

async function hostInfo({
  core,
  endpoint,
  startedAt,
  hostNotices,
}: RouterOptions): Promise<HostInfo> {
  return {
    version: core.version,
    pid: process.pid,
    endpoint,
    startedAt,
    dataDir: core.dataDir,
    homeDir: core.homeDir,
    nodeVersion: process.version,
    platform: `${process.platform} ${process.arch}`,
    vault: await core.vault.status(),
    notices: [...hostNotices, ...core.notices()],
  }
}

function watchHost(options: RouterOptions): StreamSource<HostInfo> {
  return ({ push, end }) => {
    let last = Promise.resolve()
    // One after the other: a vault that takes long to open may not overtake what came after it.
    const send = () => {
      last = last.then(async () => push(await hostInfo(options))).catch(end)
    }
    const ends = [options.core.vault.onDidChange(send), options.core.onDidNotice(send)]
    send()
    return () => {
      for (const stop of ends) stop()
    }
  }
}
