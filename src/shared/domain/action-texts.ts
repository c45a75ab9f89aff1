import type { ActionKind } from './automatic-action.ts'

/**
 * The English texts of automatic actions; a translation has the same keys. `<kind>.done` is what was done,
 * `<kind>.heldBack` what was not because its switch is off, `<kind>.why...` the reason.
 */
export const actionTexts = {
  'restart.done': 'Restart',
  'restart.heldBack': 'Not restarted',
  'restart.why.failure': '{{reason}}. It is tried again {{delay}} later.',
  'restart.why.failures':
    'Failed {{failures}} times in a row: {{reason}}. It is tried again {{delay}} later.',
  'restart.why.failure.heldBack': '{{reason}}.',
  'restart.why.exit':
    'It ended with code 0 and is to run always. It is started again {{delay}} later.',
  'restart.why.exit.heldBack': 'It ended with code 0 and is to run always.',
  'park.done': 'Parked',
  'park.heldBack': 'Not parked',
  'park.why': 'Failed {{failures}} times in a row: {{reason}}. It waits for you.',
  'park.why.heldBack': 'Failed {{failures}} times in a row: {{reason}}. It is tried on and on.',
  'kill.done': 'Killed',
  'kill.heldBack': 'Not killed',
  'kill.why': 'It did not end within {{waited}} after it was told to: {{pids}}.',
  'reap.done': 'Leftovers ended',
  'reap.heldBack': 'Leftovers not ended',
  'reap.why': 'An earlier run of MCP Manager left them behind: {{pids}}.',
  'idle-stop.done': 'Stopped when idle',
  'idle-stop.heldBack': 'Not stopped when idle',
  'idle-stop.why': 'Nobody used it for {{idle}}. It starts at the next use.',
  'start-on-demand.done': 'Started on demand',
  'start-on-demand.heldBack': 'Not started on demand',
  'start-on-demand.why.call': 'A call came for it.',
  'start-on-demand.why.list': 'Somebody asked what it offers.',
  'ceiling-warning.done': 'Above its ceiling',
  'ceiling-warning.heldBack': 'Above its ceiling',
  'why.switchedOff': 'This is switched off in the settings.',
  'pid.one': 'process {{pids}}',
  'pid.other': 'processes {{pids}}',
} as const satisfies Record<`${ActionKind}.${'done' | 'heldBack'}`, string> & Record<string, string>
