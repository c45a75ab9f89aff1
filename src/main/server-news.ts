import type { Exceeded } from '../shared/domain/automatic-action.ts'
import type { ErrorInfo } from '../shared/domain/errors.ts'
import { exceededError } from '../shared/domain/exceeded-error.ts'
import type { ServerId } from '../shared/domain/ids.ts'
import { type Needed, neededFromPerson } from '../shared/domain/needed-from-person.ts'
import type { ServerState } from '../shared/domain/server-state.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import { assertNever } from '../shared/lib/assert-never.ts'

/** Why a person is told: it failed and is tried again, or is not tried again after so many failures, or is above a ceiling, or it waits for the person. */
export type NewsReason = 'failed' | 'parked' | 'aboveCeiling' | Needed

/** Something that a person does not know yet. */
export interface ServerNews {
  readonly id: ServerId
  readonly name: string
  readonly reason: NewsReason
  readonly error: ErrorInfo
  readonly failures: number
}

/** What was told of each server since it was well. */
export type ToldNews = ReadonlyMap<ServerId, ReadonlySet<NewsReason>>

/**
 * What is new about the servers, at most once for each server and reason until the server is well again. Well is one that runs and
 * has had its failures forgiven, or that is at rest: a server that starts only to fail again is no news each time. Pure.
 */
export function findNews(
  told: ToldNews,
  servers: readonly ServerView[],
): { readonly told: ToldNews; readonly news: readonly ServerNews[] } {
  const next = new Map<ServerId, ReadonlySet<NewsReason>>()
  const news: ServerNews[] = []
  for (const { definition, state, stats } of servers) {
    const before = told.get(definition.id) ?? new Set()
    const trouble = troubleOf(state, stats.exceeded)
    if (trouble === null) {
      const kept = isWell(state) ? stillTold(before, state) : before
      if (kept.size > 0) next.set(definition.id, kept)
      continue
    }
    next.set(definition.id, new Set([...before, trouble.reason]))
    if (before.has(trouble.reason)) continue
    news.push({ id: definition.id, name: definition.name, ...trouble })
  }
  return { told: next, news }
}

/** One that goes above and below its ceiling while it runs is no news each time. */
function stillTold(before: ReadonlySet<NewsReason>, state: ServerState): ReadonlySet<NewsReason> {
  return new Set(state.phase === 'running' && before.has('aboveCeiling') ? ['aboveCeiling'] : [])
}

function troubleOf(
  state: ServerState,
  exceeded: Exceeded | null,
): Pick<ServerNews, 'reason' | 'error' | 'failures'> | null {
  switch (state.phase) {
    case 'backoff':
      return { reason: 'failed', error: state.error, failures: state.failures }
    case 'failed': {
      const { error, failures } = state
      const needed = neededFromPerson(error.code)
      if (needed !== null) return { reason: needed, error, failures }
      // What no retry can mend is parked at its first failure.
      return { reason: failures > 1 ? 'parked' : 'failed', error, failures }
    }
    case 'running':
      return exceeded === null
        ? null
        : { reason: 'aboveCeiling', error: exceededError(exceeded), failures: 0 }
    case 'stopped':
    case 'starting':
    case 'stopping':
      return null
    default:
      return assertNever(state)
  }
}

function isWell(state: ServerState): boolean {
  return state.phase === 'stopped' || (state.phase === 'running' && state.failures === 0)
}
