import type { Transport } from '../../shared/domain/server-definition.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import type { CredentialPlace } from './credential-place.ts'

/** The transport with each of its values changed; names of variables and headers stay. */
export function mapTransportTexts(
  transport: Transport,
  rewrite: (place: CredentialPlace, text: string) => string,
): Transport {
  const headersOf = (headers: Readonly<Record<string, string>>): Record<string, string> =>
    mapValues(headers, (key, value) => rewrite({ kind: 'header', key }, value))
  const orNull = (place: CredentialPlace, text: string | null): string | null =>
    text === null ? null : rewrite(place, text)
  switch (transport.type) {
    case 'stdio':
      return {
        ...transport,
        command: rewrite({ kind: 'command' }, transport.command),
        args: transport.args.map((arg, index) => rewrite({ kind: 'arg', index }, arg)),
        env: mapValues(transport.env, (key, value) => rewrite({ kind: 'env', key }, value)),
        cwd: orNull({ kind: 'cwd' }, transport.cwd),
        envFile: orNull({ kind: 'envFile' }, transport.envFile),
      }
    case 'http':
    case 'sse':
      return {
        ...transport,
        url: rewrite({ kind: 'url' }, transport.url),
        headers: headersOf(transport.headers),
        headersHelper: orNull({ kind: 'headersHelper' }, transport.headersHelper),
      }
    case 'ws':
    case 'unknown':
      return {
        ...transport,
        url: orNull({ kind: 'url' }, transport.url),
        headers: headersOf(transport.headers),
      }
    default:
      return assertNever(transport)
  }
}

/** By entries, so that a key called `__proto__` stays a key. */
function mapValues(
  record: Readonly<Record<string, string>>,
  change: (key: string, value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(key, value)]))
}
