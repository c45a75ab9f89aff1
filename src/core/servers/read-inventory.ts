import { type Client, ProtocolError } from '@modelcontextprotocol/client'
import type { ServerId } from '../../shared/domain/ids.ts'
import { type Inventory, inventorySchema } from '../../shared/domain/inventory.ts'

/** What a listing needs beside the connection. */
export interface ListingOptions {
  readonly serverId: ServerId
  readonly serverName: string
  /** Milliseconds since the Unix epoch. */
  readonly at: () => number
  readonly signal: AbortSignal
  /** Told of something that is no fault, and may be of use. */
  readonly onNote: (text: string) => void
}

/** Asks a server for all that it offers, anew. Rejects with the errors of the SDK. */
export async function readInventory(client: Client, options: ListingOptions): Promise<Inventory> {
  const request = { signal: options.signal, cacheMode: 'refresh' as const }
  const capabilities = client.getServerCapabilities() ?? {}
  // Not every server that offers one offers the others; asking anyway is an error on some.
  const [tools, prompts, resources, templates] = await Promise.all([
    capabilities.tools === undefined
      ? []
      : client.listTools(undefined, request).then((r) => r.tools),
    capabilities.prompts === undefined
      ? []
      : client.listPrompts(undefined, request).then((r) => r.prompts),
    capabilities.resources === undefined
      ? []
      : client.listResources(undefined, request).then((r) => r.resources),
    capabilities.resources === undefined
      ? []
      : client.listResourceTemplates(undefined, request).then(
          (r) => r.resourceTemplates,
          (error: unknown) => {
            if (!(error instanceof ProtocolError)) throw error
            // Templates came with the resources capability, but many servers answer "method not found".
            options.onNote(`No resource templates: ${error.message}`)
            return []
          },
        ),
  ])
  return inventorySchema.parse({
    serverId: options.serverId,
    serverName: options.serverName,
    tools,
    prompts,
    resources,
    resourceTemplates: templates,
    instructions: client.getInstructions() ?? null,
    at: options.at(),
  })
}
