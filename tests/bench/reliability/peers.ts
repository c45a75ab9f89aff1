import { execFile, spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '../../fixtures/open-http.ts'
import { environment, repository } from '../bench-host.ts'
import type { FaultServer } from './fault-host.ts'
import { PeerSession } from './peer-session.ts'
import { openSseWire, openStreamableWire } from './peer-wire.ts'

const folder = join(repository, '.cache', 'bench-peers')
const source = join(repository, 'tests', 'bench', 'peers')
/** How long a peer may take until it lets the first client in, in milliseconds. */
const startMs = 30_000

/** Another program that runs servers. */
export interface Peer {
  readonly name: 'mcp-proxy' | 'supergateway' | 'mcp-hub' | 'pm2'
  /** Arguments of its Node process. @param port where it listens. @param home a folder for its files. */
  readonly commandLine: (
    servers: Readonly<Record<string, FaultServer>>,
    port: number,
    home: string,
  ) => readonly string[]
}

/** A peer that lets clients in. */
export interface RunningPeer {
  readonly pid: number
  /** From its spawn until the first client was let in, in milliseconds. */
  readonly startMs: number
  /** The first client. */
  readonly session: PeerSession
  /** Lets one more in. */
  readonly openSession: () => Promise<PeerSession>
  readonly ended: Promise<void>
}

const peers: readonly Peer[] = [
  {
    name: 'mcp-proxy',
    commandLine: (servers, port) => {
      const { command, args } = onlyOne(servers)
      const options = ['--host', '127.0.0.1', '--port', String(port), '--server', 'stream']
      return [programOf('mcp-proxy'), ...options, '--', command, ...args]
    },
  },
  {
    name: 'supergateway',
    commandLine: (servers, port) => {
      const { command, args } = onlyOne(servers)
      const transport = ['--outputTransport', 'streamableHttp', '--stateful', '--logLevel', 'none']
      const stdio = [command, ...args].join(' ')
      return [programOf('supergateway'), '--stdio', stdio, ...transport, '--port', String(port)]
    },
  },
  {
    name: 'mcp-hub',
    commandLine: (servers, port, home) => {
      const config = join(home, `mcp-hub-${port}.json`)
      writeFileSync(config, JSON.stringify({ mcpServers: servers }))
      return [programOf('mcp-hub'), '--port', String(port), '--config', config]
    },
  },
  { name: 'pm2', commandLine: () => [programOf('pm2')] },
]

/** The peers, installed as their lock says; none, with a reason, where the registry cannot be reached. */
export async function installPeers(progress: (text: string) => void): Promise<readonly Peer[]> {
  mkdirSync(folder, { recursive: true })
  const lock = join(folder, 'package-lock.json')
  const wanted = readFileSync(join(source, 'package-lock.json'), 'utf8')
  const isInstalled =
    existsSync(join(folder, 'node_modules')) &&
    existsSync(lock) &&
    readFileSync(lock, 'utf8') === wanted
  if (!isInstalled) {
    for (const file of ['package.json', 'package-lock.json']) {
      copyFileSync(join(source, file), join(folder, file))
    }
    try {
      await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
        cwd: folder,
      })
    } catch (error) {
      progress(`The peers could not be installed, and are left out: ${String(error)}`)
      return []
    }
  }
  return peers
}

/** What a fault did to each peer, in words, one after the other; a fault answers null where it does not apply. */
export async function besidePeers(
  list: readonly Peer[],
  progress: (text: string) => void,
  fault: (peer: Peer) => Promise<string | null>,
): Promise<string> {
  const told: string[] = []
  for (const peer of list) {
    // What a peer does must not end the bench of the product.
    const outcome = await fault(peer).catch((error: unknown) => `not measured (${String(error)})`)
    if (outcome === null) continue
    told.push(`${peer.name} ${outcome}`)
    progress(`  ${peer.name}: ${outcome}`)
  }
  return told.join('; ')
}

/** Starts a peer that is a gateway, and waits until it lets a client in. */
export async function startPeer(
  peer: Peer,
  servers: Readonly<Record<string, FaultServer>>,
  home: string,
): Promise<RunningPeer> {
  const port = await freePort()
  const startedAt = performance.now()
  const child = spawn(process.execPath, peer.commandLine(servers, port, home), {
    env: environment(home),
    stdio: 'ignore',
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  if (child.pid === undefined) throw new Error(`${peer.name} did not start`)
  const url = `http://127.0.0.1:${port}/mcp`
  const openSession = async () =>
    // mcp-hub speaks the older transport only.
    await PeerSession.open(
      peer.name === 'mcp-hub' ? await openSseWire(url) : openStreamableWire(url),
    )
  for (;;) {
    try {
      const session = await openSession()
      const tookMs = performance.now() - startedAt
      return { pid: child.pid, startMs: tookMs, session, openSession, ended }
    } catch (error) {
      // Not up yet.
      if (performance.now() - startedAt > startMs || child.exitCode !== null) throw error
      await delay(5)
    }
  }
}

/** The program of a peer. */
export function programOf(name: Peer['name']): string {
  const manifest = join(folder, 'node_modules', name, 'package.json')
  // npm's own format; `bin` is a path or an object of paths.
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    bin: string | Record<string, string>
  }
  const path = typeof bin === 'string' ? bin : bin[name]
  if (path === undefined) throw new Error(`${name} has no program`)
  return join(dirname(manifest), path)
}

function onlyOne(servers: Readonly<Record<string, FaultServer>>): FaultServer {
  const [server] = Object.values(servers)
  if (server === undefined) throw new Error('no server')
  return server
}
