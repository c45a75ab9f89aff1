import type { ServerView } from '../../shared/domain/server-view.ts'

/** A server as `--json` shows it: all that is known, with what a script asks for most on top. */
export function serverJson(view: ServerView) {
  const { name, enabled } = view.definition
  return { name, enabled, phase: view.state.phase, ...view }
}
