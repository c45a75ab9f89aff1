import * as z from 'zod'
import { serverDefinitionSchema } from '../../shared/domain/server-definition.ts'
import { defaultSupervision } from '../../shared/domain/supervision.ts'
import type { StateFormat } from '../storage/read-state.ts'

const serversSchema = z.object({
  servers: z.array(serverDefinitionSchema),
  removed: z.array(z.object({ server: serverDefinitionSchema, removedAt: z.number() })),
})
const formerSchema = z.object({
  servers: z.array(z.looseObject({})),
  removed: z.array(z.looseObject({ server: z.looseObject({}) })),
})

/** How the file of servers is understood, in its present format and the earlier ones. */
export const serversFormat: StateFormat<z.infer<typeof serversSchema>> = {
  version: 3,
  migrations: {
    // Format 1 forgot a removed server at once.
    1: (data) => ({ ...z.looseObject({}).parse(data), removed: [] }),
    // Format 2 kept up all servers alike.
    2: (data) => {
      const { servers, removed } = formerSchema.parse(data)
      return {
        servers: servers.map(withSupervision),
        removed: removed.map((one) => ({ ...one, server: withSupervision(one.server) })),
      }
    },
  },
  schema: serversSchema,
}

function withSupervision(server: object): object {
  return { ...server, supervision: defaultSupervision }
}
