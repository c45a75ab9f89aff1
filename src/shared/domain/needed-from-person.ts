import type { ErrorCode } from './errors.ts'

/** What only a person can give to a server that failed: nothing is broken, and it waits. */
export type Needed = 'signIn' | 'vault' | 'consent' | 'value'

/** What a server that failed with this code waits for; null where something is broken. Pure. */
export function neededFromPerson(code: ErrorCode): Needed | null {
  switch (code) {
    case 'auth_required':
      return 'signIn'
    case 'vault_locked':
    case 'vault_unavailable':
      return 'vault'
    case 'command_not_allowed':
      return 'consent'
    case 'input_missing':
    case 'secret_missing':
      return 'value'
    default:
      return null
  }
}
