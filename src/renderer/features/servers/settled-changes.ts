import type { ServerId } from '../../../shared/domain/ids.ts'
import { isSettled } from '../../../shared/domain/server-state.ts'
import type { ServerView } from '../../../shared/domain/server-view.ts'
import { lookOf } from './server-look.ts'

type Servers = ReadonlyMap<ServerId, ServerView>

/** The servers that came to rest in another state than they had: worth telling. Not those that are new. Pure. */
export function settledChanges(before: Servers, after: Servers): readonly ServerView[] {
  return [...after.values()].filter((server) => {
    const last = before.get(server.definition.id)
    return (
      last !== undefined &&
      isSettled(server.state) &&
      lookOf(server, 0).glyph !== lookOf(last, 0).glyph
    )
  })
}
