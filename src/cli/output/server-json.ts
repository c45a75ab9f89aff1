import type { ResourceSample } from '../../shared/domain/resources.ts'
import type { ServerView } from '../../shared/domain/server-view.ts'

/** A server as `--json` shows it: all that is known, with what a script asks for most on top. */
export function serverJson(view: ServerView) {
  const { name, enabled } = view.definition
  return { name, enabled, phase: view.state.phase, ...view }
}

/** The same with what it takes of the machine; null where it does not run or was not measured yet. */
export function measuredJson(view: ServerView, usage: ReadonlyMap<string, ResourceSample>) {
  return { ...serverJson(view), resources: usage.get(view.definition.id) ?? null }
}
