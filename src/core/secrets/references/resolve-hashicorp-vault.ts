import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { AppError, type ErrorData } from '../../../shared/domain/errors.ts'
import { secretNameSchema } from '../../../shared/domain/ids.ts'
import { readBoundedText } from './read-bounded-text.ts'
import type { ExternalServices, ReferenceLaunch, ReferenceOf } from './resolve-external.ts'
import { valueOfOutput } from './value-of-output.ts'

/** How long the server may take, in milliseconds. */
const timeoutMs = 10_000

/** The secret of this program's own vault that holds a token where the environment has none. */
const tokenSecret = secretNameSchema.parse('hashicorp-vault.token')

/** An answer of KV version 2: the secret is nested twice. */
const answerSchema = z.object({
  data: z.object({ data: z.record(z.string(), z.unknown()).nullable() }),
})

/**
 * Reads one key of a secret of the KV engine, version 2 (`GET /v1/MOUNT/data/PATH`), where VAULT_ADDR says, in VAULT_NAMESPACE.
 * The token is VAULT_TOKEN, else the secret `hashicorp-vault.token`, else `~/.vault-token` as `vault login` leaves it. The token
 * crosses no network in clear: only https, or http to this machine, and no redirect is followed. Throws `reference_unresolved`
 * or `reference_unreachable`.
 */
export async function resolveHashicorpVault(
  reference: ReferenceOf<'vault'>,
  { env }: Pick<ReferenceLaunch, 'env'>,
  services: Omit<ExternalServices, 'isCommandAllowed'>,
): Promise<string> {
  const server = addressOf(env['VAULT_ADDR'], reference.text)
  const data = { reference: reference.text, address: server.host }
  const fail = (reason: string, more: ErrorData = {}): never => {
    throw new AppError('reference_unresolved', { ...data, reason, ...more })
  }
  const token = (await tokenOf(env, services)) ?? fail('vault_no_token')
  services.onSecret('hashicorp-vault.token', token)
  const path = reference.path.split('/').map(encodeURIComponent).join('/')
  const base = server.pathname.replace(/\/$/, '')
  const url = new URL(`${base}/v1/${encodeURIComponent(reference.mount)}/data/${path}`, server)
  const namespace = env['VAULT_NAMESPACE']
  const response = await ask(url, { token, namespace, signal: services.signal, data })
  switch (response.status) {
    case 200:
      break
    case 404:
      return fail('vault_not_found')
    case 403:
      return fail('vault_denied')
    default:
      if (response.status >= 500 || response.status === 429) {
        throw new AppError('reference_unreachable', {
          ...data,
          reason: `It answered with status ${response.status}.`,
        })
      }
      return fail(
        response.status >= 300 && response.status < 400
          ? 'vault_redirects'
          : `It answered with status ${response.status}.`,
      )
  }
  const answer = answerSchema.safeParse(parseJsonOrNull(response.body))
  if (!answer.success) return fail('vault_not_kv2')
  const values = answer.data.data.data ?? {}
  const value = Object.hasOwn(values, reference.key) ? values[reference.key] : undefined
  if (value === undefined) return fail('vault_no_key', { known: Object.keys(values) })
  return valueOfOutput(typeof value === 'string' ? value : JSON.stringify(value), data)
}

function addressOf(text: string | undefined, reference: string): URL {
  const url = URL.parse(text ?? '')
  const fail = (reason: string): never => {
    throw new AppError('reference_unresolved', { reference, reason, address: 'VAULT_ADDR' })
  }
  if (url === null) return fail('vault_no_address')
  // Vault takes none, and a request with them fails with a message that holds them.
  url.username = ''
  url.password = ''
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)
  return isSafe ? url : fail('vault_not_tls')
}

async function tokenOf(
  env: ReferenceLaunch['env'],
  { homeDir, readSecret }: Pick<ExternalServices, 'homeDir' | 'readSecret'>,
): Promise<string | null> {
  const own = env['VAULT_TOKEN']
  if (own !== undefined && own !== '') return own
  const stored = await readSecret(tokenSecret).catch((error: unknown) => {
    // A vault of ours that is locked matters only if there is no token elsewhere.
    if (error instanceof AppError) return null
    throw error
  })
  if (stored !== null) return stored
  try {
    const token = await readFile(join(homeDir, '.vault-token'), 'utf8')
    return token.trim() === '' ? null : token.trim()
  } catch {
    // The person is told that there is no token, and where one is looked for.
    return null
  }
}

async function ask(
  url: URL,
  {
    token,
    namespace,
    signal,
    data,
  }: {
    readonly token: string
    readonly namespace: string | undefined
    readonly signal: AbortSignal
    readonly data: ErrorData
  },
): Promise<{ readonly status: number; readonly body: string }> {
  try {
    const response = await fetch(url, {
      headers: {
        'X-Vault-Token': token,
        'X-Vault-Request': 'true',
        ...(namespace !== undefined && namespace !== '' && { 'X-Vault-Namespace': namespace }),
      },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    return { status: response.status, body: await readBoundedText(response) }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('reference_unreachable', { ...data, reason }, { cause: error })
  }
}

function parseJsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The caller says what it is not.
    return null
  }
}
