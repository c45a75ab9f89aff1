import { computeScopeUnion, isStrictScopeSuperset } from '@modelcontextprotocol/client'
import { describeError } from '../../shared/domain/describe-error.ts'
import { AppError, type ErrorData } from '../../shared/domain/errors.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import type { AccountRecord, AccountStore } from './account-store.ts'
import type { RequestAuthorizer } from './authorized-fetch.ts'
import { type Challenge, maxScopeLength } from './challenge.ts'
import type { OauthClient } from './oauth-client.ts'
import { accountFor, optionsOf, type ServerIdentity } from './server-identity.ts'
import { signInReasonOf } from './sign-in-error.ts'
import type { TokenKeeper } from './token-keeper.ts'

/** What the authorizers of all servers share. */
export interface AuthorizerServices {
  readonly store: Pick<AccountStore, 'find' | 'update'>
  readonly keeper: Pick<
    TokenKeeper,
    'accessToken' | 'renewRefused' | 'noteAccepted' | 'noteRefused' | 'takeClient'
  >
  /** Told of each refusal, so that the next sign-in asks for what is needed. */
  readonly onChallenge: (server: ServerIdentity, challenge: Challenge) => void
  /** Looks for the authorization server. Throws `sign_in_failed`. */
  readonly discover: (server: ServerIdentity, challenge: Challenge) => Promise<unknown>
  /** How often in a row a server has asked for scopes that the last sign-in asked for; over all its launches. */
  readonly repeats: Map<AccountId, number>
  /** The client that was registered by hand, with the secret that it has now; null: none. Throws `secret_missing`. */
  readonly preRegistered: (server: ServerIdentity) => Promise<OauthClient | null>
  /** Gets tokens for a client that stands for itself. */
  readonly signInAsClient: (server: ServerIdentity, challenge: Challenge) => Promise<AccountId>
}

/** How often the server may ask for scopes that the last sign-in asked for before nobody is sent to sign in again. */
const maxRepeats = 1

/** Gives the requests of one server their token. */
export function createServerAuthorizer(
  server: ServerIdentity,
  services: AuthorizerServices,
): RequestAuthorizer {
  const { store, keeper } = services
  const signIn = qualifiedName(server.definition)
  const account = () => accountFor(store, server)
  const withAction = (error: unknown): unknown =>
    error instanceof AppError && error.code === 'auth_required'
      ? new AppError('auth_required', { ...error.data, signIn }, { cause: error })
      : error
  const acting = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw withAction(error)
    }
  }
  /** Once per launch: who gives the client another secret has its servers started anew. */
  let isClientTaken = false
  const takeClient = async (id: AccountId) => {
    if (isClientTaken) return
    const client = await services.preRegistered(server)
    if (client !== null) await keeper.takeClient(id, client)
    isClientTaken = true
  }
  return {
    token: async () => {
      const record = account()
      if (record === undefined) return null
      await takeClient(record.id)
      return await acting(keeper.accessToken(record.id))
    },
    renew: async (challenge, refused) => {
      services.onChallenge(server, challenge)
      const record = account()
      if (record !== undefined) {
        return await acting(
          refused === null
            ? keeper.accessToken(record.id)
            : keeper.renewRefused(record.id, refused),
        )
      }
      if (optionsOf(server.definition).grant === 'client_credentials') {
        return await keeper.accessToken(await signInUnattended(server, challenge, services))
      }
      throw new AppError('auth_required', await whatToDo(server, challenge, services, signIn))
    },
    accepted: async () => {
      const record = account()
      if (record !== undefined) await keeper.noteAccepted(record.id)
    },
    refusedAgain: async (refused) => {
      const record = account()
      const error =
        record === undefined
          ? new AppError('auth_required')
          : await keeper.noteRefused(record.id, refused)
      return new AppError('auth_required', { ...error.data, signIn })
    },
    missing: async (challenge, refused) => {
      services.onChallenge(server, challenge)
      const scope = challenge.scope ?? ''
      const data: ErrorData = scope === '' ? {} : { scope }
      const record = account()
      if (record === undefined) throw new AppError('auth_required', { ...data, signIn })
      // Another request may have got them meanwhile.
      const held = await acting(keeper.accessToken(record.id))
      if (refused !== null && held !== refused) return held
      const times = isNews(record, scope) ? 0 : (services.repeats.get(record.id) ?? 0) + 1
      services.repeats.set(record.id, times)
      if (times > maxRepeats) {
        throw new AppError('auth_required', { ...data, reason: 'still_missing' })
      }
      await store.update(record.id, { missingScope: missingWith(record.missingScope, scope) })
      if (record.grant === 'client_credentials') {
        return await keeper.accessToken(await signInUnattended(server, challenge, services))
      }
      throw new AppError('auth_required', { ...data, reason: 'scope', signIn })
    },
  }
}

/** What fails for want of an answer is to be tried again, as any server that cannot be reached. */
async function signInUnattended(
  server: ServerIdentity,
  challenge: Challenge,
  services: AuthorizerServices,
): Promise<AccountId> {
  try {
    return await services.signInAsClient(server, challenge)
  } catch (error) {
    if (!(error instanceof AppError) || !isPassing(error)) throw error
    const reason = describeError(error.code, error.data).hint
    throw new AppError('unreachable', { reason }, { cause: error })
  }
}

/** Whether an error of a sign-in may go away by itself. */
function isPassing(error: AppError): boolean {
  const status = Number(error.data['status'] ?? 0)
  switch (signInReasonOf(error)) {
    case 'unreachable':
    case 'too_slow':
      return true
    case 'token_refused':
      return status === 429 || status >= 500
    default:
      return false
  }
}

/** A server that asks for another scope each time must not fill the disk: the newest counts. */
function missingWith(before: string | null, scope: string): string | null {
  const union = computeScopeUnion(before ?? undefined, scope) ?? null
  return union !== null && union.length > maxScopeLength ? scope : union
}

/** Whether the last sign-in has not asked for these scopes yet. */
function isNews({ askedScope }: AccountRecord, scope: string): boolean {
  return isStrictScopeSuperset(scope, askedScope ?? undefined)
}

/** A server that names no authorization server takes a token in its headers only: a sign-in would end nowhere. */
async function whatToDo(
  server: ServerIdentity,
  challenge: Challenge,
  { discover }: AuthorizerServices,
  signIn: string,
): Promise<ErrorData> {
  try {
    await discover(server, challenge)
  } catch (error) {
    // Any other fault is told by the sign-in itself, with what to do about it.
    if (signInReasonOf(error) === 'no_authorization_server') return {}
  }
  return { reason: 'no_account', signIn }
}
