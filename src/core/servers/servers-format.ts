import * as z from 'zod'
import { serverIdSchema } from '../../shared/domain/ids.ts'
import { serverDefinitionSchema } from '../../shared/domain/server-definition.ts'
import { defaultSupervision } from '../../shared/domain/supervision.ts'
import { ownInputSecret } from '../secrets/input-secrets.ts'
import type { StateFormat } from '../storage/read-state.ts'

const serversSchema = z.object({
  servers: z.array(serverDefinitionSchema),
  removed: z.array(z.object({ server: serverDefinitionSchema, removedAt: z.number() })),
})
const formerSchema = z.object({
  servers: z.array(z.looseObject({})),
  removed: z.array(z.looseObject({ server: z.looseObject({}) })),
})

const formerInputsSchema = z.looseObject({
  id: serverIdSchema,
  inputs: z.array(z.looseObject({ id: z.string() })),
})
const withInputsSchema = z.object({
  servers: z.array(formerInputsSchema),
  removed: z.array(z.looseObject({ server: formerInputsSchema })),
})

/** How the file of servers is understood, in its present format and the earlier ones. */
export const serversFormat: StateFormat<z.infer<typeof serversSchema>> = {
  version: 4,
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
    // Format 3 kept the values of inputs for each server by itself, and forgot what there was to choose from.
    3: (data) => {
      const { servers, removed } = withInputsSchema.parse(data)
      return {
        servers: servers.map(withInputSecrets),
        removed: removed.map((one) => ({ ...one, server: withInputSecrets(one.server) })),
      }
    },
  },
  schema: serversSchema,
}

function withInputSecrets(server: z.infer<typeof formerInputsSchema>): object {
  const inputs = server.inputs.map((input) => ({
    ...input,
    options: [],
    secret: ownInputSecret(server, input.id),
  }))
  return { ...server, inputs }
}

function withSupervision(server: object): object {
  return { ...server, supervision: defaultSupervision }
}
