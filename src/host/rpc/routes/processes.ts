import type { MachineSnapshot } from '../../../shared/domain/machine.ts'
import { type Implementer, type Routes, withErrors } from '../implementer.ts'
import type { RouterOptions } from '../router-options.ts'
import { LatestQueue } from '../stream-queue.ts'

/** The MCP servers that run on this machine. */
export function processesRoutes(os: Implementer, options: RouterOptions): Routes<'processes'> {
  const { core, streams } = options
  return {
    list: os.processes.list.handler(async () => await core.machine.list()),
    watch: os.processes.watch.handler(({ signal, errors }) =>
      withErrors(
        // There is one item only: the newest.
        streams.open<MachineSnapshot>(
          (sink) => core.machine.watch(sink),
          new LatestQueue(() => 'machine'),
          signal,
        ),
        options.onBug,
        (data) => errors.APP_ERROR({ data }),
      ),
    ),
    reap: os.processes.reap.handler(async ({ input }) => await core.machine.reap(input.targets)),
  }
}
