import type { ServerDefinition, Transport } from '../../../shared/domain/server-definition.ts'
import { assertNever } from '../../../shared/lib/assert-never.ts'
import type { JsonObject } from '../../../shared/lib/json.ts'

/**
 * A definition as clients write it (`mcpServers`), to be pasted elsewhere. Secrets stand in it as `secret://name`, as they
 * do in the definition. Pure.
 */
export function definitionJson({ name, transport }: ServerDefinition): string {
  return JSON.stringify({ mcpServers: { [name]: entryOf(transport) } }, null, 2)
}

function entryOf(transport: Transport): JsonObject {
  switch (transport.type) {
    case 'stdio':
      return {
        command: transport.command,
        ...(transport.args.length > 0 && { args: transport.args }),
        ...(Object.keys(transport.env).length > 0 && { env: transport.env }),
        ...(transport.cwd !== null && { cwd: transport.cwd }),
        ...(transport.envFile !== null && { envFile: transport.envFile }),
      }
    case 'http':
    case 'sse':
      return {
        type: transport.type,
        url: transport.url,
        ...(Object.keys(transport.headers).length > 0 && { headers: transport.headers }),
        ...(transport.headersHelper !== null && { headersHelper: transport.headersHelper }),
      }
    case 'ws':
    case 'unknown':
      return {
        type: transport.type,
        ...(transport.url !== null && { url: transport.url }),
        ...(Object.keys(transport.headers).length > 0 && { headers: transport.headers }),
      }
    default:
      return assertNever(transport)
  }
}
