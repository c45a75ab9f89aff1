import { resolve } from 'node:path'
import { AppError } from '../shared/domain/errors.ts'
import type { Transport } from '../shared/domain/server-definition.ts'

/** What `add` and `edit` say about how a server is reached, beside the values of env and headers. */
export interface TransportChange {
  /** Another command with the same arguments. */
  readonly command?: string
  readonly unsetEnv?: readonly string[]
  readonly unsetHeader?: readonly string[]
  /** Relative to the current directory; empty for the default one. */
  readonly cwd?: string
  readonly url?: string
  readonly type?: 'http' | 'sse'
}

/** Values to be set, by name. */
export interface Entries {
  readonly env: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
}

/**
 * A transport with the changes; what is not named stays. Throws `invalid_input` for what does not fit it, and for a name
 * to remove that is not there.
 * @param words another command with its arguments; none to keep both.
 */
export function changeTransport(
  transport: Transport,
  words: readonly string[],
  change: TransportChange,
  entries: Entries,
): Transport {
  const [command, ...args] = commandWords(transport, words, change.command)
  const isOfRemote = change.url !== undefined || change.type !== undefined
  if (command !== undefined && isOfRemote) {
    throw invalid('Give either a command or a URL, not both.')
  }
  const kind =
    command !== undefined
      ? asStdio(transport, command, args)
      : isOfRemote
        ? asRemote(transport, change)
        : transport
  if (kind.type === 'stdio') {
    if (isSet(entries.headers) || change.unsetHeader !== undefined) {
      throw invalid('--header is for a server with a URL.')
    }
    return {
      ...kind,
      env: changedMap(kind.env, entries.env, change.unsetEnv, (a, b) => a === b),
      cwd: change.cwd === undefined ? kind.cwd : change.cwd === '' ? null : resolve(change.cwd),
    }
  }
  if (isSet(entries.env) || change.unsetEnv !== undefined || change.cwd !== undefined) {
    throw invalid('--env and --cwd are for a server with a command.')
  }
  return {
    ...kind,
    headers: changedMap(kind.headers, entries.headers, change.unsetHeader, isSameField),
  }
}

/** Names of header fields are compared without case (RFC 9110, section 5.1): a new spelling replaces the old one. */
function isSameField(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function asStdio(transport: Transport, command: string, args: string[]): Transport {
  return transport.type === 'stdio'
    ? { ...transport, command, args }
    : { type: 'stdio', command, args, env: {}, cwd: null, envFile: null }
}

function asRemote(transport: Transport, { url, type }: TransportChange): Transport {
  const before = transport.type === 'http' || transport.type === 'sse' ? transport : null
  return {
    type: type ?? before?.type ?? 'http',
    url: validUrl(url ?? before?.url ?? ''),
    headers: transport.type === 'stdio' ? {} : transport.headers,
    headersHelper: before?.headersHelper ?? null,
  }
}

function commandWords(
  transport: Transport,
  words: readonly string[],
  command: string | undefined,
): readonly string[] {
  if (command === undefined) return words
  if (words.length > 0) throw invalid('Give --command or words after --, not both.')
  return [command, ...(transport.type === 'stdio' ? transport.args : [])]
}

function changedMap(
  before: Readonly<Record<string, string>>,
  set: Readonly<Record<string, string>>,
  unset: readonly string[] = [],
  isSame: (a: string, b: string) => boolean,
): Record<string, string> {
  const names = Object.keys(before)
  const unknown = unset.find((name) => !names.some((known) => isSame(known, name)))
  if (unknown !== undefined) {
    throw invalid(`${unknown} cannot be removed: it has ${names.join(', ') || 'none'}.`)
  }
  const gone = [...unset, ...Object.keys(set)]
  const kept = Object.entries(before).filter(([key]) => !gone.some((name) => isSame(key, name)))
  return Object.fromEntries([...kept, ...Object.entries(set)])
}

function isSet(entries: Readonly<Record<string, string>>): boolean {
  return Object.keys(entries).length > 0
}

function validUrl(text: string): string {
  // A variable may stand anywhere in it, so only the scheme is looked at.
  if (/^(?:https?:\/\/|\$\{)\S+$/.test(text)) return text
  throw invalid('A URL has to begin with http:// or https://.')
}

function invalid(reason: string): AppError {
  return new AppError('invalid_input', { reason })
}
