import type { ActionKind, AutomaticAction } from '../../../shared/domain/automatic-action.ts'
import type { ServerId } from '../../../shared/domain/ids.ts'

/** Every kind of action, in the order in which it can be chosen. */
export const actionKinds = [
  'restart',
  'park',
  'kill',
  'reap',
  'ceiling-warning',
  'idle-stop',
  'start-on-demand',
] as const satisfies readonly ActionKind[]

/** Which actions are shown; null means any. */
export interface ActionFilter {
  readonly kind: ActionKind | null
  readonly serverId: ServerId | null
}

/** Whether an action is of the kind and the server. Pure. */
export function fitsFilter(action: AutomaticAction, { kind, serverId }: ActionFilter): boolean {
  return (
    (kind === null || action.kind === kind) && (serverId === null || action.serverId === serverId)
  )
}

/** The actions of one day. */
export interface ActionDay {
  /** Midnight at its beginning, in the time zone of this computer, in milliseconds since the Unix epoch. */
  readonly startAt: number
  readonly actions: readonly AutomaticAction[]
}

/** Actions by day, in the order in which they are given. Pure. */
export function byDay(actions: readonly AutomaticAction[]): readonly ActionDay[] {
  const days = new Map<number, AutomaticAction[]>()
  for (const action of actions) {
    const startAt = midnightOf(action.at)
    const day = days.get(startAt)
    if (day === undefined) days.set(startAt, [action])
    else day.push(action)
  }
  return Array.from(days, ([startAt, ofDay]) => ({ startAt, actions: ofDay }))
}

/** Which day a midnight begins, seen from now. Pure. */
export function dayWord(startAt: number, now: number): 'today' | 'yesterday' | 'earlier' {
  const today = midnightOf(now)
  if (startAt === today) return 'today'
  // Not a day's length: some days have 23 hours.
  return startAt === midnightOf(today - 1) ? 'yesterday' : 'earlier'
}

/** The servers that actions are about, by the names that they had last, sorted. Pure. */
export function serversOf(
  actions: readonly AutomaticAction[],
): readonly { readonly id: ServerId; readonly name: string }[] {
  const names = new Map<ServerId, string>()
  for (const { serverId, serverName } of actions) {
    if (serverId !== null && serverName !== null && !names.has(serverId)) {
      names.set(serverId, serverName)
    }
  }
  return Array.from(names, ([id, name]) => ({ id, name })).toSorted((a, b) =>
    a.name.localeCompare(b.name, 'en'),
  )
}

function midnightOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}
