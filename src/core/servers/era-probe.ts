import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  type DiscoverResult,
  type Implementation,
  isSpecType,
  type JSONRPCMessage,
  PROTOCOL_VERSION_META_KEY,
} from '@modelcontextprotocol/client'
import { isRecord } from '../../shared/lib/json.ts'
import type { ServerProcess } from './server-process.ts'
import type { StdioTransport } from './stdio-transport.ts'

/** The modern revision that is probed for (MCP specification 2026-07-28, "Lifecycle", server/discover). */
export const modernVersion = '2026-07-28'
/** What the log says of a server that refused the probe: the error before it is no fault. */
export const olderServerText =
  'The server does not answer server/discover as newer ones do, and is spoken to in the older protocol. That is no fault.'
/** Ids that cannot meet those of the SDK's protocol layer, which are numbers. */
const probeId = 'mcp-manager-era-probe'

/** How long a silent server may take before it counts as legacy, in milliseconds. */
export interface ProbeLimits {
  /** From the first byte on stdout or stderr: the server is up and could have answered. */
  readonly afterFirstByteMs: number
  /** From the spawn, whatever comes first. */
  readonly afterSpawnMs: number
}

/** What the probe showed. `silent`: no answer in time, so `initialize` is next, but a late answer may still say modern. */
export type EraVerdict =
  | { readonly kind: 'modern'; readonly discover: DiscoverResult }
  | { readonly kind: 'legacy' }
  | { readonly kind: 'silent' }
  /** The process ended on the probe, as some older servers do on any request before `initialize`. */
  | { readonly kind: 'exited' }

/** A probe that has been sent on a server's own pipe. */
export interface EraProbe {
  /** Settles within the limits. Never rejects. */
  readonly verdict: Promise<EraVerdict>
  /** The discover result, should it still come after the verdict `silent`. */
  readonly late: () => DiscoverResult | undefined
  /** Takes a message if it is the answer to the probe; answers whether it was. To be asked before any other reader. */
  readonly take: (message: JSONRPCMessage) => boolean
}

/**
 * Asks `server/discover` on the server's own pipe and tells its era from the answer: a discover result that lists a
 * modern revision is modern; an error or any other result is legacy; silence is legacy for now.
 */
export function probeEra(
  child: ServerProcess,
  transport: StdioTransport,
  clientInfo: Implementation,
  limits: ProbeLimits,
): EraProbe {
  let settle: (verdict: EraVerdict) => void
  let settled = false
  let lateResult: DiscoverResult | undefined
  const verdict = new Promise<EraVerdict>((resolve) => {
    settle = (value) => {
      if (settled) return
      settled = true
      clearTimeout(spawnTimer)
      clearTimeout(byteTimer)
      child.stdout.off('data', onFirstByte)
      child.stderr.off('data', onFirstByte)
      resolve(value)
    }
  })
  const spawnTimer = setTimeout(() => settle({ kind: 'silent' }), limits.afterSpawnMs)
  let byteTimer: NodeJS.Timeout | undefined
  const onFirstByte = () => {
    byteTimer ??= setTimeout(() => settle({ kind: 'silent' }), limits.afterFirstByteMs)
  }
  child.stdout.on('data', onFirstByte)
  child.stderr.on('data', onFirstByte)
  void child.exited.then(() => settle({ kind: 'exited' }))

  const take = (message: JSONRPCMessage): boolean => {
    if (!('id' in message) || message.id !== probeId) return false
    const discover = 'result' in message ? readDiscover(message.result) : undefined
    if (discover !== undefined) lateResult = discover
    settle(discover === undefined ? { kind: 'legacy' } : { kind: 'modern', discover })
    return true
  }

  transport
    .send({
      jsonrpc: '2.0',
      id: probeId,
      method: 'server/discover',
      params: {
        _meta: {
          [PROTOCOL_VERSION_META_KEY]: modernVersion,
          [CLIENT_INFO_META_KEY]: clientInfo,
          [CLIENT_CAPABILITIES_META_KEY]: {},
        },
      },
    })
    // The pipe is closed: the exit says what happened.
    .catch(() => settle({ kind: 'exited' }))

  return { verdict, late: () => lateResult, take }
}

/** The result as a discover result that lists the modern revision, or undefined. */
function readDiscover(result: unknown): DiscoverResult | undefined {
  if (!isRecord(result)) return undefined
  // Cache hints are members that a receiver fills in when they are absent (specification 2026-07-28, "Caching").
  const filled = { resultType: 'complete', ttlMs: 0, cacheScope: 'private', ...result }
  return isSpecType.DiscoverResult(filled) && filled.supportedVersions.includes(modernVersion)
    ? filled
    : undefined
}
