import { AppError } from '../../../shared/domain/errors.ts'
import type { Implementer, Routes } from '../implementer.ts'
import type { RouterOptions } from '../router.ts'

/** The host itself. */
export function hostRoutes(os: Implementer, options: RouterOptions): Routes<'host'> {
  const { core } = options
  return {
    info: os.host.info.handler(async () => ({
      version: core.version,
      pid: process.pid,
      startedAt: options.startedAt,
      dataDir: core.dataDir,
      nodeVersion: process.version,
      platform: `${process.platform} ${process.arch}`,
      vault: await core.vault.status(),
      notices: [...options.hostNotices, ...core.notices()],
    })),
    unlockVault: os.host.unlockVault.handler(async ({ input }) => {
      const status = await core.vault.unlock(input.passphrase)
      if (status.problem !== null) throw new AppError(status.problem.code, status.problem.data)
      return status
    }),
    shutdown: os.host.shutdown.handler(async () => options.shutdown()),
  }
}
