import type { Implementer, Routes } from '../implementer.ts'
import type { RouterOptions } from '../router-options.ts'

/** Reading the files of MCP clients. */
export function clientsRoutes(os: Implementer, options: RouterOptions): Routes<'clients'> {
  const { core } = options
  return {
    import: os.clients.import.handler(async ({ input }) => {
      const { report, imported } = await core.importer.run(input)
      if (input.start && options.followsSwitch) {
        for (const id of imported) core.supervisor.reconcile(id)
      }
      return report
    }),
  }
}
