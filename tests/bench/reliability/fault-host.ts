import { join } from 'node:path'
import type { HostConnection } from '../../../src/host/connect-live-host.ts'
import { readStream } from '../../../src/shared/contract/read-stream.ts'
import { toAppError } from '../../../src/shared/contract/rpc-error.ts'
import type { ServerId } from '../../../src/shared/domain/ids.ts'
import type { JsonObject } from '../../../src/shared/lib/json.ts'
import { repository } from '../bench-host.ts'

/** What a server runs. */
export interface FaultServer {
  readonly command: string
  readonly args: readonly string[]
}

/** Folder of the servers that misbehave. */
export const faultServers = join(repository, 'tests', 'fixtures', 'servers')

/** The small server in shell. @param file any file that stays; it is in the arguments of each of its processes. */
export function smallServer(mode: string, file: string): FaultServer {
  return { command: '/bin/sh', args: [join(faultServers, 'small-server.sh'), mode, file] }
}

/** A fixture that runs on Node. */
export function nodeServer(script: string, ...args: string[]): FaultServer {
  return { command: process.execPath, args: [join(faultServers, script), ...args] }
}

/** Registers servers, switched off. Answers with their ids, in order. */
export async function addServers(
  { client }: HostConnection,
  servers: Readonly<Record<string, FaultServer>>,
  more: { readonly callMs?: number } = {},
): Promise<ServerId[]> {
  const ids: ServerId[] = []
  for (const [name, { command, args }] of Object.entries(servers)) {
    const { definition } = await client.servers.add({
      name,
      transport: { type: 'stdio', command, args: [...args], env: {}, cwd: null, envFile: null },
      timeouts: { startMs: null, callMs: more.callMs ?? null },
    })
    ids.push(definition.id)
  }
  return ids
}

/** Switches servers on, all at once. */
export async function switchOn(
  { client }: HostConnection,
  ids: readonly ServerId[],
): Promise<void> {
  await Promise.all(ids.map((id) => client.servers.setEnabled({ id, enabled: true })))
}

/** Calls a tool; answers with the text of its first part. Rejects with an AppError. */
export async function callTool(
  { client }: HostConnection,
  serverId: ServerId,
  tool: string,
  args: JsonObject = {},
): Promise<string> {
  try {
    const stream = client.tools.call({ serverId, tool, args })
    for await (const { items } of readStream(stream, client.streams.ack)) {
      for (const event of items) {
        if (event.type === 'result') return String(event.result.content[0]?.['text'])
      }
    }
  } catch (error) {
    throw toAppError(error)
  }
  throw new Error('A call ended without a result.')
}
