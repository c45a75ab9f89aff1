import type { StartStep, StopStep } from './server-state.ts'

/** The English texts of the states of a server; a translation has the same keys. */
export const stateTexts = {
  'stopped.off': 'Off',
  'stopped.user': 'Stopped by you, starts at next launch',
  'stopped.new': 'Stopped',
  'stopped.exited': 'Ended by itself, with code 0',
  'stopped.idle': 'Idle, starts at the first use',
  'starting.first': 'Starting, {{step}}, {{seconds}} s',
  'starting.again': 'Starting, {{step}}, {{seconds}} s, attempt {{attempt}}',
  'running.ok': 'Running',
  'running.degraded': 'Slow',
  'running.degraded.measured': 'Slow, {{ms}} ms',
  'running.unresponsive': 'Not answering',
  'stopping.now': 'Stopping, {{step}}, {{seconds}} s',
  'backoff.now': 'Retry in {{seconds}} s: {{reason}}',
  'failed.signIn': 'Sign-in needed',
  'failed.vault': 'Vault needed: {{reason}}',
  'failed.other': 'Failed: {{reason}}',
  'step.queue': 'waiting for its turn',
  'step.resolve': 'reading its configuration',
  'step.spawn': 'starting the process',
  'step.handshake': 'handshake',
  'step.stdin': 'asked to end',
  'step.term': 'told to end',
  'step.held': 'does not end, waits for you to kill it',
  'step.kill': 'killing what is left',
} as const satisfies Record<`step.${StartStep | StopStep}`, string> & Record<string, string>
