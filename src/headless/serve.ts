import type { HostOptions } from '../host/host-options.ts'
import { type LiveHost, startHost } from '../host/live-host.ts'

/** How the headless face is to run. */
export interface ServeOptions extends HostOptions {
  /** Null for the port that this data directory always uses. */
  readonly port: number | null
  readonly rendererDir: string
  /** Told once the host serves. */
  readonly onReady: (host: LiveHost) => void
}

/**
 * Hosts the core for browsers and the command line until SIGTERM, SIGINT or SIGHUP, or until a client calls `shutdown`.
 * Resolves when every server has stopped. A second signal during the shutdown ends the process at once.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const host = await startHost(options)
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const
  let stopping = false
  const onSignal = (signal: NodeJS.Signals) => {
    options.logger.info({ signal }, 'stopping')
    // Somebody who signals twice does not want to wait. Most servers end with their pipes; on Linux the next host on this
    // data directory ends those that do not.
    if (stopping) process.exit(1)
    stopping = true
    void host.close()
  }
  // A fault in one place must not take every server with it unordered: it is logged, and the host stops as on a signal.
  const onFault = (error: unknown) => {
    options.logger.fatal({ err: error }, 'unexpected failure; stopping')
    process.exitCode = 1
    void host.close()
  }
  for (const signal of signals) process.on(signal, onSignal)
  process.on('unhandledRejection', onFault)
  process.on('uncaughtException', onFault)
  try {
    options.onReady(host)
    await host.closed
  } finally {
    for (const signal of signals) process.off(signal, onSignal)
    process.off('unhandledRejection', onFault)
    process.off('uncaughtException', onFault)
  }
}
