import type { AutomaticAction } from '../../../shared/domain/automatic-action.ts'
import type { ErrorInfo } from '../../../shared/domain/errors.ts'

/** What stands behind an action: the processes that it was about, the failure, and what the server printed last. */
export interface ActionFacts {
  readonly pids: readonly number[]
  readonly error: ErrorInfo | null
  readonly stderr: readonly string[]
}

/** The facts of an action; null where its sentence says all. Pure. */
export function factsOf(action: AutomaticAction): ActionFacts | null {
  const pids = 'pids' in action ? action.pids : []
  const error = errorOf(action)
  const printed = error?.data['stderr']
  const stderr = Array.isArray(printed) ? printed.map(String) : []
  return pids.length === 0 && error === null ? null : { pids, error, stderr }
}

function errorOf(action: AutomaticAction): ErrorInfo | null {
  switch (action.kind) {
    case 'restart':
      return action.cause.type === 'failure' ? action.cause.error : null
    case 'park':
      return action.error
    case 'kill':
    case 'reap':
    case 'idle-stop':
    case 'start-on-demand':
    case 'ceiling-warning':
      return null
  }
}
