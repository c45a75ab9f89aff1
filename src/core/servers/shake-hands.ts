import { Client, type PriorDiscovery } from '@modelcontextprotocol/client'
import { clientInfo } from './client-info.ts'
import { olderServerText, type ProbeLimits, probeEra } from './era-probe.ts'
import type { ServerLog } from './server-log.ts'
import type { ServerProcess } from './server-process.ts'
import type { StdioTransport } from './stdio-transport.ts'
import { withSignal } from './with-signal.ts'

/** The process ended on the probe. Not a failure: it is started once more as legacy. */
export class ExitedOnProbe extends Error {}

/** How hands are shaken with a child. */
export interface HandshakeOptions {
  /** It is known to be an older server, so that it is not probed. */
  readonly isLegacy: boolean
  /** When it has to be done, by `performance.now()`. */
  readonly deadline: number
  readonly signal: AbortSignal
  readonly probeLimits: ProbeLimits
  readonly log: ServerLog
}

/** A handshake that is done. */
export interface Handshake {
  readonly client: Client
  readonly era: 'legacy' | 'modern'
  /** False where the server was too slow for the probe: it is to be probed again. */
  readonly isCertain: boolean
}

/**
 * Shakes hands with a child in the era that it shows itself. Throws `ExitedOnProbe`, or what the SDK's client throws.
 */
export async function shakeHands(
  child: ServerProcess,
  transport: StdioTransport,
  { isLegacy, deadline, signal, probeLimits, log }: HandshakeOptions,
): Promise<Handshake> {
  const connect = async (prior: PriorDiscovery): Promise<Handshake> => {
    const client = new Client(clientInfo)
    const timeout = Math.max(1, deadline - performance.now())
    await client.connect(transport, { prior, timeout, signal })
    return { client, era: prior.kind, isCertain: true }
  }
  if (isLegacy) return await connect({ kind: 'legacy' })

  const probe = probeEra(child, transport, clientInfo, probeLimits)
  transport.intercept = probe.take
  const verdict = await withSignal(probe.verdict, signal)
  switch (verdict.kind) {
    case 'modern':
      return await connect({ kind: 'modern', discover: verdict.discover })
    case 'exited':
      throw new ExitedOnProbe()
    case 'legacy':
      log.lifecycle('debug', olderServerText)
      return await connect({ kind: 'legacy' })
    case 'silent':
      try {
        const connected = await connect({ kind: 'legacy' })
        // A server of both eras that was slow to come up, as npx is the first time: it is to be probed again.
        return { ...connected, isCertain: probe.late() === undefined }
      } catch (error) {
        const late = probe.late()
        if (late === undefined || signal.aborted) throw error
        return await connect({ kind: 'modern', discover: late })
      }
  }
}
