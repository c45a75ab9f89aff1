import { createHash } from 'node:crypto'
import type { StdioTransport } from '../../shared/domain/server-definition.ts'

/** What is remembered of servers that turned out to be legacy, by a digest of command and arguments: the version they had. */
export type EraVerdicts = Readonly<Record<string, string>>

/**
 * Remembers which commands run a legacy server, so that their next start needs no probe. Only "legacy" is worth keeping:
 * a modern server's probe is its handshake. A server that reports another version is probed again at its next start.
 */
export class EraCache {
  readonly #verdicts: Map<string, string>
  readonly #save: (verdicts: EraVerdicts) => void

  /** @param save called with all verdicts after each change. */
  constructor(verdicts: EraVerdicts, save: (verdicts: EraVerdicts) => void) {
    this.#verdicts = new Map(Object.entries(verdicts))
    this.#save = save
  }

  /** True where the command is known to run a legacy server. */
  isLegacy(key: string): boolean {
    return this.#verdicts.has(key)
  }

  /** Notes what a finished handshake showed. */
  learn(key: string, era: 'legacy' | 'modern', version: string): void {
    const before = this.#verdicts.get(key)
    if (era === 'modern' || (before !== undefined && before !== version)) {
      this.forget(key)
    } else if (before === undefined) {
      this.#verdicts.set(key, version)
      this.#save(Object.fromEntries(this.#verdicts))
    }
  }

  /** The verdict proved wrong. */
  forget(key: string): void {
    if (this.#verdicts.delete(key)) this.#save(Object.fromEntries(this.#verdicts))
  }
}

/** The key of a definition: a digest of its command and arguments as they are stored, with variables and secrets still references. */
export function eraKey(transport: StdioTransport): string {
  return createHash('sha256')
    .update(JSON.stringify([transport.command, transport.args]))
    .digest('base64url')
}
