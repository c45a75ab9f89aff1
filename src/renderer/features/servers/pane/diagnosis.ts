import type { ErrorText } from '../../../../shared/domain/describe-error.ts'
import type { ServerView } from '../../../../shared/domain/server-view.ts'
import { fullCommand } from '../full-command.ts'

/** What went wrong with a server as a text to send to somebody: what runs, what happened, why, what it printed. No secret is in it. Pure. */
export function diagnosis(
  { definition }: ServerView,
  { title, hint, action }: ErrorText,
  stderr: readonly string[],
): string {
  return [
    definition.name,
    fullCommand(definition.transport),
    '',
    ...[title, hint, action].filter((part) => part !== ''),
    ...(stderr.length === 0 ? [] : ['', ...stderr]),
  ].join('\n')
}
