import { validateAuthorizationResponseIssuer } from '@modelcontextprotocol/client'
import { AppError } from '../../shared/domain/errors.ts'
import type { AuthorizationServer } from './authorization-server.ts'
import { signInError } from './sign-in-error.ts'

/** What the answer has to fit. */
export interface ExpectedResponse {
  readonly authorizationServer: AuthorizationServer
  readonly state: string
}

/**
 * The code in the answer of the authorization endpoint. Its state has to be the one that was sent, and its issuer the one
 * that was asked (RFC 9207), before anything else of it is believed. Pure.
 * @throws AppError `sign_in_failed`: `bad_response`, `issuer_mismatch`, or `denied` with the code of the refusal.
 */
export function codeOfResponse(params: URLSearchParams, expected: ExpectedResponse): string {
  if (params.get('state') !== expected.state) throw signInError('bad_response')
  assertIssuer(params.get('iss'), expected.authorizationServer)
  const error = params.get('error')
  if (error !== null) {
    throw signInError('denied', /^[\w-]{1,64}$/.test(error) ? { detail: error } : {})
  }
  const code = params.get('code')
  if (code === null || code === '') throw signInError('bad_response')
  return code
}

/**
 * The code in what a person pasted: the whole address that the browser was sent to, or the code alone. Alone it has no
 * state; it is then PKCE that binds it to this sign-in, and an issuer that has to be named cannot be missing. Pure.
 * @throws as `codeOfResponse`; `sign_in_failed` with `code_alone` where the issuer is missing; `invalid_input` for an empty text.
 */
export function codeOfPasted(text: string, expected: ExpectedResponse): string {
  const trimmed = text.trim()
  if (trimmed === '') {
    throw new AppError('invalid_input', { reason: 'Nothing was pasted.' })
  }
  const url = URL.parse(trimmed)
  // Any text with a colon in it could be an address of some kind.
  if (url?.protocol === 'http:' || url?.protocol === 'https:') {
    return codeOfResponse(url.searchParams, expected)
  }
  if (/[=&]/.test(trimmed) && trimmed.includes('state=')) {
    return codeOfResponse(new URLSearchParams(trimmed.replace(/^.*\?/, '')), expected)
  }
  if (/\s/.test(trimmed)) throw signInError('bad_response')
  if (namesItself(expected.authorizationServer)) throw signInError('code_alone')
  return trimmed
}

function assertIssuer(iss: string | null, authorizationServer: AuthorizationServer): void {
  try {
    validateAuthorizationResponseIssuer({
      iss: iss ?? undefined,
      expectedIssuer: authorizationServer.issuer,
      issParameterSupported: namesItself(authorizationServer),
    })
  } catch (error) {
    throw signInError('issuer_mismatch', {}, { cause: error })
  }
}

function namesItself(authorizationServer: AuthorizationServer): boolean {
  return authorizationServer.authorization_response_iss_parameter_supported === true
}
