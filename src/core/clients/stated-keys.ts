import type { Transport } from '../../shared/domain/server-definition.ts'
import { isRecord, type JsonValue } from '../../shared/lib/json.ts'

/** What is needed to tell which names an entry states. */
export interface StatedEntry {
  readonly transport: Transport
  /** `FoundServer.envNames`. */
  readonly envNames: readonly string[]
  /** `ServerSource.extra`. */
  readonly extra: Readonly<Record<string, JsonValue>>
}

/**
 * The names of the environment variables that an entry states, sorted: those that are used, those whose values its client keeps
 * elsewhere, and those in an `env` that stands beside a url and has no use there.
 */
export function statedEnvKeys({ transport, envNames, extra }: StatedEntry): string[] {
  const used = transport.type === 'stdio' ? Object.keys(transport.env) : []
  return [...new Set([...used, ...envNames, ...keysOf(extra['env'])])].toSorted()
}

/** The names of the headers that an entry states, sorted, with those that stand beside a command and have no use there. */
export function statedHeaderKeys({ transport, extra }: StatedEntry): string[] {
  const used = transport.type === 'stdio' ? [] : Object.keys(transport.headers)
  return [...new Set([...used, ...keysOf(extra['headers'])])].toSorted()
}

function keysOf(value: JsonValue | undefined): string[] {
  return isRecord(value) ? Object.keys(value) : []
}
