import * as z from 'zod'
import type { DesktopRequest } from '../shared/contract/desktop.ts'
import { parseExternalReference } from '../shared/domain/external-reference.ts'
import { isRecord } from '../shared/lib/json.ts'
import { shownText } from './shown-text.ts'

/** The scheme of our links. */
export const linkScheme = 'mcp-manager'

/** A link longer than this is refused unread, in characters. */
const maxLinkLength = 32_768

/**
 * Characters that do not show, or that change the order in which others show: with them a command could look like another one
 * (CVE-2025-54133). Control, format, surrogate, private use and unassigned characters, separators of lines, letters that are
 * drawn as nothing, and space enough to push what follows out of sight.
 */
const hidden = /[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]|\s{4}/u

/** A value that stands for one of this machine: a link has no business with the person's secrets and variables. */
const reference = /\$\{|secret:\/\//i

const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine(
      (value) =>
        !hidden.test(value) && !reference.test(value) && parseExternalReference(value) === null,
    )

const word = (maxLength: number) =>
  text(maxLength).refine((value) => value.trim() !== '' && value === value.trim())

/** Names of variables (POSIX) and of headers (RFC 9110). */
const pairs = (name: RegExp) =>
  z
    .record(z.string().regex(name).max(256), text(8_192))
    .refine((map) => Object.keys(map).length <= 64)

const nameSchema = word(64)

const configSchema = z.union([
  z.strictObject({
    type: z.literal('stdio').optional(),
    command: word(1_024),
    args: z.array(text(8_192)).max(64).optional(),
    env: pairs(/^[A-Za-z_][A-Za-z0-9_]*$/).optional(),
    cwd: word(1_024).optional(),
  }),
  z.strictObject({
    type: z.enum(['http', 'sse']).optional(),
    url: word(2_048).refine((value) => /^https?:$/.test(URL.parse(value)?.protocol ?? '')),
    headers: pairs(/^[A-Za-z0-9-]+$/).optional(),
  }),
])

/**
 * Reads a link such as `mcp-manager://install?name=files&config=<base64 of JSON>`: one server, as `{command, args, env, cwd}` or
 * `{url, headers}`. Anything else in it, and anything that could hide what would run, makes it no link of ours. The answer only has
 * the form of a new server opened; whatever is wrong with the link is told as `refusal`. Pure.
 */
export function readDeepLink(link: string): DesktopRequest {
  const server = link.length > maxLinkLength ? null : parseLink(link)
  return server === null
    ? { show: 'refusal', what: shownText(link, 80), reason: 'link' }
    : {
        show: 'new-server',
        text: JSON.stringify({ mcpServers: { [server.name]: server.config } }),
      }
}

function parseLink(link: string): { name: string; config: z.infer<typeof configSchema> } | null {
  const url = URL.parse(link)
  if (url === null || url.protocol !== `${linkScheme}:`) return null
  const isBare = url.username === '' && url.password === '' && url.port === '' && url.hash === ''
  if (url.hostname !== 'install' || !isBare || !['', '/'].includes(url.pathname)) return null
  const entries = [...url.searchParams.entries()]
  const keys = entries.map(([key]) => key).toSorted()
  if (keys.length !== 2 || keys[0] !== 'config' || keys[1] !== 'name') return null
  const name = nameSchema.safeParse(url.searchParams.get('name'))
  const config = configSchema.safeParse(decodeJson(url.searchParams.get('config') ?? ''))
  if (!name.success || !config.success || name.data === '__proto__') return null
  return { name: name.data, config: config.data }
}

/** JSON in base64, of either alphabet (RFC 4648), in UTF-8; undefined for anything else. */
function decodeJson(encoded: string): unknown {
  // A query writes a space for a plus sign.
  const plain = encoded.replaceAll(' ', '+').replaceAll('-', '+').replaceAll('_', '/')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) return undefined
  try {
    const json = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(plain, 'base64'))
    const value: unknown = JSON.parse(json)
    return isRecord(value) ? value : undefined
  } catch {
    // Not UTF-8, or not JSON: both make it no configuration, which is the answer.
    return undefined
  }
}
