import { computeScopeUnion } from '@modelcontextprotocol/client'
import type { SignInEvent } from '../../shared/domain/account.ts'
import type { OauthOptions } from '../../shared/domain/oauth.ts'
import type { RemoteAddress } from '../servers/resolve-launch.ts'
import { withSignal } from '../servers/with-signal.ts'
import { authorizationUrl, chooseScope, randomText } from './authorization-request.ts'
import { codeOfPasted, codeOfResponse, type ExpectedResponse } from './authorization-response.ts'
import type { Challenge } from './challenge.ts'
import { type Discovery, discover } from './discover.ts'
import type { GuardedFetch } from './guarded-fetch.ts'
import { chooseIdentity, type OauthClient } from './oauth-client.ts'
import {
  type AnswerVerdict,
  openRedirectListener,
  type RedirectListener,
} from './redirect-listener.ts'
import { registerClient } from './register-client.ts'
import { assertSameIssuer } from './server-identity.ts'
import { signInError, signInReasonOf } from './sign-in-error.ts'
import { meaningOfRefusal } from './token-plan.ts'
import { requestTokens, type Tokens } from './token-request.ts'

/** Who signs in where. */
export interface SignInRequest {
  readonly server: RemoteAddress
  /** For words to the person. */
  readonly serverName: string
  readonly options: OauthOptions
  /** The client that was registered by hand, with its secret. */
  readonly preRegistered: OauthClient | null
  readonly challenge: Challenge
  /** Scopes that were asked for, granted or found missing before. */
  readonly heldScopes: readonly (string | null)[]
}

/** What a sign-in needs of its surroundings. */
export interface SignInServices {
  readonly fetch: GuardedFetch
  /** Clients that were registered here, by issuer. */
  readonly clients: {
    readonly read: (issuer: string) => Promise<OauthClient | null>
    readonly write: (issuer: string, client: OauthClient) => Promise<void>
    readonly delete: (issuer: string, clientId: string) => Promise<void>
  }
  /** Where this program publishes a client metadata document; null: nowhere. */
  readonly metadataUrl: string | null
  /** Told of each secret before it is used. */
  readonly onSecret: (name: string, value: string) => void
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** How long the person may take, in milliseconds. */
  readonly personMs: number
}

/** What came of it. */
export interface SignedIn {
  readonly discovery: Discovery
  readonly client: OauthClient
  readonly askedScope: string | null
  readonly tokens: Tokens
}

/** One sign-in of a person at one server. */
export class SignIn {
  readonly #request: SignInRequest
  readonly #services: SignInServices
  readonly #onEvent: (event: SignInEvent) => void
  #expected: ExpectedResponse | null = null
  readonly #code = Promise.withResolvers<string>()

  constructor(
    request: SignInRequest,
    services: SignInServices,
    onEvent: (event: SignInEvent) => void,
  ) {
    this.#request = request
    this.#services = services
    this.#onEvent = onEvent
    // Rejected by a refusal that comes when nobody waits any more.
    this.#code.promise.catch(() => {})
  }

  /**
   * Runs it to its end.
   * @throws AppError `sign_in_failed`, the vault's errors, or the reason of `signal` once that aborts.
   */
  async run(signal: AbortSignal): Promise<SignedIn> {
    const { server, options, challenge, heldScopes } = this.#request
    const { fetch, now } = this.#services
    this.#onEvent({ type: 'step', step: 'discover' })
    const discovery = await discover(server, challenge, fetch, signal)
    const { authorizationServer, resource } = discovery
    assertSameIssuer(options, authorizationServer.issuer)
    const scope = chooseScope({
      stated: options.scopes,
      challenged: challenge.scope,
      named: discovery.scopes,
      held: heldScopes,
      supported: authorizationServer.scopes_supported,
    })
    this.#onEvent({ type: 'step', step: 'register' })
    const { client, listener } = await this.#makeKnown(discovery, scope, signal)
    try {
      const { redirectUri } = listener
      const code = await this.#authorize({ discovery, client, listener, scope }, signal)
      this.#onEvent({ type: 'step', step: 'exchange' })
      const outcome = await requestTokens(
        { authorizationServer, client, serverUrl: server.url, fetch, now },
        {
          grant_type: 'authorization_code',
          code: code.code,
          code_verifier: code.verifier,
          redirect_uri: redirectUri,
          resource,
        },
        signal,
      )
      if (outcome.kind === 'refused') {
        if (meaningOfRefusal(outcome.error) === 'client') {
          await this.#services.clients.delete(authorizationServer.issuer, client.clientId)
        }
        throw signInError('token_refused', outcome.detail)
      }
      return { discovery, client, askedScope: scope, tokens: outcome.tokens }
    } finally {
      await listener.close()
    }
  }

