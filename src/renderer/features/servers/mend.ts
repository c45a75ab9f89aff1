import type { ErrorCode, ErrorInfo } from '../../../shared/domain/errors.ts'
import type { ServerView } from '../../../shared/domain/server-view.ts'
import { assertNever } from '../../../shared/lib/assert-never.ts'

/**
 * What mends a broken server: a change of its definition, a value for it or for a secret, another try, a fresh start, an open
 * vault, a sign-in, a consent, or its end.
 */
export type Mend =
  | 'edit'
  | 'give-input'
  | 'give-secret'
  | 'retry'
  | 'restart'
  | 'unlock'
  | 'sign-in'
  | 'review'
  | 'kill'

/** The first thing to do about a server; null where nothing has to be done. Pure. */
export function mendOf({ state, stats }: Pick<ServerView, 'state' | 'stats'>): Mend | null {
  switch (state.phase) {
    case 'stopped':
    case 'starting':
      return null
    case 'stopping':
      return state.step === 'held' ? 'kill' : null
    case 'running':
      return state.health === 'unresponsive' || stats.exceeded !== null ? 'restart' : null
    case 'backoff':
      return 'retry'
    case 'failed':
      return mendOfError(state.error)
    default:
      return assertNever(state)
  }
}

/** The other thing to try, beside `mendOf`; null where there is none. Pure. */
export function otherMendOf(server: Pick<ServerView, 'state' | 'stats'>): Mend | null {
  switch (mendOf(server)) {
    case 'edit':
    case 'give-input':
    case 'unlock':
    case 'sign-in':
      return 'retry'
    case 'give-secret':
    case 'review':
      return 'edit'
    case 'retry':
      return 'edit'
    case 'restart':
      return server.stats.exceeded === null ? null : 'edit'
    case 'kill':
    case null:
      return null
  }
}

function mendOfError({ code, data }: ErrorInfo): Mend {
  switch (code) {
    case 'auth_required':
      // Without it the server takes a token in its headers only.
      return data['signIn'] === undefined ? 'edit' : 'sign-in'
    case 'vault_locked':
    case 'vault_unavailable':
      return 'unlock'
    case 'command_not_allowed':
      return 'review'
    case 'input_missing':
      return 'give-input'
    case 'secret_missing':
      return 'give-secret'
    // It may go away by itself: another program, the network, time.
    case 'exited':
    case 'unreachable':
    case 'handshake_timeout':
    case 'unresponsive':
    case 'protocol_error':
    case 'message_too_large':
    case 'internal':
      return 'retry'
    default:
      return 'edit'
  }
}

/** Whether the title of an error says all that fits into one line; else its hint has the reason. Pure. */
export function isTitleEnough(code: ErrorCode): boolean {
  return (
    code === 'command_not_found' ||
    code === 'directory_not_found' ||
    code === 'permission_denied' ||
    code === 'variable_unset' ||
    code === 'input_missing' ||
    code === 'secret_missing'
  )
}
