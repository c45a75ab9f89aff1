import { join } from 'node:path'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { resolveDataPaths } from '../../../src/host/data-dir.ts'
import { type LiveHost, startHost } from '../../../src/host/live-host.ts'
import { readStream } from '../../../src/shared/contract/read-stream.ts'
import type { ErrorInfo } from '../../../src/shared/domain/errors.ts'
import { isSettled, type ServerState } from '../../../src/shared/domain/server-state.ts'
import { smallServer } from '../../bench/reliability/fault-host.ts'
import { vaultKey } from '../temp-core.ts'

const settled = {
  settings: { startServers: false },
  server: 'kept',
  secret: 'a-secret-kept-0123456789',
}

/** Starts the real host in this process on a data directory; it is closed when the test ends. */
export async function startStored(data: string): Promise<LiveHost> {
  const host = await openHost(data)
  onTestFinished(host.close)
  return host
}

async function openHost(data: string): Promise<LiveHost> {
  const rendererDir = join(import.meta.dirname, '..', '..', '..', 'src', 'renderer')
  return await startHost({
    paths: resolveDataPaths({ MCP_MANAGER_HOME: data }),
    env: { PATH: process.env['PATH'], SHELL: '/bin/sh' },
    homeDir: data,
    vaultKey,
    logger: pino({ level: 'silent' }),
    port: null,
    rendererDir,
  })
}

/**
 * Makes a data directory with one of everything that is acknowledged: a server with a secret that was run once (the cache
 * knows its era, and its log is written), a setting, and an automatic action.
 */
export async function fillStored(data: string): Promise<void> {
  const host = await openHost(data)
  const { client } = host
  const { command, args } = smallServer('ok', '/dev/null')
  const { definition } = await client.servers.add({
    name: settled.server,
    transport: {
      type: 'stdio',
      command,
      args: [...args],
      env: { API_TOKEN: settled.secret },
      cwd: null,
      envFile: null,
    },
  })
  await client.settings.change({ startup: settled.settings })
  await client.servers.start({ id: definition.id })
  const running = await stateOf(host)
  if (running.phase !== 'running' || running.pid === null) throw new Error('It does not run.')
  // Its crash makes the action.
  process.kill(running.pid, 'SIGKILL')
  for await (const { items } of readStream(client.actions.watch(), client.streams.ack)) {
    if (items.some((item) => item.type === 'action')) break
  }
  await host.close()
}

/** What was acknowledged, as a later run has it. The server's start tells whether its secret is there. */
export async function keptOf(host: LiveHost) {
  const [server] = await host.client.servers.list()
  if (server === undefined) return { server: null, phase: null, startServers: null }
  await host.client.servers.start({ id: server.definition.id })
  const { phase } = await stateOf(host)
  return { server: server.definition.name, phase, startServers: await startServersOf(host) }
}

/** What `keptOf` answers where nothing was lost. */
export const allKept = { server: settled.server, phase: 'running', ...settled.settings }

/** What a host tells a person about its state. That its port was taken says nothing of it: other tests have hosts too. */
export async function noticesOf(host: LiveHost): Promise<readonly ErrorInfo[]> {
  const { notices } = await host.client.host.info()
  return notices.filter(({ code }) => code !== 'port_in_use')
}

async function startServersOf({ client }: LiveHost): Promise<boolean | null> {
  for await (const { items } of readStream(client.settings.watch(), client.streams.ack)) {
    return items.at(-1)?.startup.startServers ?? null
  }
  return null
}

async function stateOf({ client }: LiveHost): Promise<ServerState> {
  for await (const { items } of readStream(client.servers.watch(), client.streams.ack)) {
    for (const event of items) {
      if (event.type === 'changed' && isSettled(event.server.state)) return event.server.state
    }
  }
  throw new Error('The host ended.')
}