  /** Takes the answer that a person copied out of the browser. Throws `sign_in_failed` or `invalid_input`, and goes on waiting. */
  paste(text: string): void {
    if (this.#expected === null) throw signInError('bad_response')
    this.#code.resolve(codeOfPasted(text, this.#expected))
  }

  /** With the listener, because a registration names the redirect address, and with it the port. */
  async #makeKnown(
    { authorizationServer, scopes }: Discovery,
    scope: string | null,
    signal: AbortSignal,
  ): Promise<{ client: OauthClient; listener: RedirectListener }> {
    const { options, preRegistered, server, serverName } = this.#request
    const { clients, metadataUrl, fetch } = this.#services
    const { issuer } = authorizationServer
    // Always: a vault that is locked says so before the person signs in, and not after.
    const stored = await clients.read(issuer)
    const choices = { preRegistered, metadataUrl, authorizationServer, scope }
    const identity = chooseIdentity({ ...choices, stored })
    if (identity.kind === 'none') throw signInError('no_client', { client: serverName })
    if (identity.kind === 'known') {
      const { client } = identity
      const registered = client.redirectUri === null ? null : URL.parse(client.redirectUri)
      const port = registered === null ? (options.callbackPort ?? 0) : Number(registered.port)
      try {
        return { client, listener: await openRedirectListener(port) }
      } catch (error) {
        // Many servers compare the port too, against RFC 8252: with another one, it is another registration.
        if (client !== stored || signInReasonOf(error) !== 'port_in_use') throw error
      }
    }
    const listener = await openRedirectListener(options.callbackPort ?? 0)
    try {
      // All that the resource names, so that more can be asked for later.
      const all = computeScopeUnion(scope ?? undefined, ...(scopes ?? [])) ?? null
      const registration = { redirectUri: listener.redirectUri, scope: all }
      const client = await registerClient(
        authorizationServer,
        registration,
        server.url,
        fetch,
        signal,
      )
      await clients.write(issuer, client)
      return { client, listener }
    } catch (error) {
      await listener.close()
      throw error
    }
  }

  async #authorize(
    parts: {
      discovery: Discovery
      client: OauthClient
      listener: RedirectListener
      scope: string | null
    },
    signal: AbortSignal,
  ): Promise<{ code: string; verifier: string }> {
    const { discovery, client, listener, scope } = parts
    const { authorizationServer, resource } = discovery
    const { onSecret, personMs } = this.#services
    const state = randomText()
    const verifier = randomText()
    if (client.clientSecret !== null) onSecret('oauth.sign-in.client', client.clientSecret)
    onSecret('oauth.sign-in.verifier', verifier)
    const url = authorizationUrl(
      {
        authorizationServer,
        clientId: client.clientId,
        redirectUri: listener.redirectUri,
        resource,
        scope,
        state,
        codeVerifier: verifier,
      },
      this.#request.server.url,
    )
    const expected = { authorizationServer, state }
    this.#expected = expected
    const { redirectUri } = listener
    void listener.answered((params) => this.#judge(params, expected))
    this.#onEvent({ type: 'step', step: 'authorize' })
    const { issuer } = authorizationServer
    this.#onEvent({ type: 'authorize', url: url.href, redirectUri, issuer, scope })
    const timeout = new AbortController()
    const timer = setTimeout(() => timeout.abort(signInError('nobody_came')), personMs)
    try {
      const either = AbortSignal.any([signal, timeout.signal])
      const code = await withSignal(this.#code.promise, either)
      onSecret('oauth.sign-in.code', code)
      return { code, verifier }
    } finally {
      clearTimeout(timer)
      this.#expected = null
    }
  }

  #judge(params: URLSearchParams, expected: ExpectedResponse): AnswerVerdict {
    try {
      this.#code.resolve(codeOfResponse(params, expected))
      return 'granted'
    } catch (error) {
      // Anybody on this machine can call: what does not know the state is not the answer, and does not end the sign-in.
      if (signInReasonOf(error) === 'bad_response') return 'foreign'
      this.#code.reject(error)
      return 'refused'
    }
  }
}
