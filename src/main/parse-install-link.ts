import * as z from 'zod'
import { isServerName } from '../shared/domain/server-name.ts'

/** The scheme of links that this program opens. */
export const linkScheme = 'mcp-manager'

/** Longest link that is looked at, in characters; browsers and shells give up near this length as well. */
export const maxLinkLength = 32_768

/** Why a link is refused. */
export const linkFaults = [
  'too_long',
  'malformed',
  'unknown_action',
  'name',
  'config',
  'hidden_characters',
  'variables',
] as const
export type LinkFault = (typeof linkFaults)[number]

/** What a link asks for: a server, as a text that the import reads; or why it is refused. */
export type InstallLink =
  | { readonly ok: true; readonly name: string; readonly text: string }
  | { readonly ok: false; readonly fault: LinkFault }

const text = z.string().min(1).max(8_192)
const pairs = z.record(z.string().min(1).max(256), z.string().max(8_192))

/** What a link may say of a server. Anything else, such as a file of variables or a command that prints headers, is refused. */
const configSchema = z.union([
  z.strictObject({
    type: z.literal('stdio').optional(),
    command: text,
    args: z.array(z.string().max(8_192)).max(200).optional(),
    env: pairs.optional(),
  }),
  z.strictObject({
    type: z.enum(['http', 'sse', 'streamable-http']).optional(),
    url: text.regex(/^https?:\/\//i),
    headers: pairs.optional(),
  }),
])

/**
 * Characters that a person cannot see, or that reorder what they see: controls, format characters (bidirectional overrides,
 * zero-width ones, tags), line and paragraph separators, private and unassigned ones, and blanks that are drawn as nothing.
 */
const hidden =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}\u115f\u1160\u3164\uffa0\u2800]|\u{34f}|[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]/u

/**
 * Reads `mcp-manager://install?name=NAME&config=CONFIG`, where CONFIG is the base64 (RFC 4648, either alphabet) of the JSON of
 * one server: `{command, args, env}` or `{url, headers}`. A link comes from anybody: whatever is not exactly that is refused,
 * and so is what would hide something from the person who is asked. Variables are refused, because their values would go to a
 * stranger's program. Pure: nothing is stored or run.
 */
export function parseInstallLink(link: string): InstallLink {
  if (link.length > maxLinkLength) return refuse('too_long')
  if (hidden.test(link)) return refuse('hidden_characters')
  const url = parseUrl(link)
  if (url === null) return refuse('malformed')
  if (url.hostname !== 'install') return refuse('unknown_action')
  const query = readQuery(url)
  if (query === null) return refuse('malformed')
  const { name } = query
  if (hidden.test(name)) return refuse('hidden_characters')
  if (!isServerName(name) || name !== name.trim()) return refuse('name')
  const config = decodeConfig(query.config)
  if (config === null) return refuse('config')
  for (const value of stringsOf(config)) {
    if (hidden.test(value)) return refuse('hidden_characters')
    if (/\$\{|\$env:|%[^%]+%|secret:\/\//i.test(value)) return refuse('variables')
  }
  // Written anew from what was read: nothing that a second reader could understand otherwise, such as a doubled key, is left.
  return { ok: true, name, text: JSON.stringify({ mcpServers: { [name]: config } }, null, 2) }
}

function refuse(fault: LinkFault): InstallLink {
  return { ok: false, fault }
}

function parseUrl(link: string): URL | null {
  if (!URL.canParse(link)) return null
  const url = new URL(link)
  const isPlain =
    url.protocol === `${linkScheme}:` &&
    [url.username, url.password, url.port, url.hash].every((part) => part === '') &&
    (url.pathname === '' || url.pathname === '/')
  return isPlain ? url : null
}

/** Exactly one name and one config. */
function readQuery(url: URL): { name: string; config: string } | null {
  const parameters = [...url.searchParams]
  const name = url.searchParams.get('name')
  const config = url.searchParams.get('config')
  return parameters.length === 2 && name !== null && config !== null ? { name, config } : null
}

function decodeConfig(base64: string): z.infer<typeof configSchema> | null {
  // A plus sign that was not encoded has become a blank (URL Standard, "application/x-www-form-urlencoded").
  const digits = base64.replaceAll(' ', '+').replaceAll('-', '+').replaceAll('_', '/')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(digits)) return null
  try {
    const json = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(digits, 'base64'))
    const config = configSchema.safeParse(JSON.parse(json))
    return config.success ? config.data : null
  } catch {
    // No UTF-8 or no JSON: the person is told that it is no configuration.
    return null
  }
}

function* stringsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const item of value) yield* stringsOf(item)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield key
      yield* stringsOf(item)
    }
  }
}
