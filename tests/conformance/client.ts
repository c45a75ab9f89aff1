import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import * as z from 'zod'
import { type Core, createCore } from '../../src/core/create-core.ts'
import { stateOauthOptions } from '../../src/core/oauth/state-options.ts'
import { resolveDataPaths } from '../../src/host/data-dir.ts'
import { AppError } from '../../src/shared/domain/errors.ts'
import type { ServerId } from '../../src/shared/domain/ids.ts'
import type { Tool } from '../../src/shared/domain/inventory.ts'
import { isSettled } from '../../src/shared/domain/server-state.ts'
import { type JsonObject, type JsonValue, jsonObjectSchema } from '../../src/shared/lib/json.ts'

/**
 * The client under test of the official conformance suite: a core that has one remote server, a person who signs in whenever
 * that is asked for, and a call of each tool. `npm run conformance` runs it (run-scenarios.ts).
 */
const maxSignIns = 4
/** JSON-RPC's code. */
const methodNotFound = -32_601

const contextSchema = z
  .object({
    client_id: z.string(),
    client_secret: z.string(),
    private_key_pem: z.string(),
    toolCalls: z.array(z.object({ name: z.string(), arguments: jsonObjectSchema })),
  })
  .partial()
/** What the suite tells a scenario's client. */
const context = contextSchema.parse(JSON.parse(process.env['MCP_CONFORMANCE_CONTEXT'] ?? '{}'))

const neededSchema = z.object({
  properties: z.record(z.string(), z.object({ type: z.string().optional() })).default({}),
  required: z.array(z.string()).default([]),
})

async function main(url: string): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'mcp-manager-conformance-'))
  const core = await createCore({
    paths: resolveDataPaths({ MCP_MANAGER_HOME: root }),
    env: { PATH: process.env['PATH'] },
    homeDir: root,
    vaultKey: 'a key for tests only, long enough',
    keychain: 'never',
    logger: pino({ level: 'silent' }),
    version: '0.0.0',
  })
  try {
    await core.settings.change({
      oauth: { clientMetadataUrl: 'https://conformance-test.local/client-metadata.json' },
    })
    const { id } = await core.editor.add({
      name: 'suite',
      transport: { type: 'http', url, headers: {}, headersHelper: null },
    })
    await stateClient(core, id)
    for (let signIns = 0; signIns <= maxSignIns; signIns += 1) {
      const problem = await useServer(core, id)
      if (problem === null) return
      if (problem.code !== 'auth_required' || problem.data['signIn'] === undefined) throw problem
      await signIn(core, id)
    }
    throw new Error('It asked for too many sign-ins.')
  } finally {
    await core.close()
    rmSync(root, { recursive: true, force: true })
  }
}

async function stateClient(core: Core, id: ServerId): Promise<void> {
  const secret = context.client_secret ?? context.private_key_pem
  if (context.client_id === undefined) return
  const isAlone = process.env['MCP_CONFORMANCE_SCENARIO']?.includes('client-credentials') === true
  await stateOauthOptions(core, id, {
    clientId: context.client_id,
    ...(secret !== undefined && { clientSecretValue: secret }),
    ...(isAlone && { grant: 'client_credentials' as const }),
  })
}

/** Starts the server and calls each of its tools; answers with what stood in the way. */
async function useServer(core: Core, id: ServerId): Promise<AppError | null> {
  core.supervisor.command(id, 'start')
  const state = (await core.supervisor.settled(id))?.state
  if (state === undefined || !isSettled(state)) throw new Error('It is gone.')
  if (state.phase === 'failed' || state.phase === 'backoff') {
    return new AppError(state.error.code, state.error.data)
  }
  try {
    const { tools } = await core.tools.inventory(id)
    for (const tool of tools) await callTool(core, id, tool, tools)
    return null
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

async function callTool(
  core: Core,
  serverId: ServerId,
  tool: Tool,
  tools: readonly Tool[],
): Promise<void> {
  try {
    await core.tools.call(
      { kind: 'cli' },
      { serverId, tool: tool.name, args: argumentsFor(tool, tools) },
      { signal: new AbortController().signal, onEvent: () => {} },
    )
  } catch (error) {
    // What a scenario is about its checks say; some list tools and serve no calls.
    const isServed = !(error instanceof AppError) || error.data['rpcCode'] !== methodNotFound
    if (isServed) throw error
  }
}

/** Those that the suite names; else something for each that the tool needs. */
function argumentsFor({ name, inputSchema }: Tool, all: readonly Tool[]): JsonObject {
  const named = context.toolCalls?.find((one) => one.name === name)
  if (named !== undefined) return named.arguments
  // It takes the schema of the tool beside it, to show that it came through unchanged.
  if (name === 'json_schema_echo') return { schema: all.find(isRich)?.inputSchema ?? {} }
  const { properties, required } = neededSchema.parse(inputSchema)
  const sample = (key: string): JsonValue => (properties[key]?.type === 'number' ? 5 : 'text')
  return Object.fromEntries(required.map((key) => [key, sample(key)]))
}

function isRich({ inputSchema }: Tool): boolean {
  return '$schema' in inputSchema
}

async function signIn(core: Core, id: ServerId): Promise<void> {
  const server = await core.addressOf(id)
  await new Promise<void>((resolve, reject) => {
    core.accounts.signIn(server, {
      push: (event) => {
        if (event.type === 'authorize') fetch(event.url).catch(reject)
      },
      end: (error) => (error === undefined ? resolve() : reject(error)),
    })
  })
}

await main(process.argv.at(-1) ?? '')
